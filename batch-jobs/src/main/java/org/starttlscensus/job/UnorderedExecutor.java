package org.starttlscensus.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does blocking work on virtual threads, so many at once, and hands out results in the order of finishing: what is slow
 * delays nobody else. Where results are taken more slowly than they come, no more work is begun than fits the bound.
 *
 * @param <T> what is worked on
 * @param <R> what comes of it
 */
final class UnorderedExecutor<T, R> implements AutoCloseable {

    /** Results in one batch. */
    static final int MOST_AT_ONCE = 500;
    /**
     * Results that wait to be taken: two batches, so that a taker who is back finds a full one, and memory has a
     * bound.
     */
    static final int MOST_WAITING = 2 * MOST_AT_ONCE;

    private static final Duration LONGEST_WAIT_FOR_MORE = Duration.ofMillis(500);

    private final Semaphore free;
    /** A place for each result from the beginning of its work until it is taken. */
    private final Semaphore room;

    private final int places;
    private final BlockingQueue<R> finished = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread feeder;
    private volatile boolean fed;

    /**
     * @param source the next few, empty at the end; asked by one thread
     * @param work   blocks; may throw only for bugs of ours
     */
    UnorderedExecutor(int inFlight, Supplier<List<T>> source, Function<T, R> work) {
        this.free = new Semaphore(inFlight);
        this.places = inFlight + MOST_WAITING;
        this.room = new Semaphore(places);
        this.feeder = Thread.ofVirtual().name("feeder").unstarted(() -> feed(source, work));
    }

    void start() {
        feeder.start();
    }

    /** What has finished, at most 500 results or half a second's worth; blocks until there is something; empty at the end. */
    Optional<List<R>> next() throws InterruptedException {
        @Nullable R first;
        while ((first = poll(Duration.ofMillis(50).toNanos())) == null) {
            // Asked before the failure: that is noted before its room is given back.
            var over = fed && room.availablePermits() == places;
            if (failure.get() != null) throw new IllegalStateException("work could not go on", failure.get());
            if (over) return Optional.empty();
        }
        var batch = new ArrayList<R>();
        batch.add(first);
        var until = System.nanoTime() + LONGEST_WAIT_FOR_MORE.toNanos();
        while (batch.size() < MOST_AT_ONCE) {
            var more = poll(until - System.nanoTime());
            if (more == null) break;
            batch.add(more);
        }
        return Optional.of(batch);
    }

    private @Nullable R poll(long nanoseconds) throws InterruptedException {
        var result = finished.poll(nanoseconds, TimeUnit.NANOSECONDS);
        if (result != null) room.release();
        return result;
    }

    /** Nothing more is begun; what is under way ends by itself, and {@link #next} then says that this was not all. */
    @Override
    public void close() {
        feeder.interrupt();
    }

    private void feed(Supplier<List<T>> source, Function<T, R> work) {
        try {
            for (var some = source.get(); !some.isEmpty(); some = source.get()) {
                for (var one : some) {
                    room.acquire();
                    free.acquire();
                    Thread.ofVirtual().start(() -> doOne(one, work));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure.compareAndSet(null, e);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        } finally {
            fed = true;
        }
    }

    private void doOne(T one, Function<T, R> work) {
        try {
            finished.add(work.apply(one));
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            room.release(); // there is no result to take
        } finally {
            free.release();
        }
    }
}
