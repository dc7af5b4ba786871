package org.starttlscensus.fact;

import java.util.Arrays;
import java.util.Optional;

/** The steps of a night, in order. The label is the step's name in the job's tables, on the terminal and in JSON. */
public enum NightStep {
    /** Reads the lists. */
    LIST("list"),
    /** Asks the DNS for mail servers. */
    RESOLVE("resolve"),
    /** Decides whom to call. */
    PLAN("plan"),
    /** Calls. */
    CALL("call"),
    /** Judges servers. */
    ASSESS("assess"),
    /** Judges domains, and counts. */
    AGGREGATE("aggregate"),
    /** Keeps what later nights must know. */
    RECORD_HISTORY("record-history"),
    /** Writes the files. */
    PUBLISH("publish");

    private final String label;

    NightStep(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** Empty for a step that only another version of the program has. */
    public static Optional<NightStep> find(String label) {
        return Arrays.stream(values()).filter(step -> step.label.equals(label)).findFirst();
    }
}
