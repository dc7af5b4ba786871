package org.starttlscensus.smtp;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread for the whole program that ends what has outlived its deadline. A read keeps its own time; a write to a
 * peer that never reads does not, and only closing the socket from outside ends it.
 */
final class Watchdog {

    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private Watchdog() {}

    static Future<?> after(long nanos, Runnable end) {
        return TIMER.schedule(() -> runAndReport(end), nanos, TimeUnit.NANOSECONDS);
    }

    /** A timer shows nobody what its tasks throw. The other calls go on. */
    private static void runAndReport(Runnable end) {
        try {
            end.run();
        } catch (RuntimeException | Error bug) {
            var thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, bug);
        }
    }

    private static ScheduledThreadPoolExecutor timer() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("call-watchdog").factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
