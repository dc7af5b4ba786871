package org.starttlscensus.cli;

import java.util.HexFormat;
import org.starttlscensus.fact.Octets;

/**
 * Text made fit for a terminal: characters that steer it are shown as \\xNN.
 *
 * <p>What our operator wrote (a path, a setting) keeps its letters. What a peer sent becomes plain ASCII: on a
 * terminal that is not set to UTF-8 the second octet of an innocent letter is a control character.
 */
final class Printable {

    private Printable() {}

    /** Control characters but line feed, and those that turn the direction of writing or are not to be seen. */
    static String of(String text) {
        var printable = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point == '\n' || !isDangerous(point)) printable.appendCodePoint(point);
            else printable.append(escaped(point));
        });
        return printable.toString();
    }

    /** One line, whatever it was before. */
    static String line(String text) {
        return of(text).replace("\n", escaped('\n'));
    }

    /** A peer's octets, at most so many of them; says how many more there are. */
    static String peer(Octets octets, int most) {
        var printable = new StringBuilder();
        for (var octet : octets.first(most).toArray()) {
            if (octet >= ' ' && octet < 0x7f) printable.append((char) octet);
            else printable.append(escaped(octet & 0xff));
        }
        return printable.append(rest(octets.size(), most)).toString();
    }

    /** A peer's words that were text already, such as a name in a certificate. */
    static String peer(String words, int most) {
        var printable = new StringBuilder();
        words.codePoints().limit(most).forEach(point -> {
            if (point >= ' ' && point < 0x7f) printable.appendCodePoint(point);
            else printable.append(escaped(point));
        });
        return printable
                .append(rest(words.codePointCount(0, words.length()), most))
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
