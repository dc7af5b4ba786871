package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CarriersTest {

    private static final long MILLISECOND = 1_000_000;

    /** Two carriers, whose clocks the test sets. */
    @Nested
    class InTurns {

        private final long[] clocks = new long[3];
        private int carrier = 1;
        private final Carriers carriers = new Carriers(() -> carrier, () -> clocks[carrier]);
        private final Carriers.Stopwatch ours = carriers.new Stopwatch();
        private final Carriers.Stopwatch others = carriers.new Stopwatch();

        @Test
        void whatWeComputeCounts() {
            ours.start();
            clocks[1] += 5;
            ours.stop();
            clocks[1] += 100;
            ours.start();
            clocks[1] += 2;
            ours.stop();
            assertEquals(7, ours.nanos());
        }

        @Test
        void anotherConnectionsTurnsInBetweenCountForItself() {
            ours.start();
            clocks[1] += 5;
            ours.stop();
            others.start();
            clocks[1] += 100;
            others.stop();
            ours.start();
            clocks[1] += 2;
            ours.stop();
            assertEquals(7, ours.nanos());
            assertEquals(100, others.nanos());
        }

        @Test
        void nothingCountsWhereAnotherBeganMeanwhile() {
            ours.start();
            others.start();
            clocks[1] += 100;
            ours.stop();
            assertEquals(0, ours.nanos());
        }

        @Test
        void nothingCountsWhereAnotherEndedMeanwhile() {
            others.start();
            ours.start();
            clocks[1] += 100;
            others.stop();
            ours.stop();
            assertEquals(0, ours.nanos());
            assertEquals(0, others.nanos());
        }

        @Test
        void nothingCountsThatEndsOnAnotherCarrier() {
            ours.start();
            carrier = 2;
            clocks[2] += 100;
            ours.stop();
            assertEquals(0, ours.nanos());
        }

        @Test
        void noRestCounts() {
            ours.start();
            ours.stop();
            clocks[1] += 100;
            ours.stop();
            assertEquals(0, ours.nanos());
        }

        @Test
        void aNewCarrierWithAnOldOnesNameTakesNothingAway() {
            clocks[1] = 100;
            ours.start();
            clocks[1] = 5;
            ours.stop();
            assertEquals(0, ours.nanos());
        }

        @Test
        void aResetBeginsAnew() {
            ours.start();
            clocks[1] += 5;
            ours.stop();
            ours.reset();
            assertEquals(0, ours.nanos());
        }
    }

    @Nested
    class OfThisProcess {

        @Test
        void aVirtualThreadsProcessorTimeIsItsCarriers() throws Exception {
            var spun = new AtomicLong();
            Thread.ofVirtual().start(() -> {
                var began = ProcessorTime.nanos();
                spin(MILLISECOND);
                spun.set(ProcessorTime.nanos() - began);
            }).join(Duration.ofSeconds(30));
            assertTrue(spun.get() >= MILLISECOND, () -> spun.get() + " ns");
        }

        @Test
        void whoWaitsForALockIsNotChargedWithOthers() throws Exception {
            var ours = Carriers.OF_THE_PROCESS.new Stopwatch();
            var began = new CountDownLatch(1);
            var lock = new Object();
            var threads = new ArrayList<Thread>();
            synchronized (lock) {
                threads.add(Thread.ofVirtual().start(() -> {
                    ours.start();
                    began.countDown();
                    synchronized (lock) {
                        ours.stop();
                    }
                }));
                began.await();
                for (int i = 0; i < 20; i++) threads.add(Thread.ofVirtual().start(CarriersTest::compute));
            }
            for (int i = 0; i < 20; i++) threads.add(Thread.ofVirtual().start(CarriersTest::compute));
            for (var thread : threads) assertTrue(thread.join(Duration.ofMinutes(1)));
            assertTrue(ours.nanos() < 10 * MILLISECOND, () -> ours.nanos() + " ns");
        }
    }

    private static void compute() {
        var stopwatch = Carriers.OF_THE_PROCESS.new Stopwatch();
        stopwatch.start();
        spin(20 * MILLISECOND);
        stopwatch.stop();
    }

    private static void spin(long nanos) {
        var began = ProcessorTime.nanos();
        while (ProcessorTime.nanos() < began + nanos) Thread.onSpinWait();
    }
}
