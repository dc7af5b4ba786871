package org.starttlscensus.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.SmtpReply;

/**
 * Parses one reply, octet by octet, so it does not matter how the reply was split into packets.
 *
 * <p>A line ends with LF, with or without CR before it. A CR elsewhere, a NUL and an octet above 127 are ordinary text.
 * The code of the reply is that of its last line. A reply with a line that has no code is no reply: something between
 * us and the server may have overwritten the one line that mattered.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1">RFC 5321, section 4.2.1: reply codes</a>
 */
public final class ReplyParser {

    /** Octets of one line, its end included. */
    public static final int LONGEST_LINE = 4 * 1024;

    public static final int MOST_LINES = 512;

    private static final Pattern LINE = Pattern.compile("([2-5]\\d\\d)(?:([ -])(.*))?", Pattern.DOTALL);

    enum ParseProgress {
        /** The reply goes on. */
        MORE,
        WHOLE,
        /** The first line has no code, or the reply is complete and one of its lines has none. */
        NOT_A_REPLY,
        TOO_MUCH
    }

    private final ByteArrayOutputStream raw = new ByteArrayOutputStream(256);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    private final List<String> texts = new ArrayList<>();
    private int lines;
    private int code;

    /** Parses a complete text. Lines end with LF or CRLF; the last line may have no end. */
    public static Optional<SmtpReply> parse(String text) {
        return parse(Octets.of(text));
    }

    /**
     * Parses a complete text. A text that ends after a continuation line counts as a reply, because refusals are often
     * quoted so. Empty if a line has no code, if more text follows the reply, or if a limit is exceeded.
     */
    public static Optional<SmtpReply> parse(Octets text) {
        var parser = new ReplyParser();
        var octets = text.toArray();
        for (int i = 0; i < octets.length; i++) {
            var parseProgress = parser.take(octets[i]);
            if (parseProgress == ParseProgress.MORE) continue;
            return parseProgress == ParseProgress.WHOLE && i == octets.length - 1
                    ? Optional.of(parser.reply())
                    : Optional.empty();
        }
        if (parser.line.size() > 0) parser.endOfLine();
        return parser.everyLineHadACode() ? Optional.of(parser.reply()) : Optional.empty();
    }

    /** Takes one octet. After any result but {@link ParseProgress#MORE} the parser must not be used again. */
    ParseProgress take(byte octet) {
        raw.write(octet);
        line.write(octet);
        if (octet == '\n') return endOfLine();
        return line.size() < LONGEST_LINE ? ParseProgress.MORE : ParseProgress.TOO_MUCH;
    }

    SmtpReply reply() {
        return new SmtpReply(code, texts, seen());
    }

    /** All octets so far. */
    Octets seen() {
        return Octets.of(raw.toByteArray());
    }

    private ParseProgress endOfLine() {
        var matcher = LINE.matcher(withoutEnd(line.toString(StandardCharsets.ISO_8859_1)));
        line.reset();
        lines++;
        if (!matcher.matches()) {
            if (lines == 1) return ParseProgress.NOT_A_REPLY;
            return atMostLines();
        }
        code = Integer.parseInt(matcher.group(1));
        texts.add(Optional.ofNullable(matcher.group(3)).orElse(""));
        if (isContinued(matcher)) return atMostLines();
        return everyLineHadACode() ? ParseProgress.WHOLE : ParseProgress.NOT_A_REPLY;
    }

    private boolean everyLineHadACode() {
        return lines > 0 && lines == texts.size();
    }

    private ParseProgress atMostLines() {
        return lines < MOST_LINES ? ParseProgress.MORE : ParseProgress.TOO_MUCH;
    }

    private static boolean isContinued(Matcher line) {
        return "-".equals(line.group(2));
    }

    private static String withoutEnd(String line) {
        if (!line.endsWith("\n")) return line; // the text ended without LF, so a CR at its end is text
        var end = line.length() - 1;
        return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
    }
}
