package org.starttlscensus.ondemand;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.Progress;
import org.starttlscensus.job.StopSignal;
import org.starttlscensus.ondemand.CheckedServer.Finding;
import org.starttlscensus.ondemand.CheckedServer.NotMeasuredReason;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.OnDemandCalls;
import org.starttlscensus.store.OnDemandCalls.EndpointStatus;
import org.starttlscensus.store.RunLock;
import org.starttlscensus.store.RunLockAnswer;

/**
 * Has servers called by the dispatcher that may decide now: this process's own if the run lock is free or becomes
 * free, else that of the run which holds it.
 */
final class OnDemandDispatch {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private final Database database;
    private final CensusSettings settings;
    private final InstantSource clock;
    private final Progress progress;
    private final StopSignal stopSignal;
    private final CensusNight night;
    private final Duration patience;
    private final boolean again;
    private final OnDemandCalls onDemand;

    /** @param again whether servers are called, too, that need no further call tonight */
    OnDemandDispatch(
            Database database,
            CensusSettings settings,
            InstantSource clock,
            Progress progress,
            StopSignal stopSignal,
            CensusNight night,
            Duration patience,
            boolean again) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.progress = progress;
        this.stopSignal = stopSignal;
        this.night = night;
        this.patience = patience;
        this.again = again;
        this.onDemand = new OnDemandCalls(database);
    }

    /**
     * Blocks until all were called, or the time is over.
     *
     * @param requested by endpoint id
     * @param wanted    the same, as the dispatcher of a run needs them
     */
    Map<Long, Finding> call(Map<Long, EndpointStatus> requested, List<OnDemandCalls.RequestedCall> wanted)
            throws InterruptedException {
        request(wanted);
        Map<Long, Finding> findings = new HashMap<>();
        Map<Long, EndpointStatus> open = new HashMap<>(requested);
        var until = System.nanoTime() + patience.toNanos();
        Optional<RunLock.Holder> told = Optional.empty();
        while (true) {
            switch (database.askForRunLock(RunLock.Holder.CHECK)) {
                case RunLockAnswer.Acquired(var lock) -> {
                    try (var held = lock) {
                        return byThisProcess(open, findings, wanted, held);
                    }
                }
                case RunLockAnswer.HeldBy(var holder) -> {
                    if (!told.equals(Optional.of(holder))) progress.say(waitingFor(holder));
                    told = Optional.of(holder);
                    takeCalled(open, findings);
                    if (open.isEmpty()) return findings;
                    if (stopSignal.isRequested() || System.nanoTime() > until) {
                        open.forEach((id, status) -> findings.put(id, notCalled(holder, status)));
                        return findings;
                    }
                }
            }
            TimeUnit.NANOSECONDS.sleep(POLL_INTERVAL.toNanos());
        }
    }

    /** Whoever had the lock until now may have called them: then that is the result, and no reason to call again. */
    private Map<Long, Finding> byThisProcess(
            Map<Long, EndpointStatus> open,
            Map<Long, Finding> findings,
            List<OnDemandCalls.RequestedCall> wanted,
            RunLock held)
            throws InterruptedException {
        takeCalled(open, findings);
        if (open.isEmpty()) return findings;
        request(wanted.stream()
                .filter(call -> open.containsKey(call.endpointId()))
                .toList());
        findings.putAll(new OnDemandCaller(database, settings, clock, progress, stopSignal, again)
                .call(open.keySet(), night, held, patience));
        return findings;
    }

    private static String waitingFor(RunLock.Holder holder) {
        return switch (holder) {
            case RUN -> "a night is running: it was asked to make the call, and decides when";
            case CHECK -> "another check is making its calls: this one comes after it";
            case WORK -> "another command is at work in the database: the calls come after it";
        };
    }

    private Finding notCalled(RunLock.Holder holder, EndpointStatus status) {
        if (stopSignal.isRequested()) return new Finding.NotMeasured(NotMeasuredReason.STOPPED);
        return new Finding.NotMeasured(
                switch (holder) {
                    case RUN -> status.isPlanned() ? NotMeasuredReason.PLANNED : NotMeasuredReason.RUN_AT_WORK;
                    case CHECK, WORK -> NotMeasuredReason.DATABASE_BUSY;
                });
    }

    /** The row of the night may have been that of a dry run, which has removed it at its end. */
    private void request(List<OnDemandCalls.RequestedCall> wanted) {
        DomainCheck.open(night, database, settings, clock);
        onDemand.request(night, wanted, clock.instant());
    }

    private void takeCalled(Map<Long, EndpointStatus> open, Map<Long, Finding> findings) {
        var endpoints = open.values().stream().map(EndpointStatus::endpoint).toList();
        onDemand.status(night, endpoints, clock.instant().minus(DomainCheck.REUSE_PERIOD)).stream()
                .filter(status -> status.lastCall().isPresent()
                        && !status.lastCall()
                                .equals(Objects.requireNonNull(open.get(status.endpointId()))
                                        .lastCall()))
                .forEach(status -> {
                    findings.put(status.endpointId(), new Finding.Called(night));
                    open.remove(status.endpointId());
                });
    }
}
