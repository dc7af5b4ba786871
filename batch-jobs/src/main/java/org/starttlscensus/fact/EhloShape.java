package org.starttlscensus.fact;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a positive reply to EHLO shows about STARTTLS. Only {@link #PLAIN} shows by itself that STARTTLS is missing: at
 * every other shape STARTTLS is tried once before any conclusion.
 */
public enum EhloShape {
    /** STARTTLS is among the keywords. */
    OFFERED,
    /** Something on the way has painted over a line; STARTTLS may be below. */
    MASKED,
    /** STARTTLS is no keyword here: it is on the first line, behind another keyword, or on a line without a code. */
    MISPLACED,
    /** The line with the greeting and nothing else: no extension, or a server that has decided to refuse us. */
    BARE,
    /**
     * No extension that says anything. Servers that have already decided to refuse us answer like this (sendmail's
     * nullserver, Postfix after a milter's rejection).
     */
    MUTED,
    /** A full list without STARTTLS. */
    PLAIN;

    private static final Pattern STARTTLS =
            Pattern.compile("(?<![\\w.]|[a-z]-)STARTTLS(?![\\w-]|\\.\\w)", Pattern.CASE_INSENSITIVE);
    /** What every server can say, so that it proves no full list. */
    private static final Set<String> SAYS_NOTHING = Set.of("ENHANCEDSTATUSCODES", "HELP", "OK");

    /** @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.1">RFC 5321, section 4.1.1.1</a> */
    private static final Pattern KEYWORD = Pattern.compile("[A-Z0-9][A-Z0-9-]*");

    public static EhloShape of(SmtpReply ehlo) {
        if (ehlo.offers("STARTTLS")) return OFFERED;
        if (isMasked(ehlo)) return MASKED;
        if (mentionsStarttls(ehlo)) return MISPLACED;
        if (ehlo.lines().size() == 1) return BARE;
        return ehlo.keywords().stream().anyMatch(EhloShape::isExtension) ? PLAIN : MUTED;
    }

    /** Whether STARTTLS is a word of any line, with or without a code. */
    public static boolean mentionsStarttls(SmtpReply reply) {
        return reply.lines().stream().anyMatch(line -> STARTTLS.matcher(line).find())
                || reply.passedOver().stream()
                        .anyMatch(line -> STARTTLS.matcher(line).find());
    }

    /**
     * Whether something has painted over the greeting. It then is likely to hide STARTTLS too. A greeting that has
     * letters beside its asterisks is decorated by the server itself, not masked.
     */
    public static boolean isMaskedBanner(SmtpReply banner) {
        return Mask.covers(banner.text() + "\n" + String.join("\n", banner.passedOver()));
    }

    /** The same for what came of a greeting or a reply that never was complete: its codes may be masked, too. */
    public static boolean isMasked(Octets unfinished) {
        return unfinished.latin1().lines().anyMatch(Mask::coversBehindCode)
                && unfinished.latin1().lines().allMatch(EhloShape::isCoveredOrEmpty);
    }

    private static boolean isMasked(SmtpReply ehlo) {
        return Mask.covers(ehlo.lines().getFirst())
                || ehlo.lines().stream().skip(1).anyMatch(Mask::coversKeyword)
                || ehlo.passedOver().stream().anyMatch(Mask::covers);
    }

    /** A line with no letter left, whole or not. */
    private static boolean isCoveredOrEmpty(String line) {
        return line.chars().noneMatch(Character::isLetter) || Mask.coversBehindCode(line);
    }

    private static boolean isExtension(String keyword) {
        return KEYWORD.matcher(keyword).matches() && !SAYS_NOTHING.contains(keyword);
    }
}
