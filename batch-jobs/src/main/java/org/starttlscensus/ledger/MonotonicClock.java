package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.starttlscensus.store.Database;

/**
 * A clock that never steps: the time of the database at the start, advanced by this machine's monotonic clock. All
 * processes of a night so share one time, whatever the wall clocks of their machines do. The dispatcher, the launcher
 * and the callers must use the same one. Immutable and thread-safe.
 */
public final class MonotonicClock implements InstantSource {

    private final Instant origin;
    private final long nanos;

    private MonotonicClock(Instant origin, long nanos) {
        this.origin = origin;
        this.nanos = nanos;
    }

    /** Starts at the time of the database. It is late by as long as the answer took. */
    public static MonotonicClock of(Database database) {
        var origin = database.now();
        return new MonotonicClock(origin, System.nanoTime());
    }

    /** How far this machine's wall clock is ahead of this one; negative where it is behind. */
    public Duration wallClockAhead() {
        return Duration.between(instant(), Instant.now());
    }

    @Override
    public Instant instant() {
        return origin.plusNanos(System.nanoTime() - nanos);
    }
}
