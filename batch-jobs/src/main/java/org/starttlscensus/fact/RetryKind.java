package org.starttlscensus.fact;

/** The purpose of another call to the same endpoint in the same night. */
public enum RetryKind {
    /** The last call had no result. */
    RETRY,
    /** Confirms "no STARTTLS". One confirmation is enough for all names of an address. */
    CONFIRMATION,
    /** A probe of the old-version campaign, after a call that finished a handshake. */
    OLD_VERSION;

    public String label() {
        return Labels.of(this);
    }

    public static RetryKind of(String label) {
        return Labels.read(RetryKind.class, label);
    }
}
