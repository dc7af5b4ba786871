package org.starttlscensus.cli;

import java.util.HexFormat;

/** Text made fit for a terminal: control characters, and those that turn the direction of writing, are shown as \\xNN. */
final class Printable {

    private Printable() {}

    static String of(String text) {
        var printable = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point == '\n' || !isDangerous(point)) printable.appendCodePoint(point);
            else printable.append("\\x").append(HexFormat.of().withUpperCase().toHexDigits(point).replaceFirst("^0{1,6}", ""));
        });
        return printable.toString();
    }

    private static boolean isDangerous(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                 Character.PRIVATE_USE, Character.UNASSIGNED -> true;
            default -> false; // the other categories of Unicode
        };
    }
}
