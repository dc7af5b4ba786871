package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;

/** Limits how often something is done. */
final class Throttle {

    private final Duration interval;
    private Instant next = Instant.EPOCH;

    Throttle(Duration interval) {
        this.interval = interval;
    }

    /** Whether it is time again; if so, the next time is an interval from now. */
    boolean isDue(Instant now) {
        if (now.isBefore(next)) return false;
        next = now.plus(interval);
        return true;
    }
}
