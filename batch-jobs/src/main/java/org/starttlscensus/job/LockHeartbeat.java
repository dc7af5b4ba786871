package org.starttlscensus.job;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.FencedException;
import org.starttlscensus.store.RunLock;

/** Shows once a second that the holder of the run lock is alive, for work that is no night. */
final class LockHeartbeat implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("lock-keeper").daemon().factory());
    private final RunLock lock;
    private volatile boolean lost;
    private volatile @Nullable Throwable failure;

    LockHeartbeat(RunLock lock) {
        this.lock = lock;
        var _ = timer.scheduleWithFixedDelay(this::renew, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * To be asked before anything is decided.
     *
     * @throws FencedException       if another run has the lock
     * @throws IllegalStateException if the lock could not be kept for another reason
     */
    void require(CensusNight since) {
        var cause = failure;
        if (lost) throw cause == null ? FencedException.lostLock(since) : FencedException.lostLock(since, cause);
        if (cause != null) throw new IllegalStateException("the run lock could not be kept", cause);
    }

    /** A timer shows nobody what its task throws, and never calls it again. */
    private void renew() {
        try {
            lost |= lock.renew() == RunLock.LockState.TAKEN;
        } catch (RuntimeException | Error e) {
            if (!timer.isShutdown()) failure = e;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
