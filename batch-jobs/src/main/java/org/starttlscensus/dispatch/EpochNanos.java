package org.starttlscensus.dispatch;

import java.time.Duration;
import java.time.Instant;

/**
 * Times as numbers, nanoseconds since 1970, until 2262. For what is kept of hundreds of thousands and written many times: an
 * {@link Instant} each would leave as many objects behind.
 */
public final class EpochNanos {

    private EpochNanos() {}

    public static long of(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    /** Of times until 2262 as well. */
    static Duration between(Instant start, Instant end) {
        return Duration.ofNanos(of(end) - of(start));
    }

    public static Instant time(long nanos) {
        return Instant.EPOCH.plusNanos(nanos);
    }
}
