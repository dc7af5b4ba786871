package org.starttlscensus.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * Rows that a thread of its own fetches, a few thousand before they are used: the server looks for them while other things are
 * asked, and for the next ones while these are looked at. To be closed, and then nothing is fetched any more.
 */
public final class ReadAhead<T> implements AutoCloseable {

    private static final int ROWS = 1_000;
    private static final int BATCHES = 4;

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
            for (var batch = fetched.take(); !batch.isEmpty(); batch = fetched.take()) batch.forEach(each);
            reading.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while rows were read", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(e.getCause());
        }
    }

    /** An empty batch is the end, of whatever kind. */
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
        } finally {
            if (!batch.isEmpty()) put(List.copyOf(batch));
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
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
