package org.starttlscensus.store;

/** The status of a step's last execution: the values that Spring Batch stores in its tables. */
public enum StepState {
    STARTING,
    STARTED,
    STOPPING,
    STOPPED,
    COMPLETED,
    FAILED,
    /** Abandoned by an operator of Spring Batch: it cannot be started again. */
    ABANDONED,
    /** Spring Batch itself does not know. */
    UNKNOWN
}
