package org.starttlscensus.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Suggests what a misspelt word may mean. */
final class Spelling {

    private Spelling() {}

    /** The known word with the smallest edit distance, if that is less than a third of the letters. */
    static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(candidate -> candidate))
                .filter(candidate -> 3 * distance(word, candidate) < Math.max(word.length(), candidate.length()));
    }

    /** Levenshtein distance: insertions, deletions and replacements. */
    private static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) row[column] = column;
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(row[column - 1], row[column]));
            }
        }
        return row[to.length()];
    }
}
