package org.starttlscensus.lists;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Which columns the lines of a list have, and where the domain and its rank are.
 *
 * @param count    how many columns each line has
 * @param domain   the column of the domain, from 0
 * @param rank     the column of the rank, from 0; empty if the list has no ranks
 * @param isOrigin whether the column has origins such as {@code https://www.example.org}, as in Chrome's UX Report
 */
record ListColumns(int count, int domain, OptionalInt rank, boolean isOrigin) {

    /** One name a line. */
    static final ListColumns NAMES = new ListColumns(1, 0, OptionalInt.empty(), false);
    /** {@code rank,domain} without a header, as Tranco has it. */
    static final ListColumns RANKED = new ListColumns(2, 1, OptionalInt.of(0), false);
    /** {@code origin,rank} without its header. */
    static final ListColumns ORIGINS = new ListColumns(2, 0, OptionalInt.of(1), true);

    private static final Pattern COLUMN_NAME = Pattern.compile("\\p{Alpha}.*");
    private static final Pattern ORIGIN = Pattern.compile("(?i)https?://.*");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]+");

    /**
     * The columns by a header line: a column called {@code domain} or {@code origin}, one called {@code rank} or {@code
     * GlobalRank} (Majestic) if there are ranks, and any others. Empty if the line is no such header.
     */
    static Optional<ListColumns> ofHeader(List<String> fields) {
        var names = fields.stream()
                .map(field -> field.strip().toLowerCase(Locale.ROOT))
                .toList();
        if (!names.stream().allMatch(name -> COLUMN_NAME.matcher(name).matches())) return Optional.empty();
        var isOrigin = !names.contains("domain");
        var domain = names.indexOf(isOrigin ? "origin" : "domain");
        if (domain < 0) return Optional.empty();
        var rank = names.indexOf(names.contains("rank") ? "rank" : "globalrank");
        return Optional.of(
                new ListColumns(names.size(), domain, rank < 0 ? OptionalInt.empty() : OptionalInt.of(rank), isOrigin));
    }

    /** The columns that a first line without a header suggests. */
    static ListColumns ofFirstLine(List<String> fields) {
        var isOrigin = ORIGIN.matcher(fields.getFirst().strip()).matches();
        if (fields.size() == 1) return isOrigin ? new ListColumns(1, 0, OptionalInt.empty(), true) : NAMES;
        return isOrigin
                        && fields.size() == 2
                        && WHOLE_NUMBER.matcher(fields.getLast().strip()).matches()
                ? ORIGINS
                : RANKED;
    }
}
