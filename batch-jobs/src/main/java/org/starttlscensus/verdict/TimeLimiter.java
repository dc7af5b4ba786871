package org.starttlscensus.verdict;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Bounds in time what the JDK does with a peer's octets, and takes whatever it throws over them for an answer. */
final class TimeLimiter {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Platform threads: one that hangs on a hostile chain must not keep a carrier of all virtual threads. */
    private static final ExecutorService BENCH = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("chain-judge-", 0).factory());

    private TimeLimiter() {}

    /** @param otherwise given the reason why there is no verdict */
    static <T> T judge(Callable<T> judging, Function<String, T> otherwise) {
        var verdict = BENCH.submit(judging);
        try {
            return verdict.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stuck) {
            verdict.cancel(true);
            return otherwise.apply("judging it took longer than " + PATIENCE.toSeconds() + " s");
        } catch (ExecutionException broken) {
            return otherwise.apply("the JDK broke over it: "
                    + Objects.requireNonNull(broken.getCause()).getClass().getSimpleName());
        } catch (InterruptedException interrupted) {
            verdict.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while judging; nothing was concluded", interrupted);
        }
    }
}
