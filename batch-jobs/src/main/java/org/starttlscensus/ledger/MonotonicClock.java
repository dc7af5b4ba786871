package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.starttlscensus.store.Database;

/**
 * Time that never steps: the database's clock at the start, and this machine's monotonic clock from there. So every process that
 * works for a night has one time, whatever the wall clock of its machine says or does. Whoever decides about calls, launches them
 * and notes their starts must share one.
 */
public final class MonotonicClock implements InstantSource {

    private final Instant origin;
    private final long nanos;

    private MonotonicClock(Instant origin, long nanos) {
        this.origin = origin;
        this.nanos = nanos;
    }

    /** By the time of the database; behind it by as long as its answer took to come. */
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
