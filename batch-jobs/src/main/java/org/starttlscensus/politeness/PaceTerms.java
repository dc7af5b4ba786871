package org.starttlscensus.politeness;

import java.time.Duration;

/**
 * The bounds of the pace of one provider.
 *
 * @param limit      the limit of this provider
 * @param longestGap where the doubling ends
 * @param timeScale  of the lab; else 1
 */
public record PaceTerms(Limit limit, Duration longestGap, double timeScale) {
    Duration scaled(Duration duration) {
        return Duration.ofNanos(Math.round(duration.toNanos() * timeScale));
    }
}
