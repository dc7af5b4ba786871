package org.starttlscensus.job;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs two tasks at once, neither of which reads what the other writes. PostgreSQL runs a writing statement on one
 * processor, so two such statements side by side use two processors.
 */
final class SideBySide {

    private SideBySide() {}

    /**
     * Returns when both have ended, even if one fails. The exception of the failed one is thrown; if both fail, the
     * exception of {@code there} is attached to that of {@code here} as suppressed.
     *
     * @param here  runs on the caller's thread
     * @param there runs on a thread of its own, and so outside any transaction of the caller's
     */
    static void run(Runnable here, Runnable there) {
        try (var threads = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("side-by-side").factory())) {
            var other = threads.submit(there);
            try {
                here.run();
            } catch (RuntimeException | Error e) {
                try {
                    join(other);
                } catch (RuntimeException | Error also) {
                    e.addSuppressed(also);
                }
                throw e;
            }
            join(other);
        }
    }

    private static void join(Future<?> other) {
        try {
            other.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the second task", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            if (e.getCause() instanceof Error cause) throw cause;
            throw new IllegalStateException(e.getCause());
        }
    }
}
