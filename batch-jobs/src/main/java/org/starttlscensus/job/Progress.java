package org.starttlscensus.job;

import org.starttlscensus.fact.NightStep;

/** Whoever wants to know how far the night has come. Called from several threads, and often: must be quick. */
public interface Progress {

    /** A piece of work begins, which is no step of a night. */
    void begin(String work);

    default void begin(NightStep step) {
        begin(step.label());
    }

    /** @param total how many there are in all, as far as is known now */
    void at(long done, long total);

    /** Something that a person should read, in our words. */
    void say(String words);

    Progress SILENT = new Progress() {
        @Override
        public void begin(String work) {}

        @Override
        public void at(long done, long total) {}

        @Override
        public void say(String words) {}
    };
}
