package org.starttlscensus.job;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.DatabaseFault;
import org.starttlscensus.store.Outage;
import org.starttlscensus.store.RunLock;
import org.starttlscensus.store.RunRequests;
import org.starttlscensus.store.RunRequests.RecordedRequest;
import org.starttlscensus.store.RunRequests.Request;

/**
 * Once a second during a run: renews the run lock, and carries out the operator's latest request. A suspended process
 * does not renew its lock and so loses it.
 *
 * <p>The run stops when another run has the lock. It also stops when the monitor itself fails; the lock is then still
 * renewed until the run has ended. Thread-safe: one timer thread changes the state, and the run's thread reads it.
 */
public final class RunMonitor implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final RunLock lock;
    private final RunRequests requests;
    private final CensusNight night;
    private final StopSignal stopSignal;
    private final CallControl control;
    private final Progress progress;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("run-monitor").daemon().factory());
    private Optional<RecordedRequest> lastObeyed = Optional.empty();
    private boolean databaseAway;
    private volatile boolean lost;
    private volatile @Nullable Throwable failure;

    public RunMonitor(
            RunLock lock,
            RunRequests requests,
            CensusNight night,
            StopSignal stopSignal,
            CallControl control,
            Progress progress) {
        this.lock = lock;
        this.requests = requests;
        this.night = night;
        this.stopSignal = stopSignal;
        this.control = control;
        this.progress = progress;
    }

    /** Carries out the request that is recorded already, then starts the timer. */
    public void start() {
        obey(requests.latest(night));
        var _ = timer.scheduleWithFixedDelay(this::check, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether another run has the lock. This one must then write nothing more. */
    boolean isLost() {
        return lost;
    }

    /** @throws IllegalStateException if the monitor failed, which is then why the run stopped */
    public void requireNoFailure() {
        if (failure != null) throw new IllegalStateException("the run monitor failed", failure);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** A scheduled executor hides what a task throws and never runs that task again, so everything is caught here. */
    private void check() {
        try {
            checkLock();
        } catch (RuntimeException | Error e) {
            if (!timer.isShutdown()) fail(e);
        }
    }

    private void checkLock() {
        try {
            switch (lock.renew()) {
                case HELD -> checkRequests();
                case AWAY -> reportDatabaseAway();
                case TAKEN -> giveUp();
            }
        } catch (RuntimeException e) {
            if (!Outage.isCausedBy(e)) throw e;
            reportDatabaseAway();
        }
    }

    private void checkRequests() {
        if (failure != null) return;
        obey(requests.latest(night));
        if (databaseAway) progress.say("the database is back; the night goes on");
        databaseAway = false;
    }

    private void fail(Throwable why) {
        if (failure != null) return;
        failure = why;
        stopSignal.request();
        try {
            progress.say("the run monitor failed (%s): no more servers are called, and the results so far are stored"
                    .formatted(DatabaseFault.words(why)));
        } catch (RuntimeException | Error sayFault) {
            if (!sayFault.equals(why)) why.addSuppressed(sayFault); // do not throw: the lock must still be renewed
        }
    }

    private void reportDatabaseAway() {
        if (!databaseAway) {
            progress.say("the database is away: until it is back no server is called, and results wait in memory");
        }
        databaseAway = true;
    }

    private void giveUp() {
        lost = true;
        stopSignal.request();
        progress.say("another run has taken the lock: this one calls no more servers and stops");
        timer.shutdown();
    }

    private void obey(Optional<RecordedRequest> latest) {
        if (latest.equals(lastObeyed)) return;
        lastObeyed = latest;
        latest.map(RecordedRequest::request).ifPresent(this::obey);
    }

    private void obey(Request request) {
        switch (request) {
            case PAUSE -> {
                control.pause(true);
                progress.paused(true);
                progress.say("paused by the operator: no server is called until `census resume`");
            }
            case RESUME -> {
                control.pause(false);
                progress.paused(false);
                progress.say("resumed by the operator");
            }
            case STOP -> {
                control.closeWindow();
                progress.paused(false);
                progress.say("stopped by the operator: no more servers are called tonight; "
                        + "what was measured is judged and published");
            }
        }
    }
}
