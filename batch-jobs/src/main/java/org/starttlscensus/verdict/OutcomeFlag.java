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
    /** Plaintext octets, not only CR, LF and blanks, followed the positive reply to STARTTLS. */
    INJECTION_SUSPECT,
    /** The handshake failed with a ClientHello of two packets and finished with a smaller one. */
    SMALL_HELLO,
    /**
     * EHLO advertised STARTTLS and it was not said: the server had refused it for want of a certificate, twice and
     * within a week, and may tell its postmaster of every look.
     */
    NOT_ASKED,
    /** Within 90 days a handshake at the address followed a clean look without STARTTLS, as in a farm of servers. */
    INCONSISTENT,
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
