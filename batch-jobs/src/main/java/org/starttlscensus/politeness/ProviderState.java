package org.starttlscensus.politeness;

import java.time.Instant;
import org.starttlscensus.fact.Feedback;

/** Whether a provider may be called at all. */
public sealed interface ProviderState {

    /** Whether the provider is excluded for the rest of the night because it blocks us, or seems to. */
    default boolean isBlock() {
        return this instanceof Excluded(var _, var cause)
                && (cause == Feedback.Signal.BLOCKED || cause == Feedback.Signal.SUSPECTED);
    }

    /**
     * Whether this state begins a new suspension. A call that was in progress when the provider was suspended only
     * extends the suspension.
     *
     * @param before    the state before the call that led to this one
     * @param startedAt when that call started
     */
    default boolean isNewAfter(ProviderState before, Instant startedAt) {
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

    /** May be called, within its window and gap. */
    record Active() implements ProviderState {}

    /**
     * Not called until a time. Then exactly one call, the canary, decides: a completed call makes the provider active,
     * a refusal takes the next step.
     *
     * @param from  when the call that led to it ended
     * @param step  1: the first of 15 minutes, 2: an hour; the step after it excludes the provider
     * @param cause the signal that led to it
     */
    record BackedOff(Instant from, Instant until, int step, Feedback.Signal cause) implements ProviderState {}

    /** Not called for the rest of the night. */
    record Excluded(Instant from, Feedback.Signal cause) implements ProviderState {}
}
