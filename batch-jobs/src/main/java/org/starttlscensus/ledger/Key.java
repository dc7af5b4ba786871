package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.starttlscensus.politeness.Limit;

/** What the dispatcher knows of one address, prefix, provider or source tonight: a fold over its permits. */
final class Key {

    private final Limit limit;
    private int mostOpen;
    private List<Lane> waiting = List.of();
    private int open;
    private int starting;
    private int calls;
    /** A number, not an Instant: a fold moves hundreds of thousands of these many times, and would leave as many objects behind. */
    private long freeNanos;

    Key(Limit limit) {
        this.limit = limit;
        this.mostOpen = limit.open();
    }

    /** From now on so many may be open, as the pace of a provider says. */
    void allow(int open) {
        mostOpen = open;
    }

    /**
     * Whether no time can be named at which this key allows another call: all its calls are open, or one was permitted
     * and its real start, from which the gap counts, is not known yet. An event will lift that.
     */
    boolean isBlocked() {
        return open >= mostOpen || starting > 0 && !limit.gap().isZero();
    }

    Instant free() {
        return Nanos.time(freeNanos);
    }

    int calls() {
        return calls;
    }

    void permitted() {
        open++;
        starting++;
        calls++;
    }

    void started(Instant at, Duration gap) {
        starting--;
        notBefore(at, gap);
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
    void past(Instant startedAt, Duration gap) {
        calls++;
        notBefore(startedAt, gap);
    }

    /** A call of the past that may still be open, and may have started as late as it was allowed to. */
    void ghost(Instant dialBefore, Duration gap) {
        open++;
        calls++;
        notBefore(dialBefore, gap);
    }

    /** The next call may come so long behind that start at the earliest. */
    void notBefore(Instant start, Duration gap) {
        freeNanos = Math.max(freeNanos, Nanos.of(start) + gap.toNanos());
    }

    /** The next call may come so long from then on, whatever was to be waited for before. */
    void freeAgain(Instant from, Duration gap) {
        freeNanos = Nanos.of(from) + gap.toNanos();
    }

    void await(Lane lane) {
        if (waiting.isEmpty()) waiting = new ArrayList<>();
        waiting.add(lane);
    }

    List<Lane> wakeAll() {
        var woken = waiting;
        waiting = List.of();
        return woken;
    }
}
