package org.starttlscensus.politeness;

import static org.starttlscensus.fact.Feedback.Signal.BLOCKED;
import static org.starttlscensus.fact.Feedback.Signal.RATE_LIMITED;
import static org.starttlscensus.fact.Feedback.Signal.SUSPECTED;
import static org.starttlscensus.fact.Feedback.Signal.TARPITTED;
import static org.starttlscensus.fact.Feedback.Signal.TEMPORARY;
import static org.starttlscensus.fact.Feedback.Signal.UNREACHABLE;
import static org.starttlscensus.politeness.BackOff.FIRST;
import static org.starttlscensus.politeness.BackOff.HOUR;
import static org.starttlscensus.politeness.BackOff.STEPS;
import static org.starttlscensus.politeness.BackOff.UNREACHABLE_FOR;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.Signal;

/**
 * The pace of one provider, or of one address that is charged alone, given the feedback of its calls so far. It
 * implements the columns "window and gap" and "the provider is left alone" of the table of signals (docs/politeness.md,
 * section 6); {@link RetryRules} implements its last column. A pure function of the past, without clock, lock or
 * thread, so the same permits always give the same pace.
 *
 * @param terms         the bounds
 * @param openWindow    how many calls may be open
 * @param rateLimitedAt when it limited our rate, in the last six hours
 * @param welcomedAt    when a completed call last ended; the beginning of time if none has
 */
