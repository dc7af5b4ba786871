package org.starttlscensus.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.starttlscensus.politeness.Limit;

class LimiterTest {

    private static final Instant DUSK = Instant.parse("2030-01-01T22:00:00Z");
    private static final Duration GAP = Duration.ofSeconds(5);

    private final Limiter limiter = new Limiter(new Limit(2, GAP, OptionalInt.of(10)));

    @Test
    void allowsACallAtAnyTimeAtFirst() {
        assertFalse(limiter.isBlocked());
        assertEquals(Instant.EPOCH, limiter.free());
        assertEquals(0, limiter.calls());
    }

    @Test
    void isBlockedUntilThePermittedCallHasStarted() {
        limiter.permitted();
        assertTrue(limiter.isBlocked());
        limiter.started(DUSK);
        assertFalse(limiter.isBlocked());
        assertEquals(DUSK.plus(GAP), limiter.free());
        assertEquals(1, limiter.calls());
    }

    @Test
    void isNotBlockedByACallToStartIfThereIsNoGap() {
        limiter.allow(2, Duration.ZERO);
        limiter.permitted();
        assertFalse(limiter.isBlocked());
        limiter.permitted();
        assertTrue(limiter.isBlocked(), "two calls are open");
    }

    @Test
    void isBlockedWhileAllItsCallsAreOpen() {
        for (int i = 0; i < 2; i++) {
            limiter.permitted();
            limiter.started(DUSK);
        }
        assertTrue(limiter.isBlocked());
        limiter.ended();
        assertFalse(limiter.isBlocked());
        assertEquals(2, limiter.calls());
    }

    @Test
    void doesNotCountALapsedPermitButKeepsItsGap() {
        limiter.permitted();
        limiter.started(DUSK);
        limiter.lapsed();
        assertEquals(0, limiter.calls());
        assertEquals(DUSK.plus(GAP), limiter.free());
        limiter.permitted();
        limiter.started(DUSK);
        assertFalse(limiter.isBlocked(), "one call is open");
    }

    @Test
    void neverMovesItsFreeTimeBackwards() {
        limiter.replay(DUSK);
        limiter.replay(DUSK.minusSeconds(60));
        assertEquals(DUSK.plus(GAP), limiter.free());
        assertEquals(2, limiter.calls());
        limiter.notBefore(DUSK, Duration.ofSeconds(4));
        assertEquals(DUSK.plus(GAP), limiter.free());
        limiter.notBefore(DUSK, Duration.ofSeconds(6));
        assertEquals(DUSK.plusSeconds(6), limiter.free());
    }

    @Test
    void mayBeSetFreeEarlierExplicitly() {
        limiter.notBefore(DUSK, Duration.ofHours(1));
        limiter.freeAgain(DUSK);
        assertEquals(DUSK.plus(GAP), limiter.free());
    }

    @Test
    void treatsAnOrphanedPermitAsAnOpenCallOfTonight() {
        limiter.orphaned(DUSK);
        assertEquals(1, limiter.calls());
        assertEquals(DUSK.plus(GAP), limiter.free());
        limiter.orphaned(DUSK);
        assertTrue(limiter.isBlocked());
    }

    @Test
    void countsNoCallOfAnEarlierNight() {
        limiter.contacted(DUSK);
        limiter.connected(DUSK);
        assertEquals(0, limiter.calls());
        assertFalse(limiter.isBlocked());
        limiter.connected(DUSK);
        assertTrue(limiter.isBlocked());
    }
}
