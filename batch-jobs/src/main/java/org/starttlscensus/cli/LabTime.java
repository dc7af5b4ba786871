package org.starttlscensus.cli;

import java.time.Duration;
import java.util.Optional;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.LabSettings;

/** How a lab's time is told: its waits are shorter than real ones, and whoever reads durations must know it. */
final class LabTime {

    private static final Duration SECOND_LOOK = Duration.ofMinutes(30);

    private LabTime() {}

    /** One sentence; empty where time is real. */
    static Optional<String> sentence(CensusSettings settings) {
        return settings.lab().map(LabSettings::timeScale).flatMap(LabTime::sentence);
    }

    static Optional<String> sentence(double timeScale) {
        if (timeScale == 1) return Optional.empty();
        if (timeScale == 0) return Optional.of("This is a lab without waits: all limits of time are 0 here.");
        return Optional.of("This is a lab: its waits are %s than real ones. Half an hour between two looks is %s here."
                .formatted(shorter(timeScale), Durations.of(scaled(SECOND_LOOK, timeScale))));
    }

    /** {@code 1,000 times shorter}. */
    static String shorter(double timeScale) {
        var times = 1 / timeScale;
        return (times < 10 ? "%.1f times shorter" : "%,.0f times shorter").formatted(times);
    }

    private static Duration scaled(Duration time, double timeScale) {
        return Duration.ofNanos((long) (time.toNanos() * timeScale));
    }
}
