package org.starttlscensus.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.starttlscensus.fact.Counted;
import org.starttlscensus.politeness.RevisitSchedule;
import org.starttlscensus.store.StandingBlock;
import org.starttlscensus.store.StandingBlocks;
import org.starttlscensus.store.StandingWait;

/** Why and until when somebody is left out, in words for people. */
final class SkipWords {

    private static final int MOST_OF_A_REPLY = 300;
    private static final int MOST_OF_A_WAIT = 200;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("d MMM uuuu HH:mm 'UTC'", Locale.ENGLISH);

    private SkipWords() {}

    /** {@code 1 Dec 2026 14:03 UTC}. */
    static String time(Instant instant) {
        return MINUTE.format(instant.atOffset(ZoneOffset.UTC));
    }

    /**
     * As it was said: "asked on 28 Nov 2026 to wait 3 days 4 h: until 1 Dec 2026 14:03 UTC". Then what a lab makes of
     * it.
     */
    static String of(StandingWait wait) {
        return "asked us on %s to wait %s%s: %suntil %s"
                .formatted(
                        DAY.format(wait.askedAt().atOffset(ZoneOffset.UTC)),
                        Durations.of(wait.asked()),
                        wait.words()
                                .map(words -> " (\"%s\")".formatted(Printable.peer(words, MOST_OF_A_WAIT)))
                                .orElse(""),
                        isOfLab(wait)
                                ? "in this lab, whose waits are %s, ".formatted(LabTime.shorter(timeScale(wait)))
                                : "",
                        time(wait.until()));
    }

    private static double timeScale(StandingWait wait) {
        return (double) Duration.between(wait.askedAt(), wait.until()).toMillis()
                / wait.asked().toMillis();
    }

    private static boolean isOfLab(StandingWait wait) {
        return timeScale(wait) < 0.999;
    }

    /** The same, and from which night on it may be called. */
    static String withNight(StandingWait wait) {
        return of(wait)
                + (isOfLab(wait)
                        ? "; it may be called again after that"
                        : "; it may be called again in night " + firstNight(wait));
    }

    /** A night that begins before midnight is over by six in the morning. */
    static LocalDate firstNight(StandingWait wait) {
        return LocalDate.ofInstant(wait.until().minusSeconds(6 * 3_600), ZoneOffset.UTC);
    }

    static LocalDate nextNight(StandingBlock block) {
        return RevisitSchedule.afterBlock(block.nights(), block.last().date());
    }

    static String of(StandingBlock block) {
        return "refused us in night %s%s; it is called again in night %s, once at first"
                .formatted(
                        block.since(),
                        block.since().equals(block.last())
                                ? ""
                                : " and each time that we called until night %s (%s)"
                                        .formatted(block.last(), Counted.of(block.nights(), "night")),
                        nextNight(block));
    }

    static String of(StandingBlocks.RefusedCall call) {
        return "%s, %s [%s]: %s"
                .formatted(
                        time(call.endedAt()),
                        call.endpoint().mxHost(),
                        call.endpoint().address(),
                        call.reply()
                                .map(reply -> Printable.peer(reply, MOST_OF_A_REPLY))
                                .orElse("no reply is stored; " + CallWords.of(call.signal())));
    }
}
