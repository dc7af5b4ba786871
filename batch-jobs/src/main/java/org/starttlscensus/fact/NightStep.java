package org.starttlscensus.fact;

import java.util.Arrays;
import java.util.Optional;

/**
 * The steps of a night, in order. The label is the step's name in Spring Batch's tables, on the terminal and in JSON.
 */
public enum NightStep {
    /** Reads the lists. */
    LIST("list"),
    /** Looks up mail servers in the DNS. */
    RESOLVE("resolve"),
    /** Decides which endpoints to call. */
    PLAN("plan"),
    /** Calls the planned endpoints. */
    CALL("call"),
    /** Judges servers. */
    ASSESS("assess"),
    /** Judges domains and computes the statistics. */
    AGGREGATE("aggregate"),
    /** Stores what later nights need. */
    RECORD_HISTORY("record-history"),
    /** Writes the published files. */
    PUBLISH("publish");

    private final String label;

    NightStep(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Empty if only another version of the program has such a step. */
    public static Optional<NightStep> find(String label) {
        return Arrays.stream(values()).filter(step -> step.label.equals(label)).findFirst();
    }
}
