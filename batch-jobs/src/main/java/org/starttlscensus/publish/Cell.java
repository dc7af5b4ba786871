package org.starttlscensus.publish;

import java.util.regex.Pattern;

/**
 * A cell that no spreadsheet takes for a formula. Cells hold enumerations, numbers, dates, names and hex, so only a name can
 * begin badly: DNS allows an MX host that is called {@code -1.example}. Its first octet is then written as the DNS itself
 * would in a zone file, {@code \045}, so that the name can still be read back.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-5.1">RFC 1035, section 5.1: \DDD</a>
 */
final class Cell {

    private static final String BEGIN_FORMULAS = "=+-@\t\r\n";
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?");

    private Cell() {}

    static String of(String text) {
        if (text.isEmpty()
                || BEGIN_FORMULAS.indexOf(text.charAt(0)) < 0
                || NUMBER.matcher(text).matches()) return text;
        return "\\%03d".formatted((int) text.charAt(0)) + text.substring(1);
    }
}
