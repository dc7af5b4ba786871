package org.starttlscensus.dns;

import java.util.concurrent.atomic.AtomicLong;

/**
 * At most so many queries a second, evenly spaced: whoever did not ask for a while may not catch up. Each query takes
 * the next free moment. Thread-safe; time is an argument.
 */
final class QueryPace {

    private static final long SECOND = 1_000_000_000L;

    private final long gap;
    private final AtomicLong free;

    /** @param now in nanoseconds, of a clock that never goes back */
    QueryPace(int perSecond, long now) {
        this.gap = Math.ceilDiv(SECOND, perSecond);
        this.free = new AtomicLong(now);
    }

    /** Takes a moment. How long to wait for it, in nanoseconds; 0 if it is now. */
    long take(long now) {
        // Differences, because such a clock may overflow.
        long moment = free.getAndUpdate(next -> Math.max(next - now, 0) + now + gap);
        return Math.max(moment - now, 0);
    }
}
