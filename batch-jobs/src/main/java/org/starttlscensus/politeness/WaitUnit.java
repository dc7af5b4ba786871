package org.starttlscensus.politeness;

import java.util.regex.Pattern;

/** Numbers and units of time as replies write them, in lower case and without accents. */
final class WaitUnit {

    private static final String SECONDS = "seconds?|secs?|s|sekunden?|secondes?|segundos?|secondi|секунд[а-я]?|秒";
    private static final String MINUTES = "minutes?|mins?|m|minuten?|minutos?|minuti?|минут[а-я]?|分钟|分";
    private static final String HOURS = "hours?|hrs?|h|stunden?|heures?|horas?|ore|час[а-я]{0,2}|小时|時間";
    private static final String DAYS = "days?|d|tagen?|tage|tag|jours?|dias?|giorni|дн[а-я]{1,2}|день|天|日";
    private static final String WEEKS = "weeks?|wks?|wochen?|semaines?|semanas?|settiman[ae]|недел[а-я]{1,2}|周";
    /** Each is longer than any wait that counts. */
    private static final String LONGER = "months?|years?|yrs?|monate?n?|jahre?n?|mois|meses|mesi|месяц[а-я]{0,2}|个月";

    /** An alternation of all units. */
    static final String WORDS = String.join("|", LONGER, WEEKS, DAYS, HOURS, MINUTES, SECONDS);

    private static final Pattern IS_SECONDS = Pattern.compile(SECONDS);
    private static final Pattern IS_MINUTES = Pattern.compile(MINUTES);
    private static final Pattern IS_HOURS = Pattern.compile(HOURS);
    private static final Pattern IS_DAYS = Pattern.compile(DAYS);
    private static final Pattern IS_WEEKS = Pattern.compile(WEEKS);
    private static final Pattern IS_LONGER = Pattern.compile(LONGER);

    private WaitUnit() {}

    /** @param unit one of {@link #WORDS} */
    static double seconds(String unit) {
        if (IS_SECONDS.matcher(unit).matches()) return 1;
        if (IS_MINUTES.matcher(unit).matches()) return 60;
        if (IS_HOURS.matcher(unit).matches()) return 3_600;
        if (IS_DAYS.matcher(unit).matches()) return 86_400;
        if (IS_WEEKS.matcher(unit).matches()) return 7 * 86_400;
        if (IS_LONGER.matcher(unit).matches()) return 30 * 86_400;
        throw new IllegalStateException("a unit without a length: " + unit);
    }

    /** @param amount digits with or without a fraction, or an English number up to thirty */
    static double amount(String amount) {
        return switch (amount) {
            case "half a", "half an" -> 0.5;
            case "a", "an", "one" -> 1;
            case "two" -> 2;
            case "three" -> 3;
            case "four" -> 4;
            case "five" -> 5;
            case "six" -> 6;
            case "seven" -> 7;
            case "eight" -> 8;
            case "ten" -> 10;
            case "twelve" -> 12;
            case "fifteen" -> 15;
            case "twenty" -> 20;
            case "thirty" -> 30;
            default -> Double.parseDouble(amount.replace(',', '.'));
        };
    }
}
