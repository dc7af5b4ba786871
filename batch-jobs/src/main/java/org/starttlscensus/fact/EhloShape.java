package org.starttlscensus.fact;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a 250 reply to EHLO shows about STARTTLS. {@link #MASKED} and {@link #MUTED} do not show that STARTTLS is
 * missing: one STARTTLS must be tried before any conclusion.
 */
public enum EhloShape {
    /** STARTTLS is among the keywords. */
    OFFERED,
    /** A middlebox has overwritten keywords with the letter X; STARTTLS may be one of them. */
    MASKED,
    /**
     * No keyword, or only ENHANCEDSTATUSCODES. Servers that have already decided to refuse us answer like this
     * (sendmail's nullserver, Postfix after a milter's rejection).
     */
    MUTED,
    /** A full list without STARTTLS. */
    PLAIN;

    private static final Pattern OVERWRITTEN = Pattern.compile("X{6}.*", Pattern.DOTALL);
    private static final Set<String> MUTED_KEYWORDS = Set.of("ENHANCEDSTATUSCODES");

    public static EhloShape of(SmtpReply ehlo) {
        var keywords = ehlo.keywords();
        if (keywords.contains("STARTTLS")) return OFFERED;
        if (keywords.stream().anyMatch(keyword -> OVERWRITTEN.matcher(keyword).matches())) return MASKED;
        return MUTED_KEYWORDS.containsAll(keywords) ? MUTED : PLAIN;
    }

    /**
     * Whether a middlebox has overwritten the greeting with asterisks. It then is likely to hide STARTTLS too. A
     * greeting that has letters beside its asterisks is decorated by the server itself, not masked.
     */
    public static boolean isMaskedBanner(SmtpReply banner) {
        var text = banner.text();
        return text.contains("***") && text.chars().noneMatch(Character::isLetter);
    }
}
