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
 * Rows that a thread of its own fetches, a few thousand before they are used: the server looks for them while other things are
 * asked, and for the next ones while these are looked at. To be closed, and then nothing is fetched any more.
 */
public final class ReadAhead<T> implements AutoCloseable {

    private static final int ROWS = 1_000;
    private static final int BATCHES = 4;
    private static final long LOOK_AGAIN_MILLISECONDS = 1_000;

    private final BlockingQueue<List<T>> fetched = new ArrayBlockingQueue<>(BATCHES);
    private final FutureTask<Void> reading;
    private final Thread reader;

    /** @param source hands every row to whom it is given, in order */
    ReadAhead(Consumer<Consumer<T>> source) {
        this.reading = new FutureTask<>(() -> fetch(source), null);
        this.reader = Thread.ofPlatform().daemon().name("read-ahead").start(reading);
    }

    /** Once. Whatever goes wrong at the source is thrown here. */
    public void forEach(Consumer<T> each) {
        try {
            for (var batch = next(); !batch.isEmpty(); batch = next()) batch.forEach(each);
            reading.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while rows were read", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(e.getCause());
        }
    }

    /** An empty batch is the end, of whatever kind: also of a reader that had no memory left to say so. */
    private List<T> next() throws InterruptedException {
        while (true) {
            var isOver = reading.isDone();
            var batch = isOver ? fetched.poll() : fetched.poll(LOOK_AGAIN_MILLISECONDS, TimeUnit.MILLISECONDS);
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
            throw new CancellationException("nobody wants more rows");
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
