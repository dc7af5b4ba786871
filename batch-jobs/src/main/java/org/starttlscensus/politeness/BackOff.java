package org.starttlscensus.politeness;

import java.time.Duration;
import org.starttlscensus.fact.Feedback.Signal;
import org.starttlscensus.politeness.Pace.CallFeedback;

/**
 * How long a provider is not called after a refusal: steps of 15 minutes, an hour, and the rest of the night. Between
 * two steps exactly one call is made, the canary.
 */
record BackOff(PaceTerms terms, ProviderState state) {

    /** The first step, for most signals. */
    static final Duration FIRST = Duration.ofMinutes(15);
    /** The second step. */
    static final Duration HOUR = Duration.ofHours(1);
    /** The first step of a provider that does not answer. */
    static final Duration UNREACHABLE_FOR = Duration.ofMinutes(30);
    /** A longer suspension than a night's window is one for the rest of the night. */
    static final Duration REST_OF_NIGHT = Duration.ofHours(8);
    /** Steps before the rest of the night. */
    static final int STEPS = 2;

    /**
     * The state after this call: suspended for the step's duration, or for as long as the peer asks for, if that is
     * longer.
     *
     * @param first the duration of the first step
     */
    ProviderState suspended(CallFeedback call, int step, Duration first) {
        var duration = longer(
                step < STEPS ? first : longer(first, HOUR),
                call.feedback().stayAway().orElse(Duration.ZERO));
        if (step > STEPS || duration.compareTo(REST_OF_NIGHT) > 0) return excluded(call);
        var until = call.endedAt().plus(terms.scaled(duration));
        if (state instanceof ProviderState.BackedOff now && now.until().isAfter(until)) return state;
        return new ProviderState.BackedOff(
                call.endedAt(), until, step, call.feedback().signal());
    }

    ProviderState excluded(CallFeedback call) {
        return new ProviderState.Excluded(call.endedAt(), call.feedback().signal());
    }

    /** The same state in the next night: an excluded provider waits one more hour at least, then gets a canary. */
    ProviderState nextNight() {
        return switch (state) {
            case ProviderState.Excluded(var from, var cause) ->
                new ProviderState.BackedOff(from, from.plus(terms.scaled(HOUR)), STEPS, cause);
            case ProviderState.Active _, ProviderState.BackedOff _ -> state;
        };
    }

    /** Whether the call started before the current suspension, so that it tells no more than those that led to it. */
    boolean isLate(CallFeedback call) {
        return state instanceof ProviderState.BackedOff(var _, var until, var _, var _)
                && call.startedAt().isBefore(until);
    }

    boolean isCanary(CallFeedback call) {
        return state instanceof ProviderState.BackedOff(var _, var until, var _, var _)
                && !call.startedAt().isBefore(until);
    }

    /** The current step; 0 if the provider is not suspended. */
    int step() {
        return state instanceof ProviderState.BackedOff(var _, var _, var step, var _) ? step : 0;
    }

    int nextStep(CallFeedback call) {
        return isCanary(call) ? step() + 1 : Math.max(1, step());
    }

    /** The signal that led to the current suspension; neutral without one. */
    Signal cause() {
        return state instanceof ProviderState.BackedOff(var _, var _, var _, var cause) ? cause : Signal.NEUTRAL;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
