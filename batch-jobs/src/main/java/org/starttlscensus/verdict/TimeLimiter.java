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

/** Limits the time that the JDK spends on a peer's octets, and turns what it throws into a verdict. Thread-safe. */
final class TimeLimiter {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);

    /** Platform threads, because a thread that hangs on a hostile chain must not block a carrier of virtual threads. */
    private static final ExecutorService EXECUTOR = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("chain-judge-", 0).factory());

    private TimeLimiter() {}

    /** @param otherwise makes the result from the reason why there is no verdict */
    static <T> T judge(Callable<T> judging, Function<String, T> otherwise) {
        var verdict = EXECUTOR.submit(judging);
        try {
            return verdict.get(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stuck) {
            verdict.cancel(true);
            return otherwise.apply("judging it took longer than " + TIME_LIMIT.toSeconds() + " s");
        } catch (ExecutionException broken) {
            return otherwise.apply("the JDK failed on it: "
                    + Objects.requireNonNull(broken.getCause()).getClass().getSimpleName());
        } catch (InterruptedException interrupted) {
            verdict.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while judging; nothing was concluded", interrupted);
        }
    }
}
