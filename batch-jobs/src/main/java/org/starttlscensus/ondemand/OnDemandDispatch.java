package org.starttlscensus.ondemand;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final OnDemandCalls onDemand;

    OnDemandDispatch(
            Database database,
            CensusSettings settings,
            InstantSource clock,
            Progress progress,
            StopSignal stopSignal,
            CensusNight night,
            Duration patience) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.progress = progress;
        this.stopSignal = stopSignal;
        this.night = night;
        this.patience = patience;
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
        for (var isFirst = true; ; isFirst = false) {
            var lock = database.tryRunLock(RunLock.Holder.CHECK);
            if (lock.isPresent()) {
                try (var held = lock.get()) {
                    request(wanted);
                    findings.putAll(new OnDemandCaller(database, settings, clock, progress, stopSignal)
                            .call(open.keySet(), night, held, patience));
                    return findings;
                }
            }
            if (isFirst) progress.say("a night is running: it was asked to make the call, and decides when");
            takeCalled(open, findings);
            if (open.isEmpty()) return findings;
            if (stopSignal.isRequested() || System.nanoTime() > until) break;
            TimeUnit.NANOSECONDS.sleep(POLL_INTERVAL.toNanos());
        }
        open.forEach((id, status) -> findings.put(
                id,
                new Finding.NotMeasured(
                        status.isPlanned() ? NotMeasuredReason.PLANNED : NotMeasuredReason.RUN_AT_WORK)));
        return findings;
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
