package org.starttlscensus.cli;

import java.time.Duration;

/** Durations for people: {@code 0.4 s}, {@code 12 s}, {@code 3 min 20 s}, {@code 5 h 12 min}. */
final class Durations {

    private Durations() {}

    static String of(Duration duration) {
        if (duration.toSeconds() < 10) return "%.1f s".formatted(duration.toMillis() / 1_000.0);
        if (duration.toMinutes() < 2) return duration.toSeconds() + " s";
        if (duration.toHours() < 2) return "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart());
        return "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
    }

    /** The same, but in milliseconds if below ten seconds: {@code 0.4 ms}. */
    static String exactly(Duration duration) {
        return duration.toSeconds() < 10 ? "%,.1f ms".formatted(duration.toNanos() / 1e6) : of(duration);
    }
}
