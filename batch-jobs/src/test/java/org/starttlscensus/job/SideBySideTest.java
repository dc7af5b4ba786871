package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    private final IllegalArgumentException one = new IllegalArgumentException("one");
    private final IllegalArgumentException other = new IllegalArgumentException("other");

    @Test
    void bothAreAtWorkAtOnce() {
        var meeting = new CyclicBarrier(2);
        var there = new AtomicReference<Thread>();
        SideBySide.run(() -> meet(meeting), () -> {
            there.set(Thread.currentThread());
            meet(meeting);
        });
        assertNotSame(Thread.currentThread(), there.get());
    }

    private static void meet(CyclicBarrier meeting) {
        try {
            meeting.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the other one does not come", e);
        }
    }

    @Test
    void oneIsWaitedForIfTheOtherFails() {
        var isDone = new AtomicBoolean();
        assertSame(
                one,
                thrownBy(
                        () -> {
                            throw one;
                        },
                        () -> isDone.set(true)));
        assertTrue(isDone.get());
        isDone.set(false);
        assertSame(other, thrownBy(() -> isDone.set(true), () -> {
            throw other;
        }));
        assertTrue(isDone.get());
    }

    @Test
    void noFailureIsLost() {
        var thrown = thrownBy(
                () -> {
                    throw one;
                },
                () -> {
                    throw other;
                });
        assertSame(one, thrown);
        assertEquals(List.of(other), List.of(thrown.getSuppressed()));
    }

    private static IllegalArgumentException thrownBy(Runnable here, Runnable there) {
        return assertThrows(IllegalArgumentException.class, () -> SideBySide.run(here, there));
    }
}
