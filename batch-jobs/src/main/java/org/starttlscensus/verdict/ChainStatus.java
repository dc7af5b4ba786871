package org.starttlscensus.verdict;

import java.util.Arrays;
import java.util.Locale;

/** What a chain is worth, worst first: where several hold, the first is the value (docs/outcomes.md, section 8). */
public enum ChainStatus {
    /** Something in it that is needed cannot be read, or not within our limits. */
    MALFORMED,
    /** The server sent no certificate. */
    NONE,
    /** An issuer that may not issue: no CA, too long a path, no right to sign certificates. */
    INVALID_CA,
    /** Keys that may not be used for a TLS server. */
    WRONG_USAGE,
    /** A name that an issuer was not allowed to certify. */
    NAME_CONSTRAINT,
    /** The server's certificate vouches for itself and is in no store. */
    SELF_SIGNED,
    /** An issuer is missing, or not the one that signed. */
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
