package org.starttlscensus.politeness;

import java.time.Instant;
import org.starttlscensus.fact.Reception;

/** Whether a provider may be called at all. */
public sealed interface Standing {

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
    record Parked(Instant from, Reception.Kind cause) implements Standing {

        /** Whether it blocks us, or seems to. */
        public boolean isBlock() {
            return cause == Reception.Kind.BLOCKED || cause == Reception.Kind.SUSPECTED;
        }
    }
}
