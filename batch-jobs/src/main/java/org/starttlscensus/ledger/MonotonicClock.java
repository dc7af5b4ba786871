package org.starttlscensus.ledger;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Time that never steps: the wall clock at the start, and the monotonic clock from there. Whoever decides about calls, launches
 * them and notes their starts must share one.
 */
public final class MonotonicClock implements InstantSource {

    private final Instant origin = Instant.now();
    private final long nanos = System.nanoTime();

    @Override
    public Instant instant() {
        return origin.plusNanos(System.nanoTime() - nanos);
    }
}
