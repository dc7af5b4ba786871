package org.starttlscensus.politeness;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Reads how long a peer asks us not to call: "try again in 00:05:00", "expected removal in 3.2 days", "for 300
 * seconds".
 *
 * <p>A duration counts only near a word about waiting, and not as part of a limit ("10 connections per 60 seconds"). A
 * false match only makes us wait longer than needed, at most {@link #LONGEST}.
 */
final class RetryHint {

    /** No hint counts for longer. The caller shortens it to the rest of the night. */
    static final Duration LONGEST = Duration.ofHours(24);

    private static final String WAITING =
            "(?:retry|retries|\\btry|again|wait|back|remov|expir|unblock|releas|delay|defer|block|\\bban|"
                    + "listed|limited|suspend|until|within|pause|erneut|spater|warten|reessay|plus tard|"
                    + "patient|intent|espere|dentro|tente|novamente|riprov|повтор|попроб|через|请|稍后|再试|後)";
    private static final String AMOUNT = "(\\d{1,9}(?:[.,]\\d{1,3})?)";
    private static final String UNIT = "(seconds?|secs?|s|sekunden?|secondes?|segundos?|secondi|секунд[а-я]?|秒|"
            + "minutes?|mins?|m|minuten?|minutos?|minuti?|минут[а-я]?|分钟|分|"
            + "hours?|hrs?|h|stunden?|heures?|horas?|ore|час[а-я]{0,2}|小时|時間|"
            + "days?|d|tagen?|tage|jours?|dias?|giorni|дн[а-я]{1,2}|день|天|日)(?![a-zа-я])";
    private static final Pattern CLOCK =
            Pattern.compile(WAITING + ".{0,60}?\\b(\\d{1,2}):(\\d{2}):(\\d{2})\\b(?! ?[+-]\\d)");
    private static final Pattern SPAN = Pattern.compile(
            WAITING + ".{0,60}?(?<!per |every |each |last |past |than |[\\d.:-])" + AMOUNT + "[ -]{0,2}" + UNIT);
    private static final Pattern SPAN_FIRST = Pattern.compile("(?<!per |every |each |last |past |[\\d.:-])" + AMOUNT
            + "[ -]{0,2}" + UNIT + ".{0,20}? (?:before|until|later)\\b");

    private RetryHint() {}

    /** @param wording as in {@link ReplyText#wording} */
    static Optional<Duration> in(String wording) {
        return first(CLOCK, wording)
                .map(RetryHint::clock)
                .or(() -> first(SPAN, wording).map(RetryHint::span))
                .or(() -> first(SPAN_FIRST, wording).map(RetryHint::span))
                .filter(Duration::isPositive)
                .map(hint -> hint.compareTo(LONGEST) > 0 ? LONGEST : hint);
    }

    private static Optional<MatchResult> first(Pattern pattern, String wording) {
        return pattern.matcher(wording).results().findFirst();
    }

    private static Duration clock(MatchResult found) {
        return Duration.ofHours(Long.parseLong(found.group(1)))
                .plusMinutes(Long.parseLong(found.group(2)))
                .plusSeconds(Long.parseLong(found.group(3)));
    }

    private static Duration span(MatchResult found) {
        var amount = Double.parseDouble(found.group(1).replace(',', '.'));
        return Duration.ofSeconds(Math.round(amount * seconds(found.group(2))));
    }

    private static long seconds(String unit) {
        return switch (unit.charAt(0)) {
            case 's', 'с', '秒' -> 1;
            case 'm', 'м', '分' -> 60;
            case 'h', 'o', 'ч', '小', '時' -> 3_600;
            case 'd', 't', 'j', 'g', 'д', '天', '日' -> 86_400;
            default -> throw new IllegalStateException("a unit without a length: " + unit);
        };
    }
}
