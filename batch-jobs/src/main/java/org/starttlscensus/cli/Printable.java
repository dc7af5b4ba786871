package org.starttlscensus.cli;

import java.util.HexFormat;
import org.starttlscensus.fact.Octets;

/**
 * Makes text safe for a terminal: control characters are shown as \\xNN.
 *
 * <p>Text of our own operator (a path, a setting) keeps its letters. Text of a peer becomes plain ASCII, because on a
 * terminal that is not set to UTF-8 the second octet of a harmless letter may be a control character.
 */
final class Printable {

    private Printable() {}

    /**
     * Escapes control characters except line feed, invisible characters, and those that change the direction of text.
     */
    static String of(String text) {
        var printable = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point == '\n' || !isDangerous(point)) printable.appendCodePoint(point);
            else printable.append(escaped(point));
        });
        return printable.toString();
    }

    /** The same, and line feeds are escaped as well. */
    static String line(String text) {
        return of(text).replace("\n", escaped('\n'));
    }

    /** At most so many octets of a peer, and the number of further ones. */
    static String peer(Octets octets, int most) {
        var printable = new StringBuilder();
        for (var octet : octets.first(most).toArray()) {
            if (octet >= ' ' && octet < 0x7f) printable.append((char) octet);
            else printable.append(escaped(octet & 0xff));
        }
        return printable.append(rest(octets.size(), most)).toString();
    }

    /** The same for text of a peer that is decoded already, such as a name in a certificate. */
    static String peer(String text, int most) {
        var printable = new StringBuilder();
        text.codePoints().limit(most).forEach(point -> {
            if (point >= ' ' && point < 0x7f) printable.appendCodePoint(point);
            else printable.append(escaped(point));
        });
        return printable
                .append(rest(text.codePointCount(0, text.length()), most))
                .toString();
    }

    private static String rest(int size, int most) {
        return size <= most ? "" : " ... (%,d more)".formatted(size - most);
    }

    private static String escaped(int point) {
        return "\\x" + HexFormat.of().withUpperCase().toHexDigits(point).replaceFirst("^0{1,6}", "");
    }

    private static boolean isDangerous(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false; // the other categories of Unicode
        };
    }
}
