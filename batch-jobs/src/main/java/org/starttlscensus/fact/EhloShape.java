package org.starttlscensus.fact;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a 250 reply to EHLO shows of STARTTLS. Two of the four look like "no STARTTLS" and are not: nobody may conclude
 * anything from them before one STARTTLS was tried.
 */
public enum EhloShape {
    /** STARTTLS is among the keywords. */
    OFFERED,
    /** Something in between has overwritten keywords with the letter X; STARTTLS may be one of them. */
    MASKED,
    /**
     * No keyword, or only ENHANCEDSTATUSCODES: how servers answer that have already decided to refuse us (sendmail's
     * nullserver, Postfix after a milter's rejection).
     */
    MUTED,
    /** A full list without STARTTLS. */
    PLAIN;

    private static final Pattern OVERWRITTEN = Pattern.compile("X{6}.*", Pattern.DOTALL);
    private static final Set<String> MUTE = Set.of("ENHANCEDSTATUSCODES");

    public static EhloShape of(SmtpReply ehlo) {
        var keywords = ehlo.keywords();
        if (keywords.contains("STARTTLS")) return OFFERED;
        if (keywords.stream().anyMatch(keyword -> OVERWRITTEN.matcher(keyword).matches())) return MASKED;
        return MUTE.containsAll(keywords) ? MUTED : PLAIN;
    }

    /**
     * Whether a greeting was overwritten with asterisks by something in between, which then is likely to hide STARTTLS too.
     * Mail exchangers are left readable: a decorated greeting has letters, a masked one has none.
     */
    public static boolean isMaskedBanner(SmtpReply banner) {
        var text = banner.text();
        return text.contains("***") && text.chars().noneMatch(Character::isLetter);
    }
}
