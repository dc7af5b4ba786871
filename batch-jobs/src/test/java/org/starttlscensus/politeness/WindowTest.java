package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final Limit LIMIT = Limit.of(5, Duration.ofSeconds(5), 4_800);

    @Test
    void startsAtOneUnlessPacingIsOff() {
        assertEquals(new Window(1, 0, 0), Window.starting(LIMIT));
        var unlimited = new Limit(Limit.UNLIMITED, Duration.ZERO, OptionalInt.of(4_800));
        assertEquals(new Window(Limit.UNLIMITED, 0, 0), Window.starting(unlimited));
    }

    @Test
    void growsAfterAsManySuccessesAsItIsWide() {
        assertEquals(new Window(2, 0, 0), new Window(1, 0, 0.4).welcomed(5));
        assertEquals(new Window(2, 0.5, 0.4), new Window(2, 0, 0.4).welcomed(5));
        assertEquals(new Window(3, 0, 0), new Window(2, 0.5, 0.4).welcomed(5));
    }

    /** Hysteresis: half a success more or less does not matter. */
    @Test
    void growsIfHalfASuccessIsMissing() {
        assertEquals(new Window(3, -0.25, 0), new Window(2, 0.25, 0.4).welcomed(5));
        assertEquals(new Window(2, 0.625, 0.4), new Window(2, 0.125, 0.4).welcomed(5));
    }

    @Test
    void doesNotGrowBeyondItsLimit() {
        var full = new Window(5, 0.9, 0.3);
        assertSame(full, full.welcomed(5));
        assertEquals(new Window(5, 0, 0), new Window(4, 0.75, 0).welcomed(5));
    }

    @Test
    void shrinksAtTheFirstRefusalAndThenAfterAsManyAsItIsWide() {
        assertEquals(new Window(3, 0, 0.75), new Window(4, 0.5, 0).refused());
        assertEquals(new Window(4, 0.5, 0.5), new Window(4, 0.5, 0.75).refused());
        assertEquals(new Window(4, 0.5, 0.25), new Window(4, 0.5, 0.5).refused());
        assertEquals(new Window(3, 0, 1), new Window(4, 0.5, 0.25).refused());
    }

    @Test
    void doesNotShrinkIfHalfARefusalIsMissing() {
        assertEquals(new Window(2, 0.25, 0.25), new Window(2, 0.25, 0.75).refused());
        assertEquals(new Window(1, 0, 1.125), new Window(2, 0.25, 0.625).refused());
    }

    @Test
    void isNeverBelowOne() {
        assertEquals(new Window(1, 0, 0), new Window(1, 0.5, 0).refused());
        assertEquals(new Window(1, 0, 0), new Window(1, 0.5, 0.5).halved());
        assertEquals(new Window(2, 0, 0), new Window(5, 0.5, 0.5).halved());
    }

    @Test
    void losesWhatItGrewAtTheNextNight() {
        assertEquals(new Window(1, 0, 0), new Window(2, 0.5, 0.5).nextNight(LIMIT));
        var narrow = new Window(1, 0.5, 0.5);
        assertSame(narrow, narrow.nextNight(LIMIT));
    }
}
