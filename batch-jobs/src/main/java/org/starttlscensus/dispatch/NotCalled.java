package org.starttlscensus.dispatch;

import org.starttlscensus.fact.NotAttempted;

/** Why a planned endpoint was not called tonight. These are the reasons that arise during the night itself. */
public enum NotCalled {
    /** Its provider is excluded for the rest of the night. */
    SUSPENDED(NotAttempted.SUSPENDED),
    /** Its operator opted out of the census. */
    OPTED_OUT(NotAttempted.OPTED_OUT),
    /** No source of ours has IPv6 any more. */
    NO_IPV6(NotAttempted.NO_IPV6),
    /** A total of the night is used up. */
    BUDGET(NotAttempted.BUDGET),
    /** The night's window closed, or the operator asked to stop. */
    WINDOW_END(NotAttempted.WINDOW_END);

    private final NotAttempted reason;

    NotCalled(NotAttempted reason) {
        this.reason = reason;
    }

    /** The same reason as it is stored in the plan. */
    public NotAttempted reason() {
        return reason;
    }
}
