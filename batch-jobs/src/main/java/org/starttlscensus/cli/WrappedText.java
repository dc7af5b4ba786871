package org.starttlscensus.cli;

import java.util.ArrayList;
import java.util.List;

/** Breaks text at blanks into lines that fit on a terminal of 80 columns. A longer word gets a line of its own. */
final class WrappedText {

    static final int COLUMNS = 80;

    private WrappedText() {}

    /** @param first what the first line begins with; the others are indented as far */
    static List<String> lines(String first, String text) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(first);
        var isFresh = true;
        for (var word : text.strip().split(" +", 0)) {
            if (!isFresh && line.length() + 1 + word.length() > COLUMNS) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(first.length()));
                isFresh = true;
            }
            if (!isFresh) line.append(' ');
            line.append(word);
            isFresh = false;
        }
        lines.add(line.toString().stripTrailing());
        return List.copyOf(lines);
    }

    /** At most so many characters; what was left out is shown by dots. */
    static String clipped(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 3) + "...";
    }
}
