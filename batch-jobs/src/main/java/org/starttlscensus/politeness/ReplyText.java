package org.starttlscensus.politeness;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.starttlscensus.fact.SmtpReply;

/**
 * A reply in normalised spelling, as the rules expect it: "{@code bloquée}" and "{@code BLOQUEE}" are the same word,
 * and a sentence over three lines is one sentence.
 *
 * @param code    {@code 421 4.7.0}, or {@code 421} if the reply has no enhanced code
 * @param wording lower case, without accents, white space squeezed, without enhanced codes at line starts and without
 *                the server's own name before ESMTP
 */
record ReplyText(String code, String wording) {

    /**
     * The most that is read of a reply: half of it from the start and half from the end, because the last line decides.
     * No refusal is longer.
     */
    static final int MOST_OCTETS = 8 * 1024;

    private static final Pattern ENHANCED = Pattern.compile("(?m)^\\s{0,3}#?([245]\\.\\d{1,3}\\.\\d{1,3})\\b");
    /** A greeting may contain a host name such as {@code denylist.example.net}, which is not part of a refusal. */
    private static final Pattern OWN_NAME = Pattern.compile("(?i)^[a-z0-9._-]{1,253} (?=e?smtp\\b)");

    private static final Pattern MARKS = Pattern.compile("\\p{M}");
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}]++");

    static ReplyText of(SmtpReply reply) {
        var text = ends(reply.text());
        var enhanced =
                ENHANCED.matcher(text).results().reduce((_, last) -> last).map(found -> " " + found.group(1));
        return new ReplyText(
                reply.code() + enhanced.orElse(""),
                wording(ENHANCED.matcher(text).replaceAll("")));
    }

    private static String wording(String text) {
        return OWN_NAME.matcher(bare(decoded(text))).replaceFirst("").toLowerCase(Locale.ROOT);
    }

    /** Removes accents and squeezes white space. The rules get the same treatment, so both sides match. */
    static String bare(String text) {
        var letters =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
        return SPACE.matcher(letters).replaceAll(" ").strip();
    }

    private static String ends(String text) {
        if (text.length() <= MOST_OCTETS) return text;
        return text.substring(0, MOST_OCTETS / 2) + "\n" + text.substring(text.length() - MOST_OCTETS / 2);
    }

    /** Replies should be ASCII. Others are mostly UTF-8; anything else stays one character per octet. */
    private static String decoded(String latin1) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return latin1;
        }
    }
}
