package org.starttlscensus.fact;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of a reply that has a code. This is the only place that says what such a line looks like: the call as it
 * runs, the stored reply and {@code judge reply} all read lines by it.
 *
 * <p>A line ends with LF, with any number of CR before it. A CR elsewhere, a NUL and an octet above 127 are text. A
 * code without any text is a final line.
 *
 * @param goesOn whether a hyphen follows the code, so that more lines come
 * @param text   what follows code and separator, one character per octet
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1">RFC 5321, section 4.2.1: reply codes</a>
 */
public record ReplyLine(int code, boolean goesOn, String text) {

    private static final Pattern LINE = Pattern.compile("([2-5]\\d\\d)(?:([ -])(.*))?", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("[2-5]\\d\\d(?!\\d)");

    /**
     * @param line one character per octet, with or without its end
     * @return empty if the line has no code
     */
    public static Optional<ReplyLine> of(String line) {
        var matcher = LINE.matcher(withoutEnd(line));
        if (!matcher.matches()) return Optional.empty();
        return Optional.of(new ReplyLine(
                Integer.parseInt(matcher.group(1)),
                "-".equals(matcher.group(2)),
                Optional.ofNullable(matcher.group(3)).orElse("")));
    }

    /** Whether the line begins like one with a code, although what follows the code may be damaged. */
    public static boolean beginsWithCode(String line) {
        return CODE.matcher(line).lookingAt();
    }

    /** The line without LF and the CRs before it. */
    static String withoutEnd(String line) {
        var end = line.length();
        if (end > 0 && line.charAt(end - 1) == '\n') end--;
        while (end > 0 && line.charAt(end - 1) == '\r') end--;
        return line.substring(0, end);
    }
}
