package org.starttlscensus.verdict;

import java.util.Arrays;
import java.util.Locale;

/** The verdict on a chain, worst first. If several apply, the first is the value (docs/outcomes.md, section 8). */
public enum ChainStatus {
    /** A needed part cannot be read, or exceeds our limits. */
    MALFORMED,
    /** The server sent no certificate. */
    NONE,
    /** An issuer must not issue: it is no CA, the path is too long, or it has no right to sign certificates. */
    INVALID_CA,
    /** A key must not be used for a TLS server. */
    WRONG_USAGE,
    /** A name is outside what an issuer may certify. */
    NAME_CONSTRAINT,
    /** The server's certificate is self-signed and not in our store. */
    SELF_SIGNED,
    /** An issuer is missing, or did not sign the certificate below it. */
    INCOMPLETE,
    /** Complete, but its root is not in our store. */
    UNTRUSTED_ROOT,
    NOT_YET_VALID,
    EXPIRED,
    TRUSTED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static ChainStatus of(String label) {
        return Arrays.stream(values())
                .filter(status -> status.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no chain status is called \"" + label + "\""));
    }
}
