package org.starttlscensus.politeness;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * The limit of one key.
 *
 * @param open     most calls open at once, at least 1
 * @param gap      least time from the start of one call to the start of the next; of an endpoint, between attempts
 * @param perNight most calls in one night, at least 1; empty where only the gap limits the total
 */
public record Limit(int open, Duration gap, OptionalInt perNight) {

    /** The number of open calls is not limited by this key. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    public Limit {
        if (open < 1)
            throw new IllegalArgumentException("%d open calls; at least 1 is needed to call at all".formatted(open));
        if (gap.isNegative()) throw new IllegalArgumentException("a gap of %s; a gap is not negative".formatted(gap));
        if (perNight.isPresent() && perNight.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "%d calls a night; at least 1 is needed to call at all".formatted(perNight.getAsInt()));
        }
    }

    static Limit of(int open, Duration gap) {
        return new Limit(open, gap, OptionalInt.empty());
    }

    static Limit of(int open, Duration gap, int perNight) {
        return new Limit(open, gap, OptionalInt.of(perNight));
    }

    public Limit withOpen(int calls) {
        return new Limit(calls, gap, perNight);
    }

    public Limit withGap(Duration duration) {
        return new Limit(open, duration, perNight);
    }

    public Limit withPerNight(int calls) {
        return new Limit(open, gap, OptionalInt.of(calls));
    }
}
