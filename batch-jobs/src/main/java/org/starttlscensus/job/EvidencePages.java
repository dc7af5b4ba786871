package org.starttlscensus.job;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.starttlscensus.store.PlannedEndpoint;

/**
 * Pages of evidence, of which the next one is fetched by a thread of its own while the caller works on the last: the
 * database looks for it on one processor while the other judges. One page ahead and no more, so memory stays bounded. To be
 * closed, and then nothing is fetched any more.
 */
final class EvidencePages implements AutoCloseable {

    private final LongFunction<List<PlannedEndpoint>> source;
    private final ExecutorService fetcher = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("evidence-ahead").factory());
    private Future<List<PlannedEndpoint>> ahead;

    /**
     * @param source asked for the page behind an endpoint's id, on the other thread and so in no transaction of the caller's;
     *               an empty page is the end
     * @param after  the id behind which the first page begins
     */
    EvidencePages(LongFunction<List<PlannedEndpoint>> source, long after) {
        this.source = source;
        this.ahead = fetch(after);
    }

    /** The next page; empty at the end, and ever after. Whatever goes wrong at the source is thrown here. */
    List<PlannedEndpoint> next() {
        var page = fetched();
        if (!page.isEmpty()) ahead = fetch(page.getLast().endpointId());
        return page;
    }

    private Future<List<PlannedEndpoint>> fetch(long after) {
        return fetcher.submit(() -> source.apply(after));
    }

    private List<PlannedEndpoint> fetched() {
        try {
            return ahead.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while evidence was read", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException("evidence could not be read", e.getCause());
        }
    }

    /** Waits for a page that is being fetched: the database is not left with a question of ours. */
    @Override
    public void close() {
        ahead.cancel(true);
        fetcher.shutdownNow();
        var wasInterrupted = false;
        while (!fetcher.isTerminated()) {
            try {
                fetcher.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) Thread.currentThread().interrupt();
    }
}
