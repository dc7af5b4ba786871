package org.starttlscensus.tls;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Measures the processor time of connections that compute in turn on a few carrier threads. For each carrier it
 * remembers which stopwatch was used last.
 *
 * <p>A virtual thread may wait for a lock in the middle of its work, for example the lock of the platform's random
 * numbers. Then its carrier runs other virtual threads, and the carrier's clock counts their time: for seconds, where
 * thousands wait. This class does not count such time. Thread-safe.
 */
final class CarrierCpuClock {

    /** For the carrier threads of this process. */
    static final CarrierCpuClock OF_THE_PROCESS = new CarrierCpuClock(ProcessorTime::thread, ProcessorTime::nanos);

    private static final Object NO_OWNER = new Object();

    private final LongSupplier thread;
    private final LongSupplier processorTime;
    private final ConcurrentMap<Long, AtomicReference<Object>> lastOwner = new ConcurrentHashMap<>();

    /**
     * @param thread        identifies the carrier that runs the current thread
     * @param processorTime the processor time of that carrier, in ns
     */
    CarrierCpuClock(LongSupplier thread, LongSupplier processorTime) {
        this.thread = thread;
        this.processorTime = processorTime;
    }

    /** Takes no lock, except at the first use of a carrier, because waiting for one could change the carrier. */
    private AtomicReference<Object> lastOwner(long carrier) {
        var known = lastOwner.get(carrier);
        return known != null ? known : lastOwner.computeIfAbsent(carrier, _ -> new AtomicReference<>(NO_OWNER));
    }

    /** The stopwatch of one connection. Only one thread at a time computes for it. */
    final class Stopwatch {

        private Object mark = NO_OWNER;
        private long carrier;
        private long since;
        private long counted;

        void start() {
            mark = new Object();
            lastOwner(thread.getAsLong()).set(mark);
            since = processorTime.getAsLong();
            carrier = thread.getAsLong(); // the carrier of that reading: nothing blocks between the two
        }

        /** Adds nothing if the carrier has changed, or if another connection has used it since the start. */
        @SuppressWarnings("ReferenceEquality") // marks are compared by identity
        void stop() {
            long until = processorTime.getAsLong();
            long here = thread.getAsLong();
            var last = lastOwner(here).getAndSet(NO_OWNER);
            if (mark != NO_OWNER && last == mark && here == carrier)
                counted += Math.max(0, until - since); // a new carrier may reuse an old one's id
            mark = NO_OWNER;
        }

        void reset() {
            counted = 0;
        }

        /**
         * The processor time between starts and stops, in ns. It is too low if other connections used the carrier
         * meanwhile. It is a little too high if, while this connection waited for a lock, the carrier ran a thread
         * without a stopwatch, or one whose stopwatch was started on another carrier.
         */
        long nanos() {
            return counted;
        }
    }
}
