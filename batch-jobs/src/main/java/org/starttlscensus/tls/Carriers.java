package org.starttlscensus.tls;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * The threads underneath, on which all connections compute in turns, and whose stopwatch was touched last on each.
 *
 * <p>A virtual thread that waits for a lock, or for a class that another one loads, leaves its carrier to others amid its
 * computing; the carrier's clock goes on for them. Where thousands queue they would make seconds.
 */
final class Carriers {

    /** Those that a process's virtual threads run on. */
    static final Carriers OF_THE_PROCESS = new Carriers(ProcessorTime::thread, ProcessorTime::nanos);

    private final LongSupplier thread;
    private final LongSupplier processorTime;
    private final ConcurrentMap<Long, Object> touchedBy = new ConcurrentHashMap<>();

    /**
     * @param thread        names the carrier we are on
     * @param processorTime of that carrier, in ns
     */
    Carriers(LongSupplier thread, LongSupplier processorTime) {
        this.thread = thread;
        this.processorTime = processorTime;
    }

    /** Of one connection, whose computing never overlaps itself. */
    final class Stopwatch {

        private final Object none = new Object();
        private Object mark = none;
        private long since;
        private long counted;

        void start() {
            mark = new Object();
            touchedBy.put(thread.getAsLong(), mark); // before its clock is read: a change of carriers between them is then seen
            since = processorTime.getAsLong();
        }

        /** Counts nothing of what began on another carrier, or on this one before another connection's turn on it. */
        void stop() {
            long until = processorTime.getAsLong();
            var last = touchedBy.put(thread.getAsLong(), none);
            if (mark != none && last == mark) counted += Math.max(0, until - since); // a new carrier may have the name of one that ended
            mark = none;
        }

        void reset() {
            counted = 0;
        }

        /** Processor time between starts and stops, in ns: of this connection alone, and at most all of it. */
        long nanos() {
            return counted;
        }
    }
}
