package org.starttlscensus.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.starttlscensus.job.NightRunner;
import org.starttlscensus.job.Progress;
import org.starttlscensus.ondemand.DomainCheck;

/**
 * SIGTERM and Ctrl-C: no more servers are called, and open calls are stored. Calls that take longer than 18 seconds are
 * closed and stored as faults of ours. The night can then be resumed. The JVM ends with 143 or 130 by itself.
 */
final class StopOnSignal {

    /**
     * With {@link #FOR_STORING} 24 s. Service managers may kill a process after 30 s, and a busy machine needs some
     * seconds to end it.
     */
    private static final Duration FOR_CALLS_TO_END = Duration.ofSeconds(18);

    private static final Duration FOR_STORING = Duration.ofSeconds(6);

    private static final CountDownLatch COMMAND_IS_OVER = new CountDownLatch(1);

    private StopOnSignal() {}

    static <R> R whileRunning(NightRunner runner, Progress progress, Supplier<R> night) {
        var hook = Thread.ofPlatform().name("stop").unstarted(() -> {
            runner.stop(); // before the message, because a blocked terminal must not delay it
            progress.say("stopping: open calls are finished and stored; the next `census run` continues from here");
            if (isOverWithin(FOR_CALLS_TO_END)) return;
            runner.cutShort();
            isOverWithin(FOR_STORING);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return night.get();
        } finally {
            remove(hook);
        }
    }

    /** The same for a check. Its few calls are ended by their own deadlines. */
    static <R> R whileChecking(DomainCheck check, Callable<R> calls) throws Exception {
        var hook = Thread.ofPlatform().name("stop").unstarted(() -> {
            check.stop();
            isOverWithin(FOR_CALLS_TO_END);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return calls.call();
        } finally {
            remove(hook);
        }
    }

    /** To be called when everything is stored and closed, so that the JVM need not wait any longer. */
    static void commandIsOver() {
        COMMAND_IS_OVER.countDown();
    }

    private static boolean isOverWithin(Duration patience) {
        try {
            return COMMAND_IS_OVER.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            return; // it is running
        }
    }
}
