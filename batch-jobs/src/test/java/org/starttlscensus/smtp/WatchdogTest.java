package org.starttlscensus.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    @Test
    void reportsABugAndStillEndsTheOthers() throws InterruptedException {
        var reported = new ArrayBlockingQueue<Throwable>(1);
        var before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((_, bug) -> reported.add(bug));
        try {
            var bug = new IllegalStateException("a socket that cannot be closed");
            var _ = Watchdog.after(1, () -> {
                throw bug;
            });
            assertEquals(bug, reported.poll(20, TimeUnit.SECONDS));
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        var ended = new CountDownLatch(1);
        var _ = Watchdog.after(1, ended::countDown);
        assertTrue(ended.await(20, TimeUnit.SECONDS));
    }
}
