package org.starttlscensus.fact;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One complete reply of an SMTP server, of one or more lines.
 *
 * @param code  the three digits of the <em>last</em> line, 200 to 599
 * @param lines the text after code and separator of each line, one character per octet, without line ends
 * @param raw   the octets as received, line ends included
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.2">RFC 5321, section 4.2: SMTP replies</a>
 */
public record SmtpReply(int code, List<String> lines, Octets raw) {

    private static final Pattern ENHANCED =
            Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})(?:[\\s:].*)?", Pattern.DOTALL);

    private static final Pattern LINE_END = Pattern.compile("\\r?\\n");
    private static final Pattern LINE = Pattern.compile("[2-5]\\d\\d(?:[ -].*)?", Pattern.DOTALL);

    public SmtpReply {
        lines = List.copyOf(lines);
        if (code < 200 || code > 599) throw new IllegalArgumentException("not a reply code: " + code);
        if (lines.isEmpty()) throw new IllegalArgumentException("a reply has at least one line");
    }

    /**
     * A complete reply from its octets.
     *
     * @throws IllegalArgumentException if a line does not begin with the three digits of a reply code
     */
    public static SmtpReply of(Octets raw) {
        return find(raw).orElseThrow(() -> new IllegalArgumentException("not an SMTP reply"));
    }

    /** The reply in these octets. Every line must begin with the digits of a code; the last line may be incomplete. */
    static Optional<SmtpReply> find(Octets raw) {
        var lines = List.of(LINE_END.split(raw.latin1()));
        if (!lines.stream().allMatch(line -> LINE.matcher(line).matches())) return Optional.empty();
        var code = Integer.parseInt(lines.getLast().substring(0, 3));
        return Optional.of(new SmtpReply(
                code,
                lines.stream()
                        .map(line -> line.length() > 4 ? line.substring(4) : "")
                        .toList(),
                raw));
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

    /**
     * The EHLO keywords of a 250 reply, upper case, in their order: the first word of every line except the first,
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
