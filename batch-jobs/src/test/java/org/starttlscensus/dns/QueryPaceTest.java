package org.starttlscensus.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueryPaceTest {

    private static final long MILLISECOND = 1_000_000;

    @Test
    void givesEachQueryTheNextFreeMoment() {
        var pace = new QueryPace(1_000, 0);
        assertEquals(0, pace.take(0));
        assertEquals(MILLISECOND, pace.take(0));
        assertEquals(2 * MILLISECOND, pace.take(0));
        assertEquals(2 * MILLISECOND, pace.take(MILLISECOND));
    }

    @Test
    void makesNoBurstOfSilence() {
        var pace = new QueryPace(1_000, 0);
        long later = 3_600_000 * MILLISECOND;
        assertEquals(0, pace.take(later));
        assertEquals(MILLISECOND, pace.take(later));
    }

    @Test
    void worksAcrossTheOverflowOfTheClock() {
        long now = Long.MAX_VALUE - MILLISECOND / 2;
        var pace = new QueryPace(1_000, now);
        assertEquals(0, pace.take(now));
        assertEquals(MILLISECOND, pace.take(now));
        assertEquals(MILLISECOND, pace.take(now + MILLISECOND));
    }

    /** A thousand threads at once get a thousand moments. */
    @Test
    void givesNoMomentTwice() {
        var pace = new QueryPace(2_000, 0);
        var moments = new ConcurrentSkipListSet<Long>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 1_000).forEach(_ -> threads.execute(() -> moments.add(pace.take(0))));
        }
        assertEquals(1_000, moments.size());
        assertEquals(999 * MILLISECOND / 2, moments.last());
        assertTrue(moments.contains(0L));
    }
}
