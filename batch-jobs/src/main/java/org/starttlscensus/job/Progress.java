package org.starttlscensus.job;

/** Whoever wants to know how far the night has come. Called from several threads, and often: must be quick. */
public interface Progress {

    /** A step begins. */
    void begin(String step);

    /** @param total how many there are in all, as far as is known now */
    void at(long done, long total);

    /** Something that a person should read, in our words. */
    void say(String words);

    Progress SILENT = new Progress() {
        @Override
        public void begin(String step) {}

        @Override
        public void at(long done, long total) {}

        @Override
        public void say(String words) {}
    };
}
