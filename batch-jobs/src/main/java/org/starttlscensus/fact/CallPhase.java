package org.starttlscensus.fact;

/** How far a call got, in the order of the dialogue. HELO belongs to {@link #EHLO}. */
public enum CallPhase {
    CONNECT,
    BANNER,
    EHLO,
    STARTTLS,
    HANDSHAKE,
    AFTER_TLS,
    QUIT;

    public String label() {
        return Labels.of(this);
    }

    public static CallPhase of(String label) {
        return Labels.read(CallPhase.class, label);
    }
}