public record Pace(
        PaceTerms terms,
        Window openWindow,
        CallGap callGap,
        ProviderState state,
        SignalCounts signalCounts,
        List<Instant> rateLimitedAt,
        Instant welcomedAt) {

    private static final Duration RATE_LIMITS_COUNT_FOR = Duration.ofHours(6);
    private static final Duration TROUBLE_COUNTS_FOR = Duration.ofMinutes(10);

    // How many endpoints must give a signal before it is taken for the provider's.
    private static final int ENDPOINTS_IN_TROUBLE = 3;
    private static final int ENDPOINTS_UNREACHABLE = 5;
    private static final int ENDPOINTS_TARPITTED = 3;

    /** One call that is over, as a pace sees it. */
    public record CallFeedback(long endpointId, Feedback feedback, Instant startedAt, Instant endedAt) {}

    public Pace {
        rateLimitedAt = List.copyOf(rateLimitedAt);
    }

    public static Pace starting(Limits limits, String provider) {
        return starting(PaceTerms.ofProvider(limits, provider));
    }

    public static Pace starting(PaceTerms terms) {
        var limit = terms.limit();
        return new Pace(
                terms,
                Window.starting(limit),
                new CallGap(limit.gap(), limit.gap(), 0),
                new ProviderState.Active(),
                SignalCounts.NONE,
                List.of(),
                Instant.MIN);
    }

    public static Pace returning(Limits limits, String provider) {
        return starting(limits, provider).returning();
    }

    /** For one that blocked us on an earlier night: one canary, and no further call if it is refused. */
    public Pace returning() {
        return notBefore(Instant.EPOCH);
    }

    /** The same, and not before a time that it named. */
    public Pace notBefore(Instant named) {
        if (suspendedUntil().filter(named::isBefore).isPresent()) return this;
        return withState(new ProviderState.BackedOff(Instant.EPOCH, named, STEPS, BLOCKED));
    }

    /**
     * The same pace at the start of the next night. A provider that was excluded waits one more hour at least, then
     * gets one canary. Completed calls count only in their own night, and so does a window that grew by them.
     */
    public Pace nextNight() {
        return new Pace(
                terms,
                openWindow.nextNight(terms.limit()),
                callGap,
                backOff().nextNight(),
                signalCounts,
                rateLimitedAt,
                Instant.MIN);
    }

    /** How far back a pace remembers. */
    public static Duration memory(Limits limits) {
        return limits.scaled(BackOff.REST_OF_NIGHT);
    }

    /** Calls that may be open at once. A canary is alone. */
    public int window() {
        return state instanceof ProviderState.Active
                ? openWindow.open()
                : Window.starting(terms.limit()).open();
    }

    /** Least time from the start of one call to the start of the next. */
    public Duration gap() {
        return callGap.gap();
    }

    /** Whether any call of tonight was a completed session. */
    public boolean wasWelcomed() {
        return !welcomedAt.equals(Instant.MIN);
    }

    /**
     * Whether the block must be stored for later nights: the provider is excluded because of a block, or, if it blocked
     * us before, because of any failure of its canary.
     */
    public boolean isBlocking(boolean blockedBefore) {
        return state.isBlock() || (isExcluded() && blockedBefore && !wasWelcomed());
    }

    public boolean isExcluded() {
        return state instanceof ProviderState.Excluded;
    }

    /** Until when it must not be called; a time in the past if only a canary may be. */
    public Optional<Instant> suspendedUntil() {
        return state instanceof ProviderState.BackedOff backedOff ? Optional.of(backedOff.until()) : Optional.empty();
    }

    /** The pace after one more call of this provider. Calls come in the order of their ends. */
    public Pace after(CallFeedback call) {
        if (isExcluded()) return this;
        return switch (call.feedback().signal()) {
            case WELCOMED -> welcomed(call);
            case RATE_LIMITED -> rateLimited(call);
            case OVERLOADED, TEMPORARY -> troubled(call);
            case BLOCKED -> blocked(call);
            case SUSPECTED -> suspected(call);
            case UNREACHABLE -> unreachable(call);
            case TARPITTED -> tarpitted(call);
            case SELF_INFLICTED -> excluded(call);
            case GREYLISTED, HANDSHAKE_FAILED, INJECTED, LOCAL_ERROR, NO_ROUTE_HERE, NEUTRAL -> this;
        };
    }

    /** The pace after a refusal that is charged to an address of it: only the window narrows. */
    public Pace besideRefusal() {
        return withWindow(openWindow.refused());
    }

    /** The window grows only at the shortest gap. */
    private Pace welcomed(CallFeedback call) {
        if (isLate(call)) return this;
        var counts = signalCounts.without(Set.of(TEMPORARY, UNREACHABLE));
        if (isCanary(call)) {
            return new Pace(
                    terms,
                    Window.starting(terms.limit()),
                    callGap.welcomed(),
                    new ProviderState.Active(),
                    counts.without(Set.of(SUSPECTED, TARPITTED)),
                    rateLimitedAt,
                    call.endedAt());
        }
        var wider = callGap.isAtFloorOf(terms.limit())
                ? openWindow.welcomed(terms.limit().open())
                : openWindow;
        return new Pace(terms, wider, callGap.welcomed(), state, counts, rateLimitedAt, call.endedAt());
    }

    private Pace rateLimited(CallFeedback call) {
        var backOff = backOff();
        if (isLate(call) && backOff.cause() == RATE_LIMITED)
            return suspended(call, backOff.step(), FIRST); // the same answer to one burst of ours
        var since = call.endedAt().minus(terms.scaled(RATE_LIMITS_COUNT_FOR));
        var counted = Stream.concat(rateLimitedAt.stream().filter(since::isBefore), Stream.of(call.endedAt()))
                .toList();
        var slower = counted.size() == 1
                ? callGap.slower(2, terms.longestGap())
                : callGap.slower(4, terms.longestGap()).kept();
        return new Pace(terms, openWindow.halved(), slower, state, signalCounts, counted, welcomedAt)
                .suspended(call, Math.max(counted.size(), backOff.nextStep(call)), FIRST);
    }

    private Pace troubled(CallFeedback call) {
        var narrower = withWindow(openWindow.refused());
        if (isLate(call)) return narrower;
        if (isCanary(call)) return narrower.suspended(call, backOff().nextStep(call), FIRST);
        var counted = narrower.counting(call, TEMPORARY, call.endedAt().minus(terms.scaled(TROUBLE_COUNTS_FOR)));
        return counted.signalCounts.endpoints(TEMPORARY) < ENDPOINTS_IN_TROUBLE
                ? counted
                : counted.slower().suspended(call, 1, FIRST).forgetting(TEMPORARY);
    }

    private Pace blocked(CallFeedback call) {
        var counted = withWindow(new Window(1, 0, 0)).counting(call, BLOCKED, Instant.MIN);
        var isProviderWide = call.feedback().target().isUs()
                || counted.signalCounts.endpoints(BLOCKED) >= terms.endpointsThatBlock();
        return isProviderWide
                ? counted.excluded(call)
                : counted.slower().suspended(call, Math.max(STEPS, backOff().nextStep(call)), HOUR);
    }

    private Pace suspected(CallFeedback call) {
        var counted = withWindow(openWindow.refused()).counting(call, SUSPECTED, Instant.MIN);
        if (isCanary(call)) {
            return backOff().cause() == SUSPECTED
                    ? counted.excluded(call)
                    : counted.suspended(call, backOff().nextStep(call), HOUR);
        }
        if (isLate(call) || counted.signalCounts.endpoints(SUSPECTED) < terms.endpointsThatBlock()) return counted;
        return counted.slower().suspended(call, STEPS, HOUR);
    }

    private Pace unreachable(CallFeedback call) {
        if (isLate(call)) return this;
        if (isCanary(call)) return suspended(call, backOff().nextStep(call), UNREACHABLE_FOR);
        var counted = counting(call, UNREACHABLE, Instant.MIN);
        var isProviderWide = counted.signalCounts.endpoints(UNREACHABLE) >= ENDPOINTS_UNREACHABLE
                && !welcomedAt.isAfter(call.endedAt().minus(terms.scaled(TROUBLE_COUNTS_FOR)));
        return isProviderWide
                ? counted.slower().suspended(call, 1, UNREACHABLE_FOR).forgetting(UNREACHABLE)
                : counted;
    }

    /** A tarpitted canary proves nothing: the next call is a canary again. */
    private Pace tarpitted(CallFeedback call) {
        if (isLate(call) || isCanary(call)) return this;
        var counted = withGap(callGap.interrupted()).counting(call, TARPITTED, Instant.MIN);
        return counted.signalCounts.endpoints(TARPITTED) < ENDPOINTS_TARPITTED
                ? counted
                : counted.slower().suspended(call, 1, FIRST).forgetting(TARPITTED);
    }

    private BackOff backOff() {
        return new BackOff(terms, state);
    }

    private boolean isLate(CallFeedback call) {
        return backOff().isLate(call);
    }

    private boolean isCanary(CallFeedback call) {
        return backOff().isCanary(call);
    }

    private Pace suspended(CallFeedback call, int step, Duration first) {
        return withState(backOff().suspended(call, step, first));
    }

    private Pace excluded(CallFeedback call) {
        return withState(backOff().excluded(call));
    }

    private Pace counting(CallFeedback call, Signal signal, Instant since) {
        return withCounts(signalCounts.with(signal, call.endpointId(), call.endedAt(), since));
    }

    private Pace forgetting(Signal signal) {
        return withCounts(signalCounts.without(Set.of(signal)));
    }

    private Pace slower() {
        return withGap(callGap.slower(2, terms.longestGap()));
    }

    private Pace withWindow(Window other) {
        return new Pace(terms, other, callGap, state, signalCounts, rateLimitedAt, welcomedAt);
    }

    private Pace withGap(CallGap other) {
        return new Pace(terms, openWindow, other, state, signalCounts, rateLimitedAt, welcomedAt);
    }

    private Pace withState(ProviderState other) {
        return new Pace(terms, openWindow, callGap, other, signalCounts, rateLimitedAt, welcomedAt);
    }

    private Pace withCounts(SignalCounts other) {
        return new Pace(terms, openWindow, callGap, state, other, rateLimitedAt, welcomedAt);
    }
}
