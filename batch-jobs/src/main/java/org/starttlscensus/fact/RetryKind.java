package org.starttlscensus.fact;

/** What a further call to the same endpoint in the same night is for. */
public enum RetryKind {
    /** The last call came to nothing. */
    RETRY,
    /** A second look at "no STARTTLS". One is enough for all names of an address. */
    CONFIRMATION,
    /** A question of the old-version campaign, after a call that came to a handshake. */
    OLD_VERSION;

    public String label() {
        return Labels.of(this);
    }

    public static RetryKind of(String label) {
        return Labels.read(RetryKind.class, label);
    }
}
