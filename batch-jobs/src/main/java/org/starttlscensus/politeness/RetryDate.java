package org.starttlscensus.politeness;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads until when a peer asks us not to call: "until 2026-12-03 14:00 UTC", "try again after 3 Dec 2026", "expires on
 * December 3, 2026". A date without a time means the whole day, and a time without a zone is that of the last zone in
 * which it comes.
 */
final class RetryDate {

    private static final String BEFORE = "(?:\\b(?:until|till|not before|no sooner than|bis|hasta)|(?:expir|remov|"
            + "lift|releas|unblock)[a-z]{0,5}(?: on| at| by| after)?|\\b(?:again|retry|back|reconnect|return)"
            + "(?: on| at| after| not before| from))[: ]{1,3}"
            + "(?:the )?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?";
    private static final String MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.?";
    private static final String TIME = "(?:(?:,| at)?[t ](\\d{2}):(\\d{2})(?::(\\d{2})(?:\\.\\d{1,9})?)?"
            + " ?(z|utc|gmt|[+-]\\d{2}:?\\d{2})?(?![a-z\\d]))?";
    private static final Pattern ISO = Pattern.compile(BEFORE + "(\\d{4})[-/](\\d{2})[-/](\\d{2})(?!\\d)" + TIME);
    private static final Pattern DAY_FIRST = Pattern.compile(
            BEFORE + "(\\d{1,2})(?:st|nd|rd|th|\\.)?[ -](?:of )?" + MONTH + ",?[ -](\\d{4})(?!\\d)" + TIME);
    private static final Pattern MONTH_FIRST =
            Pattern.compile(BEFORE + MONTH + " (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})(?!\\d)" + TIME);
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final ZoneOffset LAST_ZONE = ZoneOffset.ofHours(-12);

    private RetryDate() {}

    /** All of them: one that is over may come before one that is not. */
    static List<AskedWait> in(String wording) {
        return Stream.of(
                        all(ISO, wording)
                                .map(found ->
                                        until(wording, found, found.group(1), month(found.group(2)), found.group(3))),
                        all(DAY_FIRST, wording)
                                .map(found ->
                                        until(wording, found, found.group(3), month(found.group(2)), found.group(1))),
                        all(MONTH_FIRST, wording)
                                .map(found ->
                                        until(wording, found, found.group(3), month(found.group(1)), found.group(2))))
                .flatMap(found -> found.flatMap(Optional::stream))
                .toList();
    }

    /** The wording, as long as before, with its dates and their times crossed out. */
    static String crossedOut(String wording) {
        var rest = new StringBuilder(wording);
        Stream.of(ISO, DAY_FIRST, MONTH_FIRST)
                .flatMap(pattern -> all(pattern, wording))
                .forEach(found -> rest.replace(found.start(1), found.end(), "#".repeat(found.end() - found.start(1))));
        return rest.toString();
    }

    private static Stream<MatchResult> all(Pattern pattern, String wording) {
        return pattern.matcher(wording).results();
    }

    private static int month(String written) {
        return MONTHS.contains(written) ? MONTHS.indexOf(written) + 1 : Integer.parseInt(written);
    }

    private static Optional<AskedWait> until(
            String wording, MatchResult found, String year, int month, String dayOfMonth) {
        try {
            var day = LocalDate.of(Integer.parseInt(year), month, Integer.parseInt(dayOfMonth));
            return Optional.of(
                    new AskedWait.WaitUntil(RetryHint.quoted(wording, found.start(), found.end()), until(day, found)));
        } catch (DateTimeException noSuchDate) {
            return Optional.empty();
        }
    }

    private static Instant until(LocalDate day, MatchResult found) {
        var dayIsOver = day.plusDays(1).atStartOfDay().toInstant(LAST_ZONE);
        if (found.group(4) == null) return dayIsOver;
        try {
            return day.atTime(time(found)).toInstant(zone(found));
        } catch (DateTimeException noSuchTime) { // also 24:00
            return dayIsOver;
        }
    }

    private static LocalTime time(MatchResult found) {
        var second = found.group(6) == null ? 0 : Math.min(59, Integer.parseInt(found.group(6))); // a leap second
        return LocalTime.of(Integer.parseInt(found.group(4)), Integer.parseInt(found.group(5)), second);
    }

    private static ZoneOffset zone(MatchResult found) {
        var written = found.group(7);
        if (written == null) return LAST_ZONE;
        return switch (written) {
            case "z", "utc", "gmt" -> ZoneOffset.UTC;
            default -> ZoneOffset.of(written); // +01:00 or +0100
        };
    }
}
