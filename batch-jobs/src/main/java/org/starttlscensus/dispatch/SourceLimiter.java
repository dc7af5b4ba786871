package org.starttlscensus.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.OptionalInt;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.politeness.Limits;

/**
 * One of our source addresses tonight: its limits, the calls that wait for it, and the providers that it calls next.
 *
 * <p>Its gap is enforced in two places: here between the times for which calls are chosen ({@link #free}), and in the
 * launcher between real starts. So its limiter has no gap of its own, and nobody reads when that is free.
 */
final class SourceLimiter {

    /** The one that may call first; ties in the order in which they are configured. */
    static final Comparator<SourceLimiter> FIRST_FREE =
            Comparator.comparing((SourceLimiter source) -> source.free).thenComparingInt(source -> source.number);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(60);
    private static final Duration LATER_PAUSE = Duration.ofMinutes(5);
    /** First calls leave one in ten of its total to retries and second looks, which no other source may make. */
    private static final int ONE_IN = 10;

    final CallSource source;
    final Limiter limiter;
    final SourceSchedule schedule = new SourceSchedule();
    /** Calls in its queues. */
    int waiting;

    private final Limits limits;
    private final int number;
    private final int most;
    /** No call is chosen for a time before this, as far as its gap and its own faults are concerned. */
    private Instant free = Instant.EPOCH;

    private Instant pausedUntil = Instant.EPOCH;
    private int faults;

    SourceLimiter(CallSource source, Limits limits, int number) {
        this.source = source;
        this.limits = limits;
        this.number = number;
        this.limiter = new Limiter(limits.source().withGap(Duration.ZERO));
        this.most = Math.min(
                orUnlimited(source.perNight()), orUnlimited(limits.source().perNight()));
    }

    private static int orUnlimited(OptionalInt most) {
        return most.orElse(Integer.MAX_VALUE);
    }

    /** Whether it has made all the calls that it may make in one night. */
    boolean isUsedUp() {
        return limiter.calls() >= most;
    }

    /** Calls that it made tonight, and those that wait for it. */
    int load() {
        return limiter.calls() + waiting;
    }

    /** Whether it may get another address without using up what it needs for retries. */
    boolean hasRoom() {
        return load() < most - most / ONE_IN;
    }

    /** Whether it failed twice and no call from it has worked since. Then it gets no further address. */
    boolean isFaulty() {
        return faults > 1;
    }

    Instant free() {
        return free;
    }

    /** A call was chosen for that time. */
    void chosenFor(Instant startAt) {
        notBefore(startAt.plus(limits.source().gap()));
    }

    boolean isPausedAt(Instant at) {
        return at.isBefore(pausedUntil);
    }

    /** A fault of this machine that only this source shows, for example because the address is gone. */
    void fault(Instant startedAt, Instant endedAt) {
        if (isPausedAt(startedAt)) return; // started before the pause: no news
        pausedUntil = endedAt.plus(limits.scaled(++faults == 1 ? FIRST_PAUSE : LATER_PAUSE));
        notBefore(pausedUntil);
    }

    /** A call from it is over that reached the network. */
    void worked(Feedback.Signal signal) {
        if (signal != Feedback.Signal.LOCAL_ERROR) faults = 0;
    }

    private void notBefore(Instant earliest) {
        if (earliest.isAfter(free)) free = earliest;
    }
}
