package org.starttlscensus.smtp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.ReplyLine;
import org.starttlscensus.fact.SmtpReply;

/**
 * Parses one reply, octet by octet, so it does not matter how the reply was split into packets.
 *
 * <p>The code of the reply is that of its last line. Lines without a code, blank ones too, are passed over, as senders
 * do; they count towards the limits. What must not be passed over is told by {@link
 * org.starttlscensus.fact.EhloShape}: a line that something has painted over may be the one line that mattered.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.2">RFC 5321, section 4.2: SMTP replies</a>
 */
public final class ReplyParser {

    /** Octets of one line, its end included. */
    public static final int LONGEST_LINE = 4 * 1024;

    public static final int MOST_LINES = 512;

    /**
     * The first words of servers of other protocols, and octets that are no text. Without this, such a peer would be
     * waited for until the deadline.
     */
    private static final Pattern OTHER_PROTOCOL =
            Pattern.compile("^(?:SSH-\\d|HTTP/\\d|RTSP/\\d|RFB \\d|\\+OK\\b|-ERR\\b"
                    + "|\\* (?:OK|BYE|PREAUTH)\\b)|[\\x00-\\x08\\x0e-\\x1f]");

    enum ParseProgress {
        /** The reply goes on. */
        MORE,
        WHOLE,
        /** A line before the reply is of another protocol. */
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
     * The first reply in a text, read as in a call: what follows its last line is no part of it. A text that ends
     * before that line counts as a reply, because refusals are often quoted so. Empty if no line has a code, or if a
     * limit is exceeded.
     */
    public static Optional<SmtpReply> parse(Octets text) {
        var parser = new ReplyParser();
        for (var octet : text.toArray()) {
            switch (parser.take(octet)) {
                case MORE -> {}
                case WHOLE -> {
                    return Optional.of(parser.reply());
                }
                case NOT_A_REPLY, TOO_MUCH -> {
                    return Optional.empty();
                }
            }
        }
        if (parser.line.size() > 0) parser.endOfLine();
        return parser.texts.isEmpty() ? Optional.empty() : Optional.of(parser.reply());
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
        var text = line.toString(StandardCharsets.ISO_8859_1);
        line.reset();
        lines++;
        var found = ReplyLine.of(text);
        if (found.isEmpty()) return isOtherProtocol(text) ? ParseProgress.NOT_A_REPLY : atMostLines();
        code = found.get().code();
        texts.add(found.get().text());
        return found.get().goesOn() ? atMostLines() : ParseProgress.WHOLE;
    }

    private boolean isOtherProtocol(String text) {
        return texts.isEmpty() && OTHER_PROTOCOL.matcher(text).find();
    }

    private ParseProgress atMostLines() {
        return lines < MOST_LINES ? ParseProgress.MORE : ParseProgress.TOO_MUCH;
    }
}
