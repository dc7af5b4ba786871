package org.starttlscensus.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times to come, for people: {@code 2026-11-23 22:31 UTC (in 29 minutes)}. */
final class Moments {

    private static final DateTimeFormatter TO_THE_MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Moments() {}

    static String of(Instant at, Instant now) {
        var wait = Duration.between(now, at);
        return wait.isPositive() ? "%s (in %s)".formatted(upTo(at), wait(wait)) : "now";
    }

    /** Rounded up, so that nobody comes too early. */
    private static String upTo(Instant at) {
        return TO_THE_MINUTE.format(at.plusSeconds(59));
    }

    private static String wait(Duration time) {
        long minutes = time.plusSeconds(59).toMinutes();
        if (time.toSeconds() < 60) return Durations.of(time);
        return minutes < 120 ? minutes + " minutes" : (minutes + 59) / 60 + " hours";
    }
}
