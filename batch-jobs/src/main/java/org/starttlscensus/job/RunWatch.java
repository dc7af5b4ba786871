package org.starttlscensus.job;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.Outage;
import org.starttlscensus.store.RunLock;
import org.starttlscensus.store.RunRequests;
import org.starttlscensus.store.RunRequests.Asked;
import org.starttlscensus.store.RunRequests.Request;

/**
 * Looks after a running night once a second: keeps the run lock, so that a process that is stopped loses it, and obeys the
 * operator. When another run has the lock, this one stops.
 */
final class RunWatch implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final RunLock lock;
    private final RunRequests requests;
    private final CensusNight night;
    private final Stop stop;
    private final CallControl control;
    private final Progress progress;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().name("run-watch").daemon().factory());
    private Optional<Asked> heeded = Optional.empty();
    private boolean away;
    private volatile boolean lost;

    RunWatch(RunLock lock, RunRequests requests, CensusNight night, Stop stop, CallControl control, Progress progress) {
        this.lock = lock;
        this.requests = requests;
        this.night = night;
        this.stop = stop;
        this.control = control;
        this.progress = progress;
    }

    /** Heeds what was asked before, and then goes on looking. */
    void start() {
        obey(requests.latest(night));
        timer.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether another run has the lock: this one may decide nothing more. */
    boolean isLost() {
        return lost;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void look() {
        switch (lock.renew()) {
            case HELD -> lookAtRequests();
            case AWAY -> sayAway();
            case TAKEN -> giveUp();
        }
    }

    private void lookAtRequests() {
        try {
            obey(requests.latest(night));
            if (away) progress.say("the database is back; the night goes on");
            away = false;
        } catch (RuntimeException e) {
            if (!Outage.isBehind(e)) throw e;
            sayAway();
        }
    }

    private void sayAway() {
        if (!away) progress.say("the database is away: nobody is called until it is back, and what was measured waits");
        away = true;
    }

    private void giveUp() {
        lost = true;
        progress.say("another run has the lock: this one calls nobody more, and stores what it has");
        stop.wish();
        timer.shutdown();
    }

    private void obey(Optional<Asked> latest) {
        if (latest.equals(heeded)) return;
        heeded = latest;
        latest.map(Asked::request).ifPresent(this::obey);
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
                progress.say("the operator asked to stop: nobody more is called tonight; what was measured is judged and published");
            }
        }
    }
}
