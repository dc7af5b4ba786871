package org.starttlscensus.ondemand;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.starttlscensus.dispatch.NotCalled;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.CallControl;
import org.starttlscensus.job.CallingMachine;
import org.starttlscensus.job.FaultIsolatingStore;
import org.starttlscensus.job.PostgresCallResultStore;
import org.starttlscensus.job.ProberFactory;
import org.starttlscensus.job.Progress;
import org.starttlscensus.job.RunMonitor;
import org.starttlscensus.job.StopSignal;
import org.starttlscensus.job.WarmUp;
import org.starttlscensus.ledger.CallEngine;
import org.starttlscensus.ledger.Ledger;
import org.starttlscensus.ondemand.CheckedServer.Finding;
import org.starttlscensus.ondemand.CheckedServer.NotMeasuredReason;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.RunLock;
import org.starttlscensus.store.RunRequests;

/**
 * Calls a few servers while this process holds the run lock. It uses the ledger, dispatcher, call engine and store of a
 * night. The ledger replays all permits of the night, but only the requested servers are called.
 */
final class OnDemandCaller {

    private final Database database;
    private final CensusSettings settings;
    private final InstantSource clock;
    private final Progress progress;
    private final StopSignal stopSignal;
    private final boolean again;

    /** @param again whether servers are called, too, that need no further call tonight */
    OnDemandCaller(
            Database database,
            CensusSettings settings,
            InstantSource clock,
            Progress progress,
            StopSignal stopSignal,
            boolean again) {
        this.again = again;
        this.database = database;
        this.settings = settings;
        this.clock = clock;
        this.progress = progress;
        this.stopSignal = stopSignal;
    }

    /**
     * Blocks until each server was called once, or cannot be called.
     *
     * @param patience the longest wait until the limits allow a call
     */
    Map<Long, Finding> call(Set<Long> endpointIds, CensusNight night, RunLock lock, Duration patience)
            throws InterruptedException {
        var control = new CallControl();
        try (var monitor = new RunMonitor(lock, new RunRequests(database), night, stopSignal, control, progress)) {
            monitor.start();
            var lease = new Nights(database).takeOver(night);
            var limits = settings.tonightsLimits();
            var ledger = Ledger.openFor(
                    endpointIds,
                    database,
                    lease,
                    WarmUp.sources(database, night, settings),
                    limits,
                    ProberFactory.wholeCall(settings),
                    again);
            if (again && ledger.toCall() == 0)
                return all(endpointIds, new Finding.NotMeasured(NotMeasuredReason.BUDGET));
            var latest = clock.instant().plus(patience);
            var tooLate = ledger.firstCallAt().filter(at -> at.isAfter(latest));
            if (tooLate.isPresent())
                return all(endpointIds, new Finding.NotMeasured(NotMeasuredReason.LATER, Optional.empty(), tooLate));
            try (var engine = new CallEngine(
                    ledger,
                    limits,
                    ProberFactory.caller(
                            CallingMachine.here(), database, settings, ProberFactory.gate(settings), clock),
                    ReplyClassifier::judge,
                    new FaultIsolatingStore(new PostgresCallResultStore(database, night, clock), progress),
                    clock)) {
                control.attach(engine);
                var findings = call(endpointIds, night, engine, patience);
                monitor.requireNoFailure();
                return findings;
            }
        }
    }

    private Map<Long, Finding> call(Set<Long> endpointIds, CensusNight night, CallEngine engine, Duration patience)
            throws InterruptedException {
        var waiting = new HashSet<>(endpointIds);
        try (var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("patience").daemon().factory())) {
            timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
            var _ = timer.schedule(engine::stop, patience.toMillis(), TimeUnit.MILLISECONDS);
            stopSignal.drainFirst(engine::stop);
            engine.start();
            while (true) {
                var stored = engine.stored();
                if (stored.isEmpty()) break;
                stored.get().stream()
                        .filter(call -> call.startedAt().isPresent())
                        .forEach(call -> waiting.remove(call.permit().endpointId()));
                progress.at(endpointIds.size() - waiting.size(), endpointIds.size());
                if (waiting.isEmpty()) engine.stop();
            }
            stopSignal.drained();
        }
        var findings = new HashMap<>(all(endpointIds, new Finding.Called(night)));
        waiting.forEach(id -> findings.put(
                id, notMeasured(Optional.ofNullable(engine.notCalled().get(id)))));
        return findings;
    }

    private Finding notMeasured(Optional<NotCalled> reason) {
        if (stopSignal.isRequested()) return new Finding.NotMeasured(NotMeasuredReason.STOPPED);
        return new Finding.NotMeasured(reason.map(known -> switch (known) {
                    case SUSPENDED -> NotMeasuredReason.SUSPENDED;
                    case BUDGET -> NotMeasuredReason.BUDGET;
                    case NO_IPV6 -> NotMeasuredReason.NO_IPV6;
                    case OPTED_OUT -> NotMeasuredReason.OPTED_OUT;
                    case WINDOW_END -> NotMeasuredReason.HELD_BY_OPERATOR;
                })
                .orElse(NotMeasuredReason.LATER));
    }

    private static Map<Long, Finding> all(Set<Long> endpointIds, Finding finding) {
        Map<Long, Finding> all = new HashMap<>();
        endpointIds.forEach(id -> all.put(id, finding));
        return all;
    }
}
