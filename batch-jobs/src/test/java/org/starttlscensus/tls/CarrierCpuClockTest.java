package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CarrierCpuClockTest {

    private static final long COMPUTED = 20_000_000;
    private static final Duration LONG = Duration.ofMinutes(1);

    /** Two carriers, whose clocks the test sets. */
    @Nested
    class InTurns {

        private final long[] clocks = new long[3];
        private int carrier = 1;
        private final CarrierCpuClock carrierCpuClock = new CarrierCpuClock(() -> carrier, () -> clocks[carrier]);
        private final CarrierCpuClock.Stopwatch ours = carrierCpuClock.new Stopwatch();
        private final CarrierCpuClock.Stopwatch others = carrierCpuClock.new Stopwatch();

        @Test
        void ownComputingCounts() {
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
        void anotherConnectionsComputingInBetweenCountsForThatOne() {
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
        void nothingCountsIfAnotherStartedMeanwhile() {
            ours.start();
            others.start();
            clocks[1] += 100;
            ours.stop();
            assertEquals(0, ours.nanos());
        }

        @Test
        void nothingCountsIfAnotherStoppedMeanwhile() {
            others.start();
            ours.start();
            clocks[1] += 100;
            others.stop();
            ours.stop();
            assertEquals(0, ours.nanos());
            assertEquals(0, others.nanos());
        }

        @Test
        void nothingCountsIfItStopsOnAnotherCarrier() {
            ours.start();
            carrier = 2;
            clocks[2] += 100;
            ours.stop();
            assertEquals(0, ours.nanos());
        }

        /** As if the first use of a carrier had to wait. */
        @Test
        void nothingCountsIfItIsMarkedOnOneCarrierAndStartedOnAnother() {
            clocks[1] = 1_000;
            var moved = new CarrierCpuClock(() -> carrier++, () -> clocks[carrier]).new Stopwatch();
            moved.start();
            carrier = 1;
            moved.stop();
            assertEquals(0, moved.nanos());
        }

        @Test
        void pausesDoNotCount() {
            ours.start();
            ours.stop();
            clocks[1] += 100;
            ours.stop();
            assertEquals(0, ours.nanos());
        }

        @Test
        void aNewCarrierWithAnOldIdSubtractsNothing() {
            clocks[1] = 100;
            ours.start();
            clocks[1] = 5;
            ours.stop();
            assertEquals(0, ours.nanos());
        }

        @Test
        void aResetStartsAtZero() {
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
        void processorTimeIsPerThreadAndStopsWhileItSleeps() throws Exception {
            var other = Thread.ofPlatform().start(CarrierCpuClockTest::compute);
            long began = ProcessorTime.nanos();
            assertTrue(other.join(LONG));
            assertTrue(ProcessorTime.nanos() - began < COMPUTED / 2, () -> ProcessorTime.nanos() - began + " ns");
        }

        @Test
        void computingOfAVirtualThreadCounts() throws Exception {
            var ours = CarrierCpuClock.OF_THE_PROCESS.new Stopwatch();
            assertTrue(Thread.ofVirtual().start(() -> compute(ours)).join(LONG));
            assertTrue(ours.nanos() >= COMPUTED, () -> ours.nanos() + " ns");
            assertTrue(ours.nanos() < 10 * COMPUTED, () -> ours.nanos() + " ns");
        }

        /** So many threads that some return to the carrier on which they started, where others computed meanwhile. */
        @Test
        void waitingForALockDoesNotCountOthersComputing() throws Exception {
            var waiting = new LinkedHashMap<Thread, CarrierCpuClock.Stopwatch>();
            var lock = new Object();
            synchronized (lock) {
                for (int i = 0; i < 20; i++) {
                    var stopwatch = CarrierCpuClock.OF_THE_PROCESS.new Stopwatch();
                    waiting.put(
                            Thread.ofVirtual().start(() -> {
                                stopwatch.start();
                                synchronized (lock) {
                                    stopwatch.stop();
                                }
                            }),
                            stopwatch);
                }
                var end = System.nanoTime() + LONG.toNanos();
                while (!waiting.keySet().stream().allMatch(thread -> thread.getState() == Thread.State.BLOCKED)) {
                    assertTrue(System.nanoTime() < end);
                    Thread.onSpinWait();
                }
                var others = IntStream.range(0, 20)
                        .mapToObj(_ -> Thread.ofVirtual().start(CarrierCpuClockTest::compute))
                        .toList();
                for (var other : others) assertTrue(other.join(LONG));
            }
            for (var thread : waiting.keySet()) assertTrue(thread.join(LONG));
            waiting.values()
                    .forEach(
                            stopwatch -> assertTrue(stopwatch.nanos() < COMPUTED / 2, () -> stopwatch.nanos() + " ns"));
        }
    }

    private static void compute() {
        compute(CarrierCpuClock.OF_THE_PROCESS.new Stopwatch());
    }

    private static void compute(CarrierCpuClock.Stopwatch stopwatch) {
        stopwatch.start();
        long until = ProcessorTime.nanos() + COMPUTED;
        long end = System.nanoTime() + LONG.toNanos();
        while (ProcessorTime.nanos() < until && System.nanoTime() < end) Thread.onSpinWait();
        stopwatch.stop();
    }
}
