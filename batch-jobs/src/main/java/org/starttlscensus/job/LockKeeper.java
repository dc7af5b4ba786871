package org.starttlscensus.job;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.FencedException;
import org.starttlscensus.store.RunLock;

/** Shows once a second that the holder of the run lock is alive, for work that is no night. */
final class LockKeeper implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().name("lock-keeper").daemon().factory());
    private volatile boolean lost;

    LockKeeper(RunLock lock) {
        timer.scheduleWithFixedDelay(() -> lost |= lock.renew() == RunLock.Standing.TAKEN, EVERY.toMillis(), EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** @throws FencedException if another run has the lock */
    void require(CensusNight since) {
        if (lost) throw FencedException.lostLock(since, null);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
