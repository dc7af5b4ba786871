package org.starttlscensus.fact;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One complete reply of an SMTP server, of one or more lines with a code. Lines without a code, between or before them,
 * are passed over, as senders do; they are kept in {@code raw}.
 *
 * @param code  the three digits of the <em>last</em> line, 200 to 599
 * @param lines the text after code and separator of each line with a code, one character per octet, without line ends
 * @param raw   the octets as received, line ends included
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.2">RFC 5321, section 4.2: SMTP replies</a>
 */
public record SmtpReply(int code, List<String> lines, Octets raw) {

    private static final Pattern ENHANCED =
            Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})(?:[\\s:].*)?", Pattern.DOTALL);

    public SmtpReply {
        lines = List.copyOf(lines);
        if (code < 200 || code > 599) throw new IllegalArgumentException("not a reply code: " + code);
        if (lines.isEmpty()) throw new IllegalArgumentException("a reply has at least one line");
    }

    /**
     * A complete reply from its octets.
     *
     * @throws IllegalArgumentException if no line begins with the three digits of a reply code
     */
    public static SmtpReply of(Octets raw) {
        return find(raw).orElseThrow(() -> new IllegalArgumentException("not an SMTP reply"));
    }

    /** The reply in these octets, of which the last line may be incomplete; empty if no line has a code. */
    static Optional<SmtpReply> find(Octets raw) {
        var lines = rawLines(raw).map(ReplyLine::of).flatMap(Optional::stream).toList();
        if (lines.isEmpty()) return Optional.empty();
        return Optional.of(new SmtpReply(
                lines.getLast().code(), lines.stream().map(ReplyLine::text).toList(), raw));
    }

    /** The lines without a code that were passed over, without line ends and without empty ones. */
    List<String> passedOver() {
        return rawLines(raw)
                .filter(line -> ReplyLine.of(line).isEmpty())
                .map(ReplyLine::withoutEnd)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static Stream<String> rawLines(Octets raw) {
        return Stream.of(raw.latin1().split("\n"));
    }

    /** 2, 3, 4 or 5. */
    public int severity() {
        return code / 100;
    }

    /** The whole text, with lines joined by a line feed. Untrusted: must be escaped before it is shown. */
    public String text() {
        return String.join("\n", lines);
    }

    /**
     * The enhanced status code of the last line that carries one, for example {@code 4.7.0}.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc2034#section-4">RFC 2034, section 4</a>
     */
    public Optional<String> enhancedCode() {
        return lines.reversed().stream()
                .map(ENHANCED::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1))
                .findFirst();
    }

    /** Whether the code is 2yz: the request was accepted. */
    public boolean isPositive() {
        return severity() == 2;
    }

    /**
     * The EHLO keywords of a positive reply, upper case, in their order: the first word of every line except the first,
     * which is the server's greeting.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.1.1.1">RFC 5321, section 4.1.1.1</a>
     */
    public List<String> keywords() {
        return lines.stream()
                .skip(1)
                .map(line -> line.strip().split("[ \\t=]", 2)[0].toUpperCase(Locale.ROOT))
                .filter(keyword -> !keyword.isEmpty())
                .collect(Collectors.toUnmodifiableList());
    }

    public boolean offers(String keyword) {
        return keywords().contains(keyword);
    }
}
