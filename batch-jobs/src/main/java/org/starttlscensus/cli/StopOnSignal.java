package org.starttlscensus.cli;

import java.io.PrintWriter;
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

    /** @param words what becomes of the calls and of the night, for the operator */
    static <R> R whileRunning(NightRunner runner, Progress progress, String words, Supplier<R> night) {
        var hook = Thread.ofPlatform().name("stop").unstarted(() -> {
            runner.stop(); // before the message, because a blocked terminal must not delay it
            progress.say("stopping, in half a minute at most: " + words);
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
    static <R> R whileChecking(DomainCheck check, Progress progress, Callable<R> calls) throws Exception {
        var hook = Thread.ofPlatform().name("stop").unstarted(() -> {
            check.stop();
            progress.say("stopping: no more servers are called; an open call is finished and stored");
            isOverWithin(FOR_CALLS_TO_END);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return calls.call();
        } finally {
            remove(hook);
        }
    }

    /**
     * Before there is anything to stop: the JVM ends at once, and the operator reads what became of it.
     *
     * @return to be run when that is over
     */
    static Runnable saying(PrintWriter err, String words) {
        var hook = Thread.ofPlatform().name("stop").unstarted(() -> {
            err.println(words);
            err.flush();
        });
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> remove(hook);
    }

    /**
     * Ctrl-C ends the wait of the command; what it has open is closed before the JVM ends.
     *
     * @param end told that the command shall end
     * @return to be run when the command has ended by itself
     */
    static Runnable whileServing(Runnable end) {
        var hook = Thread.ofPlatform().name("stop").unstarted(() -> {
            end.run();
            isOverWithin(FOR_CALLS_TO_END);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> remove(hook);
    }

    /**
     * Ctrl-C on a terminal reaches the other program too, which may go on after it. So we stay until it has ended, and
     * end as it does. Where there is no terminal, the signal was meant for us: we end the other program.
     *
     * @return to be run when the other program has ended by itself
     */
    static Runnable whileOnTerminal(Process other) {
        var isOnTerminal = Boolean.getBoolean("census.terminal"); // the launcher knows
        var hook = Thread.ofPlatform().name("stop").unstarted(() -> {
            if (!isOnTerminal) other.destroy();
            int exit = other.onExit().join().exitValue();
            isOverWithin(FOR_CALLS_TO_END);
            if (isOnTerminal) Runtime.getRuntime().halt(exit);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> remove(hook);
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
