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
 * Pages of evidence. A thread of its own fetches the next page while the caller works on the current one, so the
 * database and the judges each use a processor. It fetches only one page ahead, so memory is bounded. Used by one
 * thread, which must close it.
 */
final class EvidencePages implements AutoCloseable {

    private final LongFunction<List<PlannedEndpoint>> source;
    private final ExecutorService fetcher = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("evidence-ahead").factory());
    private Future<List<PlannedEndpoint>> ahead;

    /**
     * @param source gives the page after an endpoint id; an empty page is the end. It runs on the other thread, and
     *               so outside any transaction of the caller's
     * @param after  the endpoint id after which the first page begins
     */
    EvidencePages(LongFunction<List<PlannedEndpoint>> source, long after) {
        this.source = source;
        this.ahead = fetch(after);
    }

    /** The next page; empty at the end and from then on. Throws what the source threw. */
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

    /** Waits for a page that is being fetched, so that no statement of ours is left running in the database. */
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
