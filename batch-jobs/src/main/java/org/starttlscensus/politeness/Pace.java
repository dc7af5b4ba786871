package org.starttlscensus.politeness;

import static org.starttlscensus.fact.Feedback.Signal.BLOCKED;
import static org.starttlscensus.fact.Feedback.Signal.RATE_LIMITED;
import static org.starttlscensus.fact.Feedback.Signal.SUSPECTED;
import static org.starttlscensus.fact.Feedback.Signal.TARPITTED;
import static org.starttlscensus.fact.Feedback.Signal.TEMPORARY;
import static org.starttlscensus.fact.Feedback.Signal.UNREACHABLE;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.Signal;

/**
 * How one provider is approached, given how it received us so far: the table of signals
 * (docs/politeness.md, section 6), whose columns "window/pace" and "suspension" stand here, and whose column "retry" is
 * {@link RetryRules}. A pure function of the past: no clock, no lock, no thread, so a night's permits always add up to
 * the same pace.
 *
 * @param terms       what is never exceeded
 * @param rates       when it said "too many", in the last six hours
 * @param welcomedAt  when a complete session last ended; the beginning of time if none has
 */
public record Pace(
        PaceTerms terms,
        Window windowed,
        CallGap callGap,
        ProviderState state,
        SignalCounts signalCounts,
        List<Instant> rates,
        Instant welcomedAt) {

    private static final Duration FIRST = Duration.ofMinutes(15);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DEAD = Duration.ofMinutes(30);
    private static final Duration RATES_COUNT_FOR = Duration.ofHours(6);
    private static final Duration TROUBLE_COUNTS_FOR = Duration.ofMinutes(10);
    /** Who is to be left alone for longer than a window is open is not called again tonight. */
    private static final Duration REST_OF_NIGHT = Duration.ofHours(8);

    private static final int BLOCKS = 2;
    private static final int SUSPECTS = 2;
    private static final int TROUBLED = 3;
    private static final int DEAF = 5;
    private static final int TARPITS = 3;
    private static final int STEPS = 2;

    /** One call that is over, as its provider's pace sees it. */
    public record CallFeedback(long endpointId, Feedback feedback, Instant startedAt, Instant endedAt) {}

    public Pace {
        rates = List.copyOf(rates);
    }

    public static Pace starting(Limits limits, String provider) {
        var limit = limits.provider(provider);
        var terms = new PaceTerms(limit, limits.longestProviderGap(limit.gap()), limits.timeScale());
        return new Pace(
                terms,
                Window.starting(limit),
                new CallGap(limit.gap(), limit.gap(), 0),
                new ProviderState.Active(),
                SignalCounts.NONE,
                List.of(),
                Instant.MIN);
    }

    /** Of a provider that blocked us on an earlier night and is tried again: one canary, and if it is refused, no more. */
    public static Pace returning(Limits limits, String provider) {
        var pace = starting(limits, provider);
        return pace.state(new ProviderState.BackedOff(Instant.EPOCH, Instant.EPOCH, STEPS, BLOCKED));
    }

    /**
     * The same at the beginning of the next night. Who was left alone for the rest of a night is so for an hour more at least, and is
     * then asked by one canary; a welcome counts for the night in which it was given, and so does a window that grew by it.
     */
    public Pace nextNight() {
        var next = switch (state) {
            case ProviderState.Excluded(var from, var cause) ->
                new ProviderState.BackedOff(from, from.plus(terms.scaled(HOUR)), STEPS, cause);
            case ProviderState.Active _, ProviderState.BackedOff _ -> state;
        };
        return new Pace(terms, windowed.nextNight(terms.limit()), callGap, next, signalCounts, rates, Instant.MIN);
    }

    /** What a pace remembers is no older than this: contacts before that change nothing. */
    public static Duration memory(Limits limits) {
        return limits.scaled(REST_OF_NIGHT);
    }

    /** Calls that may be open at once. A canary is alone. */
    public int window() {
        return state instanceof ProviderState.Active
                ? windowed.open()
                : Window.starting(terms.limit()).open();
    }

    /** Least time from the start of one call to the start of the next. */
    public Duration gap() {
        return callGap.gap();
    }

    /** Whether any call was a complete session. */
    public boolean wasWelcomed() {
        return !welcomedAt.equals(Instant.MIN);
    }

    /**
     * Whether nights to come must know that it blocks us: it is left alone to the end of this one for a block; or for whatever its
     * canary met, where it had blocked us before.
     */
    public boolean isBlocking(boolean blockedBefore) {
        return state.isBlock() || (isExcluded() && blockedBefore && !wasWelcomed());
    }

    public boolean isExcluded() {
        return state instanceof ProviderState.Excluded;
    }

    /** Until when nobody of this provider may be called; a time in the past where only a canary may. */
    public Optional<Instant> suspendedUntil() {
        return state instanceof ProviderState.BackedOff backedOff ? Optional.of(backedOff.until()) : Optional.empty();
    }

    /** The pace after one more call of this provider, told in the order in which calls end. */
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
            case SELF_INFLICTED -> parked(call);
            case GREYLISTED, HANDSHAKE_FAILED, INJECTED, LOCAL_ERROR, NO_ROUTE_HERE, NEUTRAL -> this;
        };
    }

    /** A window wider than at the start is for providers that let us keep the shortest gap. */
    private Pace welcomed(CallFeedback call) {
        if (isLate(call)) return this;
        var known = signalCounts.without(Set.of(TEMPORARY, UNREACHABLE));
        if (isCanary(call)) {
            return new Pace(
                    terms,
                    Window.starting(terms.limit()),
                    callGap.welcomed(),
                    new ProviderState.Active(),
                    known.without(Set.of(SUSPECTED, TARPITTED)),
                    rates,
                    call.endedAt());
        }
        var wider = callGap.isAtFloorOf(terms.limit())
                ? windowed.welcomed(terms.limit().open())
                : windowed;
        return new Pace(terms, wider, callGap.welcomed(), state, known, rates, call.endedAt());
    }

    private Pace rateLimited(CallFeedback call) {
        if (isLate(call) && cause() == RATE_LIMITED)
            return suspended(call, step(), FIRST); // the same answer to one burst of ours
        var since = call.endedAt().minus(terms.scaled(RATES_COUNT_FOR));
        var counted = Stream.concat(rates.stream().filter(since::isBefore), Stream.of(call.endedAt()))
                .toList();
        var slower = counted.size() == 1
                ? callGap.slower(2, terms.longestGap())
                : callGap.slower(4, terms.longestGap()).kept();
        return new Pace(terms, windowed.halved(), slower, state, signalCounts, counted, welcomedAt)
                .suspended(call, Math.max(counted.size(), nextStep(call)), FIRST);
    }

    private Pace troubled(CallFeedback call) {
        var fewer = windowed(windowed.refused());
        if (isLate(call)) return fewer;
        if (isCanary(call)) return fewer.suspended(call, nextStep(call), FIRST);
        var noted = fewer.noted(call, TEMPORARY, call.endedAt().minus(terms.scaled(TROUBLE_COUNTS_FOR)));
        return noted.signalCounts.endpoints(TEMPORARY) < TROUBLED
                ? noted
                : noted.slower().suspended(call, 1, FIRST).forgetting(TEMPORARY);
    }

    private Pace blocked(CallFeedback call) {
        var noted = windowed(new Window(1, 0, 0)).noted(call, BLOCKED, Instant.MIN);
        var isMeant = call.feedback().target() == Feedback.RefusalTarget.US
                || noted.signalCounts.endpoints(BLOCKED) >= BLOCKS;
        return isMeant ? noted.parked(call) : noted.slower().suspended(call, Math.max(STEPS, nextStep(call)), HOUR);
    }

    private Pace suspected(CallFeedback call) {
        var noted = windowed(windowed.refused()).noted(call, SUSPECTED, Instant.MIN);
        if (isCanary(call))
            return cause() == SUSPECTED ? noted.parked(call) : noted.suspended(call, nextStep(call), HOUR);
        if (isLate(call) || noted.signalCounts.endpoints(SUSPECTED) < SUSPECTS) return noted;
        return noted.slower().suspended(call, STEPS, HOUR);
    }

    private Pace unreachable(CallFeedback call) {
        if (isLate(call)) return this;
        if (isCanary(call)) return suspended(call, nextStep(call), DEAD);
        var noted = noted(call, UNREACHABLE, Instant.MIN);
        var isSilent = noted.signalCounts.endpoints(UNREACHABLE) >= DEAF
                && !welcomedAt.isAfter(call.endedAt().minus(terms.scaled(TROUBLE_COUNTS_FOR)));
        return isSilent ? noted.slower().suspended(call, 1, DEAD).forgetting(UNREACHABLE) : noted;
    }

    /** A canary that was kept waiting proves nothing: the next one is a canary again, and nothing grows. */
    private Pace tarpitted(CallFeedback call) {
        if (isLate(call) || isCanary(call)) return this;
        var noted = spacing(callGap.interrupted()).noted(call, TARPITTED, Instant.MIN);
        return noted.signalCounts.endpoints(TARPITTED) < TARPITS
                ? noted
                : noted.slower().suspended(call, 1, FIRST).forgetting(TARPITTED);
    }

    /** Steps of 15 minutes (or {@code first}), an hour, the rest of the night; or as long as the peer asks for, if that is longer. */
    private Pace suspended(CallFeedback call, int step, Duration first) {
        var longer = longer(
                step < STEPS ? first : longer(first, HOUR),
                call.feedback().stayAway().orElse(Duration.ZERO));
        if (step > STEPS || longer.compareTo(REST_OF_NIGHT) > 0) return parked(call);
        var until = call.endedAt().plus(terms.scaled(longer));
        if (state instanceof ProviderState.BackedOff now && now.until().isAfter(until)) return this;
        return state(new ProviderState.BackedOff(
                call.endedAt(), until, step, call.feedback().signal()));
    }

    private Pace parked(CallFeedback call) {
        return state(new ProviderState.Excluded(call.endedAt(), call.feedback().signal()));
    }

    /** Begun before the suspension that stands: it says no more than those that led to it. */
    private boolean isLate(CallFeedback call) {
        return state instanceof ProviderState.BackedOff(var _, var until, var _, var _)
                && call.startedAt().isBefore(until);
    }

    private boolean isCanary(CallFeedback call) {
        return state instanceof ProviderState.BackedOff(var _, var until, var _, var _)
                && !call.startedAt().isBefore(until);
    }

    private int step() {
        return state instanceof ProviderState.BackedOff(var _, var _, var step, var _) ? step : 0;
    }

    private int nextStep(CallFeedback call) {
        return isCanary(call) ? step() + 1 : Math.max(1, step());
    }

    private Signal cause() {
        return state instanceof ProviderState.BackedOff(var _, var _, var _, var cause) ? cause : Signal.NEUTRAL;
    }

    private Pace noted(CallFeedback call, Signal signal, Instant since) {
        return new Pace(
                terms,
                windowed,
                callGap,
                state,
                signalCounts.with(signal, call.endpointId(), call.endedAt(), since),
                rates,
                welcomedAt);
    }

    private Pace forgetting(Signal signal) {
        return new Pace(terms, windowed, callGap, state, signalCounts.without(Set.of(signal)), rates, welcomedAt);
    }

    private Pace slower() {
        return spacing(callGap.slower(2, terms.longestGap()));
    }

    private Pace windowed(Window window) {
        return new Pace(terms, window, callGap, state, signalCounts, rates, welcomedAt);
    }

    private Pace spacing(CallGap other) {
        return new Pace(terms, windowed, other, state, signalCounts, rates, welcomedAt);
    }

    private Pace state(ProviderState other) {
        return new Pace(terms, windowed, callGap, other, signalCounts, rates, welcomedAt);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
