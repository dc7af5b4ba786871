package org.starttlscensus.cli;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.starttlscensus.store.ReaderRole;

/** Ends readers that stay in one transaction for too long, also those that have lifted their own time-outs. */
final class ReaderWatch implements AutoCloseable {

    /** Three times the time-out that a reader's statement has by default. */
    static final Duration LONGEST = Duration.ofMinutes(15);

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("readers").daemon().factory());

    private ReaderWatch() {}

    static ReaderWatch over(ReaderRole role) {
        var watch = new ReaderWatch();
        var _ = watch.timer.scheduleWithFixedDelay(
                () -> end(role), INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    private static void end(ReaderRole role) {
        try {
            role.endOverlong(LONGEST);
        } catch (RuntimeException unreachable) {
            return; // it is tried again; an exception would end the timer
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
