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
 * Stores finished calls in the order of their ends, on a thread of its own: up to 200, or half a second's worth, in one
 * transaction. While the database is unreachable finished calls wait in its queue. The queue is bounded by the calls in
 * progress, because without permits no further call is made.
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
     * @param timeScale of the lab, else 1. In the lab gaps are so short that waiting for a full batch would limit the
     *                  pace
     * @param stored    called for every committed batch
     * @param failed    called once, if it cannot continue. Calls that wait then are lost to this process, and their
     *                  permits stay open
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

    /** Ends the thread. Only when everything is stored and nothing more will come. */
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
