package org.starttlscensus.dispatch;

import org.starttlscensus.fact.NotAttempted;

/** Why a planned endpoint was not called tonight after all: those reasons that only the night itself can give. */
public enum NotCalled {
    /** Its provider is left alone for the rest of the night. */
    SUSPENDED(NotAttempted.SUSPENDED),
    /** Its operator has asked us to stay away. */
    OPTED_OUT(NotAttempted.OPTED_OUT),
    /** A total of the night is used up. */
    BUDGET(NotAttempted.BUDGET),
    /** The night's window closed, or the operator asked to stop. */
    WINDOW_END(NotAttempted.WINDOW_END);

    private final NotAttempted reason;

    NotCalled(NotAttempted reason) {
        this.reason = reason;
    }

    /** The same reason in the words of the plan. */
    public NotAttempted reason() {
        return reason;
    }
}
