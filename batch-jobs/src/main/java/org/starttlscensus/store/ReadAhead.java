package org.starttlscensus.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Rows that a separate thread fetches, a few thousand ahead of their use. So the server reads the next rows while the
 * caller processes the current ones. Closing it ends the fetching.
 */
public final class ReadAhead<T> implements AutoCloseable {

    private static final int ROWS = 1_000;
    private static final int BATCHES = 4;
    private static final long POLL_MILLISECONDS = 1_000;

    private final BlockingQueue<List<T>> fetched = new ArrayBlockingQueue<>(BATCHES);
    private final FutureTask<Void> reading;
    private final Thread reader;

    /** @param source passes every row to its argument, in order */
    ReadAhead(Consumer<Consumer<T>> source) {
        this.reading = new FutureTask<>(() -> fetch(source), null);
        this.reader = Thread.ofPlatform().daemon().name("read-ahead").start(reading);
    }

    /** May be called once. Exceptions of the source are thrown here. */
    public void forEach(Consumer<T> each) {
        try {
            for (var batch = next(); !batch.isEmpty(); batch = next()) batch.forEach(each);
            reading.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading rows", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * An empty batch is the end. It is also returned if the reader ended without one, for example for lack of memory.
     */
    private List<T> next() throws InterruptedException {
        while (true) {
            var isOver = reading.isDone();
            var batch = isOver ? fetched.poll() : fetched.poll(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
            if (batch != null) return batch;
            if (isOver) return List.of();
        }
    }

    private void fetch(Consumer<Consumer<T>> source) {
        var batch = new ArrayList<T>(ROWS);
        try {
            source.accept(row -> {
                batch.add(row);
                if (batch.size() == ROWS) {
                    put(List.copyOf(batch));
                    batch.clear();
                }
            });
            if (!batch.isEmpty()) put(List.copyOf(batch));
        } finally {
            put(List.of());
        }
    }

    private void put(List<T> batch) {
        try {
            fetched.put(batch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the rows are no longer needed");
        }
    }

    @Override
    public void close() {
        reading.cancel(true);
        var wasInterrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) Thread.currentThread().interrupt();
    }
}
