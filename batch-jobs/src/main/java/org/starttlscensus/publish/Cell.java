package org.starttlscensus.publish;

import java.util.regex.Pattern;

/**
 * Text of a CSV cell that no spreadsheet takes for a formula. Cells contain enumerations, numbers, dates, names and
 * hexadecimal, so only a name can begin like a formula: DNS allows an MX host called {@code -1.example}. Its first
 * octet is then escaped as in a zone file, {@code \045}, so that the name can be read back.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-5.1">RFC 1035, section 5.1: \DDD</a>
 */
final class Cell {

    private static final String BEGIN_FORMULAS = "=+-@\t\r\n";
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?");

    private static final Pattern ESCAPED = Pattern.compile("\\\\0[0-9]{2}");

    private Cell() {}

    static String of(String text) {
        if (text.isEmpty()
                || BEGIN_FORMULAS.indexOf(text.charAt(0)) < 0
                || NUMBER.matcher(text).matches()) return text;
        return "\\%03d".formatted((int) text.charAt(0)) + text.substring(1);
    }

    /** What {@link #of} was given. */
    static String read(String cell) {
        return ESCAPED.matcher(cell).lookingAt() ? (char) Integer.parseInt(cell, 1, 4, 10) + cell.substring(4) : cell;
    }
}
