package org.starttlscensus.fact;

/**
 * The kind of a call, which decides its TLS offer. The standard probe makes a modern offer. Each probe of the
 * old-version campaign offers one obsolete feature alone, so the answer shows whether the server still accepts that
 * feature.
 */
public enum ProbeKind {
    /** The offer of a modern sender. */
    STANDARD,
    /**
     * The same with a ClientHello that fits one packet, after a standard call that broke off before any answer to it.
     */
    SMALL_HELLO,
    /**
     * The same, and suites without a certificate at the very end, after a standard call at which the server found no
     * suite in common.
     */
    ANONYMOUS_TOO,
    /** The standard offer without the server's name, after a standard call at which the server refused that name. */
    NO_SERVER_NAME,
    /**
     * The offer of a modern sender, to a server that is known to refuse STARTTLS for want of a certificate: it is not
     * asked a second time tonight.
     */
    ONE_STARTTLS,
    /** Only EHLO: whether such a server still advertises STARTTLS. STARTTLS is not said, so nothing is offered. */
    EHLO_ONLY,
    /** Only TLS 1.0. */
    TLS_1_0,
    /** Only TLS 1.1. */
    TLS_1_1,
    TRIPLE_DES,
    RC4,
    /** Only key exchange without forward secrecy. */
    STATIC_RSA,
    /** Only key exchange without a certificate. */
    ANONYMOUS,
    /** Only finite-field Diffie-Hellman, to see whether the server chooses a group below 2,048 bits. */
    SMALL_DH;

    /** Whether it belongs to the old-version campaign, whose results enter no verdict about the server. */
    public boolean isOldVersion() {
        return switch (this) {
            case STANDARD, SMALL_HELLO, ANONYMOUS_TOO, NO_SERVER_NAME, ONE_STARTTLS, EHLO_ONLY -> false;
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
