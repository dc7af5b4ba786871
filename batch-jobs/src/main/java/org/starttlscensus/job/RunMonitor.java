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
 * Looks after a running night once a second: keeps the run lock, so that a process that is stopped loses it, and obeys the
 * operator. When another run has the lock, this one stops; so it does when looking after it fails, and then keeps its lock until
 * it has stopped.
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
            1, Thread.ofPlatform().name("run-watch").daemon().factory());
    private Optional<RecordedRequest> heeded = Optional.empty();
    private boolean away;
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

    /** Heeds what was asked before, and then goes on looking. */
    public void start() {
        obey(requests.latest(night));
        var _ = timer.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether another run has the lock: this one may decide nothing more. */
    boolean isLost() {
        return lost;
    }

    /** @throws IllegalStateException if looking after the run has failed, which is why it stopped */
    public void requireNoFailure() {
        if (failure != null) throw new IllegalStateException("the watch beside the night failed", failure);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** A timer shows nobody what its task throws, and never calls it again. */
    private void look() {
        try {
            lookAtLock();
        } catch (RuntimeException | Error e) {
            if (!timer.isShutdown()) fail(e);
        }
    }

    private void lookAtLock() {
        try {
            switch (lock.renew()) {
                case HELD -> lookAtRequests();
                case AWAY -> sayAway();
                case TAKEN -> giveUp();
            }
        } catch (RuntimeException e) {
            if (!Outage.isCausedBy(e)) throw e;
            sayAway();
        }
    }

    private void lookAtRequests() {
        if (failure != null) return;
        obey(requests.latest(night));
        if (away) progress.say("the database is back; the night goes on");
        away = false;
    }

    private void fail(Throwable why) {
        if (failure != null) return;
        failure = why;
        stopSignal.request();
        try {
            progress.say("the watch beside the night failed (%s): nobody more is called, what was measured is stored"
                    .formatted(DatabaseFault.words(why)));
        } catch (RuntimeException | Error unsaid) {
            if (!unsaid.equals(why)) why.addSuppressed(unsaid); // the lock must still be kept
        }
    }

    private void sayAway() {
        if (!away) progress.say("the database is away: nobody is called until it is back, and what was measured waits");
        away = true;
    }

    private void giveUp() {
        lost = true;
        stopSignal.request();
        progress.say("another run has the lock: this one calls nobody more, and stores what it has");
        timer.shutdown();
    }

    private void obey(Optional<RecordedRequest> latest) {
        if (latest.equals(heeded)) return;
        heeded = latest;
        latest.map(RecordedRequest::request).ifPresent(this::obey);
    }

    private void obey(Request request) {
        switch (request) {
            case PAUSE -> {
                control.pause(true);
                progress.say("paused by the operator: nobody is called until `census resume`");
            }
            case RESUME -> {
                control.pause(false);
                progress.say("resumed by the operator");
            }
            case STOP -> {
                control.closeWindow();
                progress.say(
                        "the operator asked to stop: nobody more is called tonight; what was measured is judged and published");
            }
        }
    }
}
