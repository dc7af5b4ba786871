package org.starttlscensus.job;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Two pieces of work at once, of which neither reads what the other writes: a statement of PostgreSQL that writes uses one
 * processor, so two of them use both.
 */
final class SideBySide {

    private SideBySide() {}

    /**
     * Ends when both have ended, also where one of them fails; then its exception is thrown. Where both do, the second is
     * attached to the first.
     *
     * @param here  on the caller's thread
     * @param there on a thread of its own, and so in no transaction of the caller's
     */
    static void run(Runnable here, Runnable there) {
        try (var threads = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("beside").factory())) {
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
            throw new IllegalStateException("interrupted while waiting for what was done beside", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            if (e.getCause() instanceof Error cause) throw cause;
            throw new IllegalStateException(e.getCause());
        }
    }
}
