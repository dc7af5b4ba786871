package org.starttlscensus.politeness;

import java.time.Duration;

/**
 * The gap between two calls of a provider. It doubles when the provider limits our rate, and halves after ten completed
 * calls in a row.
 *
 * @param gap      from the start of one call to the start of the next
 * @param floor    the least gap to which it halves: the provider's own, or a longer one after a second rate limit
 * @param welcomes completed calls in a row since the gap last changed
 */
record CallGap(Duration gap, Duration floor, int welcomes) {

    private static final int WELCOMES_TO_HALVE = 10;

    CallGap welcomed() {
        if (welcomes + 1 < WELCOMES_TO_HALVE) return new CallGap(gap, floor, welcomes + 1);
        var half = gap.dividedBy(2);
        return new CallGap(half.compareTo(floor) > 0 ? half : floor, floor, 0);
    }

    CallGap interrupted() {
        return welcomes == 0 ? this : new CallGap(gap, floor, 0);
    }

    CallGap slower(int factor, Duration longest) {
        var slower = gap.multipliedBy(factor);
        return new CallGap(slower.compareTo(longest) < 0 ? slower : longest, floor, 0);
    }

    /** Makes the gap the floor for the rest of the night: the provider limited our rate a second time. */
    CallGap kept() {
        return new CallGap(gap, gap, welcomes);
    }

    boolean isAtFloorOf(Limit limit) {
        return gap.compareTo(limit.gap()) <= 0;
    }
}
