package org.starttlscensus.politeness;

import static org.starttlscensus.fact.Reception.Kind.BLOCKED;
import static org.starttlscensus.fact.Reception.Kind.RATE_LIMITED;
import static org.starttlscensus.fact.Reception.Kind.SUSPECTED;
import static org.starttlscensus.fact.Reception.Kind.TARPITTED;
import static org.starttlscensus.fact.Reception.Kind.TEMPORARY;
import static org.starttlscensus.fact.Reception.Kind.UNREACHABLE;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.starttlscensus.fact.Reception;
import org.starttlscensus.fact.Reception.Kind;

/**
 * How one provider is approached, given how it received us so far: the table of signals (politeness, section 6), whose columns
 * "window/pace" and "suspension" stand here, and whose column "retry" is {@link RetryRules}. A pure function of the past: no
 * clock, no lock, no thread, so a night's permits always add up to the same pace.
 *
 * @param terms       what is never exceeded
 * @param rates       when it said "too many", in the last six hours
 * @param welcomedAt  when a complete session last ended; the beginning of time if none has
 */
public record Pace(
        PaceTerms terms, Window windowed, Spacing spacing, Standing standing, Suspicions suspicions, List<Instant> rates, Instant welcomedAt) {

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
    public record Heard(long endpointId, Reception reception, Instant startedAt, Instant endedAt) {}

    public Pace {
        rates = List.copyOf(rates);
    }

    public static Pace starting(Limits limits, String provider) {
        var limit = limits.provider(provider);
        var terms = new PaceTerms(limit, limits.longestProviderGap(limit.gap()), limits.timeScale());
        return new Pace(terms, Window.starting(limit), new Spacing(limit.gap(), limit.gap(), 0), new Standing.Open(), Suspicions.NONE,
                List.of(), Instant.MIN);
    }

    /** Of a provider that blocked us on an earlier night and is tried again: one canary, and if it is refused, no more. */
    public static Pace returning(Limits limits, String provider) {
        var pace = starting(limits, provider);
        return pace.standing(new Standing.Suspended(Instant.EPOCH, Instant.EPOCH, STEPS, BLOCKED));
    }

    /**
     * The same at the beginning of the next night. Who was left alone for the rest of a night is so for an hour more at least, and is
     * then asked by one canary; a welcome counts for the night in which it was given, and so does a window that grew by it.
     */
    public Pace nextNight() {
        var next = switch (standing) {
            case Standing.Parked(var from, var cause) -> new Standing.Suspended(from, from.plus(terms.scaled(HOUR)), STEPS, cause);
            case Standing.Open _, Standing.Suspended _ -> standing;
        };
        return new Pace(terms, windowed.nextNight(terms.limit()), spacing, next, suspicions, rates, Instant.MIN);
    }

    /** What a pace remembers is no older than this: contacts before that change nothing. */
    public static Duration memory(Limits limits) {
        return limits.scaled(REST_OF_NIGHT);
    }

    /** Calls that may be open at once. A canary is alone. */
    public int window() {
        return standing instanceof Standing.Open ? windowed.open() : Window.starting(terms.limit()).open();
    }

    /** Least time from the start of one call to the start of the next. */
    public Duration gap() {
        return spacing.gap();
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
        return standing.isBlock() || isParked() && blockedBefore && !wasWelcomed();
    }

    public boolean isParked() {
        return standing instanceof Standing.Parked;
    }

    /** Until when nobody of this provider may be called; a time in the past where only a canary may. */
    public Optional<Instant> suspendedUntil() {
        return standing instanceof Standing.Suspended suspended ? Optional.of(suspended.until()) : Optional.empty();
    }

    /** The pace after one more call of this provider, told in the order in which calls end. */
    public Pace after(Heard call) {
        if (isParked()) return this;
        return switch (call.reception().kind()) {
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
    private Pace welcomed(Heard call) {
        if (isLate(call)) return this;
        var known = suspicions.without(Set.of(TEMPORARY, UNREACHABLE));
        if (isCanary(call)) {
            return new Pace(terms, Window.starting(terms.limit()), spacing.welcomed(), new Standing.Open(),
                    known.without(Set.of(SUSPECTED, TARPITTED)), rates, call.endedAt());
        }
        var wider = spacing.isAtFloorOf(terms.limit()) ? windowed.welcomed(terms.limit().open()) : windowed;
        return new Pace(terms, wider, spacing.welcomed(), standing, known, rates, call.endedAt());
    }

    private Pace rateLimited(Heard call) {
        if (isLate(call) && cause() == RATE_LIMITED) return suspended(call, step(), FIRST); // the same answer to one burst of ours
        var since = call.endedAt().minus(terms.scaled(RATES_COUNT_FOR));
        var counted = Stream.concat(rates.stream().filter(since::isBefore), Stream.of(call.endedAt())).toList();
        var slower = counted.size() == 1 ? spacing.slower(2, terms.longestGap()) : spacing.slower(4, terms.longestGap()).kept();
        return new Pace(terms, windowed.halved(), slower, standing, suspicions, counted, welcomedAt)
                .suspended(call, Math.max(counted.size(), nextStep(call)), FIRST);
    }

    private Pace troubled(Heard call) {
        var fewer = windowed(windowed.refused());
        if (isLate(call)) return fewer;
        if (isCanary(call)) return fewer.suspended(call, nextStep(call), FIRST);
        var noted = fewer.noted(call, TEMPORARY, call.endedAt().minus(terms.scaled(TROUBLE_COUNTS_FOR)));
        return noted.suspicions.endpoints(TEMPORARY) < TROUBLED ? noted : noted.slower().suspended(call, 1, FIRST).forgetting(TEMPORARY);
    }

    private Pace blocked(Heard call) {
        var noted = windowed(new Window(1, 0, 0)).noted(call, BLOCKED, Instant.MIN);
        var isMeant = call.reception().naming() == Reception.Naming.US || noted.suspicions.endpoints(BLOCKED) >= BLOCKS;
        return isMeant ? noted.parked(call) : noted.slower().suspended(call, Math.max(STEPS, nextStep(call)), HOUR);
    }

    private Pace suspected(Heard call) {
        var noted = windowed(windowed.refused()).noted(call, SUSPECTED, Instant.MIN);
        if (isCanary(call)) return cause() == SUSPECTED ? noted.parked(call) : noted.suspended(call, nextStep(call), HOUR);
        if (isLate(call) || noted.suspicions.endpoints(SUSPECTED) < SUSPECTS) return noted;
        return noted.slower().suspended(call, STEPS, HOUR);
    }

    private Pace unreachable(Heard call) {
        if (isLate(call)) return this;
        if (isCanary(call)) return suspended(call, nextStep(call), DEAD);
        var noted = noted(call, UNREACHABLE, Instant.MIN);
        var isSilent = noted.suspicions.endpoints(UNREACHABLE) >= DEAF
                && !welcomedAt.isAfter(call.endedAt().minus(terms.scaled(TROUBLE_COUNTS_FOR)));
        return isSilent ? noted.slower().suspended(call, 1, DEAD).forgetting(UNREACHABLE) : noted;
    }

    /** A canary that was kept waiting proves nothing: the next one is a canary again, and nothing grows. */
    private Pace tarpitted(Heard call) {
        if (isLate(call) || isCanary(call)) return this;
        var noted = spacing(spacing.interrupted()).noted(call, TARPITTED, Instant.MIN);
        return noted.suspicions.endpoints(TARPITTED) < TARPITS ? noted : noted.slower().suspended(call, 1, FIRST).forgetting(TARPITTED);
    }

    /** Steps of 15 minutes (or {@code first}), an hour, the rest of the night; or as long as the peer asks for, if that is longer. */
    private Pace suspended(Heard call, int step, Duration first) {
        var longer = longer(step < STEPS ? first : longer(first, HOUR), call.reception().stayAway().orElse(Duration.ZERO));
        if (step > STEPS || longer.compareTo(REST_OF_NIGHT) > 0) return parked(call);
        var until = call.endedAt().plus(terms.scaled(longer));
        if (standing instanceof Standing.Suspended now && now.until().isAfter(until)) return this;
        return standing(new Standing.Suspended(call.endedAt(), until, step, call.reception().kind()));
    }

    private Pace parked(Heard call) {
        return standing(new Standing.Parked(call.endedAt(), call.reception().kind()));
    }

    /** Begun before the suspension that stands: it says no more than those that led to it. */
    private boolean isLate(Heard call) {
        return standing instanceof Standing.Suspended(var _, var until, var _, var _) && call.startedAt().isBefore(until);
    }

    private boolean isCanary(Heard call) {
        return standing instanceof Standing.Suspended(var _, var until, var _, var _) && !call.startedAt().isBefore(until);
    }

    private int step() {
        return standing instanceof Standing.Suspended(var _, var _, var step, var _) ? step : 0;
    }

    private int nextStep(Heard call) {
        return isCanary(call) ? step() + 1 : Math.max(1, step());
    }

    private Kind cause() {
        return standing instanceof Standing.Suspended(var _, var _, var _, var cause) ? cause : Kind.NEUTRAL;
    }

    private Pace noted(Heard call, Kind kind, Instant since) {
        return new Pace(terms, windowed, spacing, standing, suspicions.with(kind, call.endpointId(), call.endedAt(), since), rates, welcomedAt);
    }

    private Pace forgetting(Kind kind) {
        return new Pace(terms, windowed, spacing, standing, suspicions.without(Set.of(kind)), rates, welcomedAt);
    }

    private Pace slower() {
        return spacing(spacing.slower(2, terms.longestGap()));
    }

    private Pace windowed(Window window) {
        return new Pace(terms, window, spacing, standing, suspicions, rates, welcomedAt);
    }

    private Pace spacing(Spacing other) {
        return new Pace(terms, windowed, other, standing, suspicions, rates, welcomedAt);
    }

    private Pace standing(Standing other) {
        return new Pace(terms, windowed, spacing, other, suspicions, rates, welcomedAt);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
