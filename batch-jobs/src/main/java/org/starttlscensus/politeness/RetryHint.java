package org.starttlscensus.politeness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Reads how long a peer asks us not to call: "try again in 00:05:00", "expected removal in 3.2 days", "for the next 48
 * hours", "retry after 2026-12-03".
 *
 * <p>A duration counts only near a word about waiting, and not as part of a limit ("10 connections per 60 seconds"). A
 * false match only makes us wait longer than needed, at most {@link AskedWait#LONGEST}.
 */
final class RetryHint {

    private static final String WAITING =
            "(?:retry|retries|\\btry|again|wait|back|remov|expir|unblock|releas|delay|defer|block|\\bban|"
                    + "listed|limited|suspend|until|within|pause|for the next|erneut|spater|warten|reessay|plus tard|"
                    + "patient|intent|espere|dentro|tente|novamente|riprov|повтор|попроб|через|请|稍后|再试|後)";
    private static final String NOT_A_LIMIT = "(?<!per |every |each |last |past |than )"
            + "(?<!\\d{1,7} [a-z]{1,20} (?:in|within|over) )(?<!\\d{1,7} [a-z]{1,20} (?:in|within|over) the )";
    private static final String IN_WORDS =
            "(?<=in |for |within |after |another |next |wait |least )(?:half an?|an?|one|"
                    + "two|three|four|five|six|seven|eight|ten|twelve|fifteen|twenty|thirty)(?= )";
    private static final String AMOUNT = "((?<![a-z\\d.:-])\\d{1,12}(?:[.,]\\d{1,3})?|" + IN_WORDS + ")";
    private static final String UNIT = "(" + WaitUnit.WORDS + ")(?![a-zа-я])";
    private static final String LENGTH = AMOUNT + "[ -]{0,2}" + UNIT;
    /** The second number of "24-48 hours" counts. */
    private static final String RANGE = "(?<![a-z\\d.:-])\\d{1,6} ?(?:-|to|or|bis) ?(\\d{1,6})[ -]{0,2}" + UNIT;

    private static final Pattern CLOCK =
            Pattern.compile(WAITING + ".{0,60}?(?<!\\d[ t]|\\d, )\\b(\\d{1,2}):(\\d{2}):(\\d{2})\\b(?! ?[+-]\\d)");
    private static final Pattern SPAN = Pattern.compile(WAITING + ".{0,60}?" + NOT_A_LIMIT + LENGTH);
    private static final Pattern SPAN_OF_RANGE = Pattern.compile(WAITING + ".{0,60}?" + NOT_A_LIMIT + RANGE);
    private static final Pattern SPAN_FIRST =
            Pattern.compile(NOT_A_LIMIT + LENGTH + ".{0,20}? (?:before|until|later)\\b");
    /** "2 days, 4 hours and 10 minutes": what follows the first of them. */
    private static final Pattern MORE =
            Pattern.compile("(?:,|,? and|,? und|,? et|,? y)? ?" + LENGTH.replace("(?<![a-z\\d.:-])", ""));
    /** Without a unit, as in HTTP. */
    private static final Pattern RETRY_AFTER =
            Pattern.compile("retry[ -]after[: =]{1,3}(\\d{1,12})(?=$|[,;)\\]]|\\.(?: |$))");

    private static final Pattern TOMORROW = Pattern.compile(WAITING + ".{0,40}?\\btomorrow\\b");
    /** The rest of the word, and up to two words before it. */
    private static final Pattern WORDS_BEFORE = Pattern.compile("(?:\\p{L}{1,15} ){0,2}\\p{L}{0,15}$");

    private RetryHint() {}

    /** @param wording as in {@link ReplyText#wording} */
    static Optional<AskedWait> in(String wording) {
        var waits = new ArrayList<>(RetryDate.in(wording));
        length(wording, RetryDate.crossedOut(wording)).ifPresent(waits::add);
        return waits.size() < 2 ? waits.stream().findFirst() : Optional.of(new AskedWait.LongestOf(waits));
    }

    /** @param undated the same wording, in which a time of day belongs to no date */
    private static Optional<AskedWait> length(String wording, String undated) {
        return first(CLOCK, undated)
                .flatMap(found -> wait(wording, found.start(), found.end(), clock(found)))
                .or(() -> first(SPAN_OF_RANGE, undated)
                        .flatMap(found -> wait(wording, found.start(), found.end(), span(found))))
                .or(() -> first(SPAN, undated).flatMap(found -> spans(wording, found)))
                .or(() -> first(SPAN_FIRST, undated)
                        .flatMap(found -> wait(wording, found.start(), found.end(), span(found))))
                .or(() -> first(RETRY_AFTER, undated)
                        .flatMap(
                                found -> wait(wording, found.start(), found.end(), Double.parseDouble(found.group(1)))))
                .or(() -> first(TOMORROW, undated).flatMap(found -> wait(wording, found.start(), found.end(), 86_400)));
    }

    private static Optional<MatchResult> first(Pattern pattern, String wording) {
        return pattern.matcher(wording).results().findFirst();
    }

    private static Optional<AskedWait> wait(String wording, int start, int end, double seconds) {
        var longest = AskedWait.LONGEST.toSeconds();
        var length = Duration.ofSeconds(Math.round(Math.min((double) longest, seconds)));
        return length.isPositive()
                ? Optional.of(new AskedWait.WaitOfLength(quoted(wording, start, end), length))
                : Optional.empty();
    }

    /** What was said, with the words just before it. */
    static String quoted(String wording, int start, int end) {
        var before = WORDS_BEFORE.matcher(wording.substring(Math.max(0, start - 50), start));
        return (before.find() ? before.group() : "") + wording.substring(start, end);
    }

    private static double clock(MatchResult found) {
        return 3_600.0 * Long.parseLong(found.group(1))
                + 60.0 * Long.parseLong(found.group(2))
                + Long.parseLong(found.group(3));
    }

    private static double span(MatchResult found) {
        return WaitUnit.amount(found.group(1)) * WaitUnit.seconds(found.group(2));
    }

    /** The first length, and shorter ones that follow it at once. */
    private static Optional<AskedWait> spans(String wording, MatchResult first) {
        double seconds = span(first);
        double unit = WaitUnit.seconds(first.group(2));
        int end = first.end();
        var more = MORE.matcher(wording);
        while (more.region(end, wording.length()).lookingAt() && WaitUnit.seconds(more.group(2)) < unit) {
            seconds += span(more.toMatchResult());
            unit = WaitUnit.seconds(more.group(2));
            end = more.end();
        }
        return wait(wording, first.start(), end, seconds);
    }
}
