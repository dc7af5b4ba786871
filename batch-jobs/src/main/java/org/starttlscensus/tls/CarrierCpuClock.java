package org.starttlscensus.tls;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The threads underneath, on which all connections compute in turns, and whose stopwatch was touched last on each.
 *
 * <p>A virtual thread that waits for a lock amid its computing, such as that of the platform's random numbers, leaves its carrier
 * to others, and the carrier's clock goes on for them: where thousands queue, for seconds.
 */
final class CarrierCpuClock {

    /** Those that a process's virtual threads run on. */
    static final CarrierCpuClock OF_THE_PROCESS = new CarrierCpuClock(ProcessorTime::thread, ProcessorTime::nanos);

    private static final Object NO_OWNER = new Object();

    private final LongSupplier thread;
    private final LongSupplier processorTime;
    private final ConcurrentMap<Long, AtomicReference<Object>> lastOwner = new ConcurrentHashMap<>();

    /**
     * @param thread        names the carrier we are on
     * @param processorTime of that carrier, in ns
     */
    CarrierCpuClock(LongSupplier thread, LongSupplier processorTime) {
        this.thread = thread;
        this.processorTime = processorTime;
    }

    /** Without a lock, but for the first touch of a carrier: a wait would change the carrier. */
    private AtomicReference<Object> lastOwner(long carrier) {
        var known = lastOwner.get(carrier);
        return known != null ? known : lastOwner.computeIfAbsent(carrier, _ -> new AtomicReference<>(NO_OWNER));
    }

    /** Of one connection, whose computing never overlaps itself. */
    final class Stopwatch {

        private Object mark = NO_OWNER;
        private long carrier;
        private long since;
        private long counted;

        void start() {
            mark = new Object();
            lastOwner(thread.getAsLong()).set(mark);
            since = processorTime.getAsLong();
            carrier = thread.getAsLong(); // of that clock, for nothing can be waited for between the two
        }

        /** Counts nothing of what began on another carrier, or on this one before another connection's turn on it. */
        @SuppressWarnings("ReferenceEquality") // a mark is nothing but itself
        void stop() {
            long until = processorTime.getAsLong();
            long here = thread.getAsLong();
            var last = lastOwner(here).getAndSet(NO_OWNER);
            if (mark != NO_OWNER && last == mark && here == carrier)
                counted += Math.max(0, until - since); // a new carrier may have an old one's name
            mark = NO_OWNER;
        }

        void reset() {
            counted = 0;
        }

        /**
         * Processor time between starts and stops, in ns. Not all of it, if others had a turn meanwhile; and a little more, if who
         * had one, while this connection waited for a lock, was at work without a stopwatch, or amid a turn begun elsewhere.
         */
        long nanos() {
            return counted;
        }
    }
}
