package org.starttlscensus.verdict;

import java.util.Arrays;
import java.util.Locale;

/** Further findings about an attempt, beside its outcome. */
public enum OutcomeFlag {
    /** STARTTLS worked although EHLO did not offer it. */
    UNADVERTISED,
    /**
     * The EHLO reply had no extension, or only ENHANCEDSTATUSCODES. Servers that already refuse us answer like this.
     */
    MUTED_EHLO,
    /** A middlebox overwrote the greeting. */
    MASKED_BANNER,
    /** Plaintext octets followed the 220 to STARTTLS. */
    INJECTION_SUSPECT,
    /** The handshake failed with a ClientHello of two packets and finished with a smaller one. */
    SMALL_HELLO,
    /** The server refused the name in SNI by a fatal alert, and was called once more without it. */
    SNI_REFUSED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static OutcomeFlag of(String label) {
        return Arrays.stream(values())
                .filter(flag -> flag.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no flag is called \"" + label + "\""));
    }
}
