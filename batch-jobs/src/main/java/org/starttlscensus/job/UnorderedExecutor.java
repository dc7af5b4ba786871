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
 * Runs blocking tasks on virtual threads, a fixed number at once, and hands out results in the order in which they
 * finish, so a slow task delays no other. When results are taken more slowly than they come, no new tasks start once
 * {@value #MOST_WAITING} results wait. One thread takes results.
 *
 * @param <T> the input of a task
 * @param <R> the result of a task
 */
final class UnorderedExecutor<T, R> implements AutoCloseable {

    /** The most results in one batch. */
    static final int MOST_AT_ONCE = 500;
    /**
     * The most results that wait to be taken. Two batches: while one is written the next one fills, and memory is
     * bounded.
     */
    static final int MOST_WAITING = 2 * MOST_AT_ONCE;

    private static final Duration LONGEST_WAIT_FOR_MORE = Duration.ofMillis(500);

    /** One permit for each task that may run now. */
    private final Semaphore threads;
    /** One permit for each result, from the start of its task until the result is taken. */
    private final Semaphore room;

    private final int capacity;
    private final BlockingQueue<R> finished = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread feeder;
    private volatile boolean fed;

    /**
     * @param inFlight the most tasks at once
     * @param source   gives the next inputs, and an empty list at the end; called by one thread
     * @param work     may block; throws only for bugs of ours
     */
    UnorderedExecutor(int inFlight, Supplier<List<T>> source, Function<T, R> work) {
        this.threads = new Semaphore(inFlight);
        this.capacity = inFlight + MOST_WAITING;
        this.room = new Semaphore(capacity);
        this.feeder = Thread.ofVirtual().name("feeder").unstarted(() -> feed(source, work));
    }

    void start() {
        feeder.start();
    }

    /**
     * The next results: at most {@value #MOST_AT_ONCE}, or those of half a second. Blocks until there is at least one.
     *
     * @return empty when all results were taken
     * @throws IllegalStateException if a task or the source failed, or the executor was closed
     */
    Optional<List<R>> next() throws InterruptedException {
        @Nullable R first;
        while ((first = poll(Duration.ofMillis(50).toNanos())) == null) {
            // Read before the failure, because a task records its failure before it releases its room.
            var isDone = fed && room.availablePermits() == capacity;
            if (failure.get() != null) throw new IllegalStateException("work could not go on", failure.get());
            if (isDone) return Optional.empty();
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

    /**
     * Starts no more tasks. Running ones end by themselves, and their results may be lost: {@link #next} then throws.
     */
    @Override
    public void close() {
        feeder.interrupt();
    }

    private void feed(Supplier<List<T>> source, Function<T, R> work) {
        try {
            for (var some = source.get(); !some.isEmpty(); some = source.get()) {
                for (var one : some) {
                    room.acquire();
                    threads.acquire();
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
            threads.release();
        }
    }
}
