package org.starttlscensus.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProviderLoadTest {

    private final ProviderLoad load = new ProviderLoad();

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }

    @Test
    void oneCallHasNoGap() {
        load.started(at(0));
        assertEquals(Optional.empty(), load.shortestGap());
        assertEquals(1, load.calls());
        assertEquals(1, load.peakOpen());
    }

    @Test
    void theShortestOfAllGapsCounts() {
        load.started(at(0));
        load.started(at(20));
        load.started(at(25));
        load.started(at(60));
        assertEquals(Optional.of(Duration.ofSeconds(5)), load.shortestGap());
        assertEquals(4, load.calls());
    }

    @Test
    void thePeakIsOfCallsOpenAtOnce() {
        load.started(at(0));
        load.started(at(5));
        load.ended(at(6));
        load.ended(at(7));
        load.started(at(10));
        assertEquals(2, load.peakOpen());
        assertEquals(3, load.calls());
    }

    @Test
    void theLastEndIsTheLatest() {
        load.started(at(0));
        load.started(at(5));
        load.ended(at(30));
        load.ended(at(8));
        assertEquals(at(30), load.lastEnd());
    }
}
