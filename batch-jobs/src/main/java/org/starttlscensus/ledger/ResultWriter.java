package org.starttlscensus.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Stores finished calls in the order of finishing, up to 200 or half a second's worth in one transaction, on a thread of its
 * own. While the database is away what has finished waits here: it is bounded by the calls under way, for without permits
 * nobody more is called.
 */
final class ResultWriter {

    private static final int MOST_AT_ONCE = 200;
    private static final Duration LONGEST_WAIT_FOR_MORE = Duration.ofMillis(500);

    private final CallResultStore store;
    private final Duration longestWait;
    private final Consumer<List<FinishedCall>> stored;
    private final Consumer<Throwable> failed;
    private final BlockingQueue<FinishedCall> finished = new LinkedBlockingQueue<>();
    private final Thread thread;

    /**
     * @param timeScale of the lab, else 1: where gaps are shorter, waiting for a full batch would be the pace
     * @param stored told of every batch that is committed
     * @param failed told once, if it cannot go on: what waits then is lost to this process, its permits stay open
     */
    ResultWriter(
            CallResultStore store, double timeScale, Consumer<List<FinishedCall>> stored, Consumer<Throwable> failed) {
        this.store = store;
        this.longestWait = Duration.ofNanos((long) (LONGEST_WAIT_FOR_MORE.toNanos() * timeScale));
        this.stored = stored;
        this.failed = failed;
        this.thread = Thread.ofPlatform().name("call-store").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void add(FinishedCall call) {
        finished.add(call);
    }

    /** Everything that was handed over is stored: nothing more will come. */
    void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                var batch = batch();
                store.store(batch);
                stored.accept(batch);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failed.accept(e);
        }
    }

    private List<FinishedCall> batch() throws InterruptedException {
        var batch = new ArrayList<FinishedCall>();
        batch.add(finished.take());
        var until = System.nanoTime() + longestWait.toNanos();
        while (batch.size() < MOST_AT_ONCE) {
            var next = Optional.ofNullable(finished.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS));
            if (next.isEmpty()) break;
            batch.add(next.get());
        }
        return batch;
    }
}
