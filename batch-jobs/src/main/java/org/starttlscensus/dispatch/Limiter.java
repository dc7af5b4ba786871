package org.starttlscensus.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.starttlscensus.politeness.Limit;

/**
 * The state of one limit tonight: of an address, a prefix, a provider or our source. It follows from the permits alone.
 * Times are numbers, not Instants: a replay updates hundreds of thousands of these many times, and would create as many
 * objects.
 */
final class Limiter {

    private int mostOpen;
    private long gapNanos;
    private List<EndpointQueue> waiting = List.of();
    private int open;
    private int starting;
    private int calls;
    private long freeNanos;

    Limiter(Limit limit) {
        allow(limit.open(), limit.gap());
    }

    /** Sets how many calls may be open and how far apart their starts must be, as the provider's pace says. */
    void allow(int open, Duration gap) {
        mostOpen = open;
        gapNanos = gap.toNanos();
    }

    /**
     * Whether no start of another call can be given: all its calls are open, or one was permitted whose real start,
     * from which the gap counts, is not known yet. An event will change that.
     */
    boolean isBlocked() {
        return open >= mostOpen || (starting > 0 && gapNanos > 0);
    }

    Instant free() {
        return EpochNanos.time(freeNanos);
    }

    /** Calls counted tonight. */
    int calls() {
        return calls;
    }

    void permitted() {
        open++;
        starting++;
        calls++;
    }

    void started(Instant at) {
        starting--;
        contacted(at);
    }

    void ended() {
        open--;
    }

    /** The permit lapsed unused. Only its gap remains. */
    void lapsed() {
        open--;
        calls--;
    }

    /** A past call that is over. It counts, and so does its gap. */
    void replay(Instant startedAt) {
        calls++;
        contacted(startedAt);
    }

    /** A past call that may still be open. It may have started as late as it was allowed to. */
    void orphaned(Instant dialBefore) {
        calls++;
        connected(dialBefore);
    }

    /** A call of an earlier night. Its gap counts, but it is in no total of this night. */
    void contacted(Instant startedAt) {
        freeNanos = Math.max(freeNanos, EpochNanos.of(startedAt) + gapNanos);
    }

    /** A call of an earlier night that may still be open. */
    void connected(Instant dialBefore) {
        open++;
        contacted(dialBefore);
    }

    /** The next call starts at least this gap after that start. */
    void notBefore(Instant start, Duration gap) {
        freeNanos = Math.max(freeNanos, EpochNanos.of(start) + gap.toNanos());
    }

    /** The next call may start one gap after that moment, whatever applied before. */
    void freeAgain(Instant from) {
        freeNanos = EpochNanos.of(from) + gapNanos;
    }

    void await(EndpointQueue queue) {
        if (waiting.isEmpty()) waiting = new ArrayList<>();
        waiting.add(queue);
    }

    List<EndpointQueue> wakeAll() {
        var woken = waiting;
        waiting = List.of();
        return woken;
    }
}
