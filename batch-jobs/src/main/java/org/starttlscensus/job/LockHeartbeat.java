package org.starttlscensus.job;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.FencedException;
import org.starttlscensus.store.RunLock;

/**
 * Renews the run lock once a second, for work that is not a night and so has no {@link RunMonitor}. Without renewal
 * the server gives the lock away after 30 seconds. Thread-safe: the timer thread writes the state, the working thread
 * reads it.
 */
public final class LockHeartbeat implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("lock-heartbeat").daemon().factory());
    private final RunLock lock;
    private volatile boolean lost;
    private volatile @Nullable Throwable failure;

    public LockHeartbeat(RunLock lock) {
        this.lock = lock;
        var _ = timer.scheduleWithFixedDelay(this::renew, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * To be called before each write.
     *
     * @param night for the message
     * @throws FencedException       if another run has the lock
     * @throws IllegalStateException if the lock could not be renewed for another reason
     */
    void requireHeld(CensusNight night) {
        var cause = failure;
        if (lost) throw cause == null ? FencedException.lostLock(night) : FencedException.lostLock(night, cause);
        if (cause != null) throw new IllegalStateException("the run lock could not be renewed", cause);
    }

    /** A scheduled executor hides what a task throws and never runs that task again, so everything is caught here. */
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
