package org.starttlscensus.job;

import org.starttlscensus.fact.NightStep;

/**
 * Receives the progress of a night. Methods are called often and from several threads, so they must be fast and
 * thread-safe.
 */
public interface Progress {

    /** Work begins that is not a step of a night. */
    void begin(String work);

    default void begin(NightStep step) {
        begin(step.label());
    }

    /** @param total of items, as far as known now; 0 if unknown */
    void at(long done, long total);

    /** Whether the operator has paused the work. What is left to do then takes no less time, and no more. */
    default void paused(boolean isPaused) {}

    /** A message to a person. */
    void say(String message);

    Progress SILENT = new Progress() {
        @Override
        public void begin(String work) {}

        @Override
        public void at(long done, long total) {}

        @Override
        public void say(String message) {}
    };
}
