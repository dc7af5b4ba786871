package org.starttlscensus.store;

/** How a step's last execution stands: the words of Spring Batch, which keeps them in its tables. */
public enum StepState {
    STARTING,
    STARTED,
    STOPPING,
    STOPPED,
    COMPLETED,
    FAILED,
    /** Given up by an operator of Spring Batch: it cannot be started again. */
    ABANDONED,
    /** Spring Batch itself does not know. */
    UNKNOWN
}
