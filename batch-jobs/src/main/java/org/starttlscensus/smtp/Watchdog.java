package org.starttlscensus.smtp;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One thread for the whole program that closes sockets whose deadline has passed. A read has a time-out of its own. A
 * write to a peer that never reads has none: it ends only when another thread closes the socket. Thread-safe.
 */
final class Watchdog {

    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private Watchdog() {}

    static Future<?> after(long nanos, Runnable end) {
        return TIMER.schedule(() -> runAndReport(end), nanos, TimeUnit.NANOSECONDS);
    }

    /** The executor would swallow what a task throws, so this reports it. Other calls are not affected. */
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
