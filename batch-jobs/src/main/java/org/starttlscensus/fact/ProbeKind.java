package org.starttlscensus.fact;

/**
 * What a call asks, which decides what it offers. The ordinary question is how far TLS goes; the questions of the old-version
 * campaign are whether a server would still accept what nobody should, each put alone, so that the answer is about it alone.
 */
public enum ProbeKind {
    /** How far does TLS go, when a modern sender calls? */
    STANDARD,
    /** The same with a first message that fits one packet: put after a standard call that broke before any answer to it. */
    SMALL_HELLO,
    /** TLS 1.0 and nothing newer. */
    TLS_1_0,
    /** TLS 1.1 and nothing else. */
    TLS_1_1,
    TRIPLE_DES,
    RC4,
    /** A key exchange without forward secrecy. */
    STATIC_RSA,
    /** A key exchange without any certificate. */
    ANONYMOUS,
    /** Diffie-Hellman in a group below 2,048 bits: finite-field key exchange alone is offered, the server names the group. */
    SMALL_DH;

    /** Whether it belongs to the campaign; its answers enter no verdict about the server. */
    public boolean isOldVersion() {
        return switch (this) {
            case STANDARD, SMALL_HELLO -> false;
            case TLS_1_0, TLS_1_1, TRIPLE_DES, RC4, STATIC_RSA, ANONYMOUS, SMALL_DH -> true;
        };
    }

    public PermitKind kind() {
        return isOldVersion() ? PermitKind.OLD_VERSION : PermitKind.MAIL_SERVER;
    }

    public String label() {
        return Labels.of(this);
    }

    public static ProbeKind of(String label) {
        return Labels.read(ProbeKind.class, label);
    }
}
