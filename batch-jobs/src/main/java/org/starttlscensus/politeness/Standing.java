package org.starttlscensus.politeness;

import java.time.Instant;
import org.starttlscensus.fact.Reception;

/** Whether a provider may be called at all. */
public sealed interface Standing {

    /** Whether the provider is left alone to the end of the night because it blocks us, or seems to. */
    default boolean isBlock() {
        return this instanceof Parked(var _, var cause) && (cause == Reception.Kind.BLOCKED || cause == Reception.Kind.SUSPECTED);
    }

    /**
     * Whether the provider is left alone anew. A call that was under way when it was suspended only lengthens that.
     *
     * @param before    the standing before the call that led to this one
     * @param startedAt when that call started
     */
    default boolean isNewBehind(Standing before, Instant startedAt) {
        return switch (this) {
            case Open _ -> false;
            case Parked _ -> !(before instanceof Parked);
            case Suspended now -> switch (before) {
                case Open _ -> true;
                case Parked _ -> false;
                case Suspended earlier -> !earlier.equals(now) && !startedAt.isBefore(earlier.until());
            };
        };
    }

    record Open() implements Standing {}

    /**
     * Left alone until a time; then exactly one call, the canary, decides: a welcome opens, a refusal takes the next step.
     *
     * @param from  when the call that led to it ended
     * @param step  1: the first of 15 minutes, 2: an hour; behind it comes the rest of the night
     * @param cause what led to it
     */
    record Suspended(Instant from, Instant until, int step, Reception.Kind cause) implements Standing {}

    /** Left alone for the rest of the night. */
    record Parked(Instant from, Reception.Kind cause) implements Standing {}
}
