package org.starttlscensus.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.starttlscensus.politeness.Limit;

/**
 * What the dispatcher knows of one address, prefix, provider or source tonight: a fold over its permits. Times are numbers, not
 * Instants: a fold moves hundreds of thousands of these many times, and would leave as many objects behind.
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

    /** From now on so many may be open, and so far apart their starts must be, as the pace of a provider says. */
    void allow(int open, Duration gap) {
        mostOpen = open;
        gapNanos = gap.toNanos();
    }

    /**
     * Whether no time can be named at which this key allows another call: all its calls are open, or one was permitted
     * and its real start, from which the gap counts, is not known yet. An event will lift that.
     */
    boolean isBlocked() {
        return open >= mostOpen || (starting > 0 && gapNanos > 0);
    }

    Instant free() {
        return EpochNanos.time(freeNanos);
    }

    /** Tonight's. */
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

    /** The permit lapsed unused: as if it had never been, but that the spacing stands. */
    void lapsed() {
        open--;
        calls--;
    }

    /** A call of the past that is over: it counts, and its spacing stands. */
    void replay(Instant startedAt) {
        calls++;
        contacted(startedAt);
    }

    /** A call of the past that may still be open, and may have started as late as it was allowed to. */
    void orphaned(Instant dialBefore) {
        calls++;
        connected(dialBefore);
    }

    /** A call of an earlier night: its spacing stands, and it counts in no total of this one. */
    void contacted(Instant startedAt) {
        freeNanos = Math.max(freeNanos, EpochNanos.of(startedAt) + gapNanos);
    }

    /** A call of an earlier night that may still be open. */
    void connected(Instant dialBefore) {
        open++;
        contacted(dialBefore);
    }

    /** The next call may come so long behind that start at the earliest. */
    void notBefore(Instant start, Duration gap) {
        freeNanos = Math.max(freeNanos, EpochNanos.of(start) + gap.toNanos());
    }

    /** The next call may come a gap behind that moment, whatever was to be waited for before. */
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
