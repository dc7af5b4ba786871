package org.starttlscensus.dispatch;

import java.time.Duration;
import java.time.Instant;

/**
 * Times as numbers: nanoseconds since 1970, until the year 2262. They replace an {@link Instant} each where hundreds of
 * thousands are kept and updated often, and save as many objects.
 */
public final class EpochNanos {

    private EpochNanos() {}

    public static long of(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    /** The duration between two times before 2262. */
    static Duration between(Instant start, Instant end) {
        return Duration.ofNanos(of(end) - of(start));
    }

    public static Instant time(long nanos) {
        return Instant.EPOCH.plusNanos(nanos);
    }
}
