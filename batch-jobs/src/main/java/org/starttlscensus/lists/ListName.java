package org.starttlscensus.lists;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The name of a list: that of its file without folder, endings such as {@code .csv.gz}, and a date. So the editions
 * {@code tranco_2026-11-29.csv} and {@code tranco_2026-11-30.csv} are the same list.
 */
public final class ListName {

    private static final String YEAR = "20[0-9]{2}";
    private static final String MONTH = "(?:0[1-9]|1[0-2])";
    private static final String DAY = "(?:0[1-9]|[12][0-9]|3[01])";
    private static final String TIME_OF_DAY = "(?:T[0-9]{2}[0-9:_-]*Z?)?";

    /** A day or a month, not within a longer number. The separator of year and month is that of month and day. */
    private static final Pattern DATE = Pattern.compile(
            "(?<![0-9])" + YEAR + "([-_.]?)" + MONTH + "(?:\\1" + DAY + TIME_OF_DAY + "(?![0-9])|(?![-_.]?[0-9]))");

    private static final Pattern SEPARATORS_AT_EDGE = Pattern.compile("^[-_. ]+|[-_. ]+$");
    private static final String ONLY_A_DATE = "list";

    private ListName() {}

    /** Empty only if the file is called {@code .csv}, or the like. */
    public static String of(Path file) {
        var name = Conversion.nameOf(file);
        var date = DATE.matcher(name);
        if (!date.find()) return name;
        var before = SEPARATORS_AT_EDGE.matcher(name.substring(0, date.start())).replaceAll("");
        var after = SEPARATORS_AT_EDGE.matcher(name.substring(date.end())).replaceAll("");
        if (before.isEmpty() && after.isEmpty()) return ONLY_A_DATE;
        return before.isEmpty() || after.isEmpty() ? before + after : before + "-" + after;
    }
}
