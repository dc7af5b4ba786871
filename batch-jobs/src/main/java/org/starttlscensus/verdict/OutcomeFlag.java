package org.starttlscensus.verdict;

import java.util.Arrays;
import java.util.Locale;

/** What else is worth knowing of an attempt, beside its outcome. */
public enum OutcomeFlag {
    /** STARTTLS worked although EHLO did not offer it. */
    UNADVERTISED,
    /** EHLO was answered with no extension, or only ENHANCEDSTATUSCODES: how servers look that refuse us already. */
    MUTED_EHLO,
    /** The greeting was overwritten by something in between. */
    MASKED_BANNER,
    /** Octets came behind the 220 to STARTTLS. */
    INJECTION_SUSPECT,
    /** It broke off at a ClientHello of two packets, and shook hands at a smaller one. */
    SMALL_HELLO;

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
