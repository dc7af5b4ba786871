package org.starttlscensus.politeness;

import java.time.Instant;
import org.starttlscensus.fact.Feedback;

/** Whether a provider may be called at all. */
public sealed interface ProviderState {

    /** Whether the provider is left alone to the end of the night because it blocks us, or seems to. */
    default boolean isBlock() {
        return this instanceof Excluded(var _, var cause)
                && (cause == Feedback.Signal.BLOCKED || cause == Feedback.Signal.SUSPECTED);
    }

    /**
     * Whether the provider is left alone anew. A call that was under way when it was suspended only lengthens that.
     *
     * @param before    the standing before the call that led to this one
     * @param startedAt when that call started
     */
    default boolean isNewBehind(ProviderState before, Instant startedAt) {
        return switch (this) {
            case Active _ -> false;
            case Excluded _ -> !(before instanceof Excluded);
            case BackedOff now ->
                switch (before) {
                    case Active _ -> true;
                    case Excluded _ -> false;
                    case BackedOff earlier -> !earlier.equals(now) && !startedAt.isBefore(earlier.until());
                };
        };
    }

    record Active() implements ProviderState {}

    /**
     * Left alone until a time; then exactly one call, the canary, decides: a welcome opens, a refusal takes the next step.
     *
     * @param from  when the call that led to it ended
     * @param step  1: the first of 15 minutes, 2: an hour; behind it comes the rest of the night
     * @param cause what led to it
     */
    record BackedOff(Instant from, Instant until, int step, Feedback.Signal cause) implements ProviderState {}

    /** Left alone for the rest of the night. */
    record Excluded(Instant from, Feedback.Signal cause) implements ProviderState {}
}
