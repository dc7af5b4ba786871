package org.starttlscensus.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.starttlscensus.job.NightCalendar.MissedNights;
import org.starttlscensus.settings.CallWindow;

/** What is said about the window in which calls are made. Times are in UTC. */
final class WindowWords {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private WindowWords() {}

    /** For a run that comes too early. */
    static String closed(CallWindow window, Instant now, Duration wait) {
        return ("calls are made from %s only (census.window), the last one %d min before the end. "
                        + "The window opens in %s, at %s.")
                .formatted(
                        window,
                        CallWindow.LAST_PERMIT_BEFORE_CLOSE.toMinutes(),
                        spoken(wait),
                        MINUTE.format(now.plus(wait)));
    }

    /** For somebody who looks. */
    static String state(CallWindow window, Instant now) {
        var span = window.at(now);
        if (!span.isOpen(now)) {
            return "Window %s: closed; opens in %s, at %s"
                    .formatted(window, spoken(Duration.between(now, span.opens())), MINUTE.format(span.opens()));
        }
        var last = span.lastPermit();
        return now.isBefore(last)
                ? "Window %s: open; the last call is in %s, at %s"
                        .formatted(window, spoken(Duration.between(now, last)), MINUTE.format(last))
                : "Window %s: no more calls tonight; the next window opens at %s"
                        .formatted(
                                window, MINUTE.format(window.at(span.closes()).opens()));
    }

    static String missed(MissedNights missed) {
        return missed.nights() == 1
                ? "night %s was missed: no run began in its window.".formatted(missed.first())
                : "%,d nights were missed, from %s to %s: no run began in their windows."
                        .formatted(missed.nights(), missed.first(), missed.last());
    }

    private static String spoken(Duration duration) {
        var whole = duration.plusSeconds(59);
        return whole.toHours() == 0
                ? "%d min".formatted(whole.toMinutes())
                : "%d h %02d min".formatted(whole.toHours(), whole.toMinutesPart());
    }
}
