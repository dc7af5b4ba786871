package org.starttlscensus.fact;

/** Why a planned endpoint is not called: the words of the plan and of the outcomes {@code not_attempted_*}. */
public enum NotAttempted {
    /** The address is none of the public Internet, or outside the lab. */
    SPECIAL_ADDRESS,
    /** No source address of ours is IPv6. */
    NO_IPV6,
    /** Enough other names of the address are called; the name takes over what one of them shows. */
    INHERITED,
    /** Its provider is left alone for the night. */
    SUSPENDED,
    /** A bound of ours: a total, a rotation, the warm-up, a server that was unreachable for nights. */
    BUDGET,
    /** The night's window closed, or the operator asked to stop. */
    WINDOW_END,
    /** Its operator has asked us to stay away. */
    OPTED_OUT;

    public String label() {
        return Labels.of(this);
    }

    public static NotAttempted of(String label) {
        return Labels.read(NotAttempted.class, label);
    }
}
