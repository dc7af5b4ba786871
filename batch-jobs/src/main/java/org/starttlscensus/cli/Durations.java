package org.starttlscensus.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations for people: {@code 0.4 s}, {@code 12 s}, {@code 3 min 20 s}, {@code 5 h 12 min}, {@code 3 days 4 h}. */
final class Durations {

    /** As our own texts have them that are stored as evidence: {@code PT1.5S}. */
    private static final Pattern STORED =
            Pattern.compile("\\bPT(?:\\d{1,9}H)?(?:\\d{1,9}M)?(?:\\d{1,9}(?:\\.\\d{1,9})?S)?");

    private Durations() {}

    /** A stored text of ours with its durations in words. */
    static String inWords(String stored) {
        return STORED.matcher(stored).replaceAll(found -> {
            try {
                return of(Duration.parse(found.group()));
            } catch (DateTimeParseException none) {
                return Matcher.quoteReplacement(found.group());
            }
        });
    }

    static String of(Duration duration) {
        if (duration.isPositive() && duration.toMillis() < 50) return exactly(duration); // 0.0 s says nothing
        if (duration.toSeconds() < 10) return "%.1f s".formatted(duration.toMillis() / 1_000.0);
        if (duration.toMinutes() < 2) return duration.toSeconds() + " s";
        if (duration.toHours() < 2) return whole(duration.toMinutes(), "min", duration.toSecondsPart(), "s");
        if (duration.toHours() < 48) return whole(duration.toHours(), "h", duration.toMinutesPart(), "min");
        return whole(duration.toDays(), "days", duration.toHoursPart(), "h");
    }

    /** A part that is zero is left out. */
    private static String whole(long first, String unit, int second, String smaller) {
        return "%d %s%s".formatted(first, unit, second == 0 ? "" : " %d %s".formatted(second, smaller));
    }

    /** The same, but in milliseconds if below ten seconds: {@code 0.4 ms}. */
    static String exactly(Duration duration) {
        return duration.toSeconds() < 10 ? "%,.1f ms".formatted(duration.toNanos() / 1e6) : of(duration);
    }
}
