package org.starttlscensus.fact;

/**
 * Why a planned endpoint is not called. The labels are used in the plan and in the outcomes {@code not_attempted_*}.
 */
public enum NotAttempted {
    /** The address is not on the public Internet, or is outside the lab. */
    SPECIAL_ADDRESS,
    /** We have no IPv6 source address. */
    NO_IPV6,
    /** Enough other names of the address are called; this name inherits the verdict of one of them. */
    INHERITED,
    /** We make no more calls to its provider this night. */
    SUSPENDED,
    /** A limit of ours: a total, the rotation, the warm-up, or a server that was unreachable for several nights. */
    BUDGET,
    /** The night's window closed, or the operator asked to stop. */
    WINDOW_END,
    /** Its operator has opted out. */
    OPTED_OUT;

    public String label() {
        return Labels.of(this);
    }

    public static NotAttempted of(String label) {
        return Labels.read(NotAttempted.class, label);
    }
}
