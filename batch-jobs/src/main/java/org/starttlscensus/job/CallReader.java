package org.starttlscensus.job;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.starttlscensus.fact.Counted;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.fact.NotAttempted;
import org.starttlscensus.ledger.CallEngine;
import org.starttlscensus.ledger.CallResultStore;
import org.starttlscensus.ledger.Caller;
import org.starttlscensus.ledger.FinishedCall;
import org.starttlscensus.ledger.Ledger;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.WindowSpan;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightLease;
import org.starttlscensus.store.Plans;

/**
 * Runs the call engine and hands out batches of stored calls in the order in which they finish. It saves nothing in
 * the execution context: on a restart the ledger is replayed from its permits.
 */
final class CallReader implements ItemStreamReader<List<FinishedCall>> {

    private final Database database;
    private final NightLease lease;
    private final CensusSettings settings;
    private final Caller caller;
    private final CallResultStore store;
    private final Progress progress;
    private final StopSignal stopSignal;
    private final CallControl control;
    private final InstantSource clock;
    private long done;
    private @Nullable CallEngine engine;

    CallReader(
            Database database,
            NightLease lease,
            CensusSettings settings,
            Caller caller,
            CallResultStore store,
            Progress progress,
            StopSignal stopSignal,
            CallControl control,
            InstantSource clock) {
        this.database = database;
        this.lease = lease;
        this.settings = settings;
        this.caller = caller;
        this.store = store;
        this.progress = progress;
        this.stopSignal = stopSignal;
        this.control = control;
        this.clock = clock;
    }

    @Override
    public void open(ExecutionContext context) {
        settings.windowInForce()
                .ifPresent(window -> NightCalendar.requireOpened(lease.night(), clock.instant(), window));
        progress.begin(NightStep.CALL);
        var limits = settings.tonightsLimits();
        var sources = WarmUp.sources(database, lease.night(), settings);
        var ledger = Ledger.open(database, lease, sources, limits, ProberFactory.wholeCall(settings));
        progress.at(0, ledger.toCall());
        var opened = new CallEngine(ledger, limits, caller, ReplyClassifier::judge, store, clock);
        settings.windowInForce().ifPresent(window -> closeWithWindow(opened, window.of(lease.night())));
        engine = opened;
        control.attach(opened);
        opened.start();
        stopSignal.drainFirst(opened::stop);
    }

    private void closeWithWindow(CallEngine engine, WindowSpan window) {
        engine.closeWindowAt(window.lastPermit());
        progress.say("calls are made until %s".formatted(window.lastPermit()));
    }

    @Override
    public @Nullable List<FinishedCall> read() throws InterruptedException {
        var stored = running().stored();
        if (stored.isPresent()) {
            done += stored.get().size();
            progress.at(done, done + running().remaining());
            return stored.get();
        }
        stopSignal.drained();
        if (stopSignal.isRequested()) return List.of(); // the step ends after this chunk
        storeReasonsOfNotCalling();
        progress.at(done, done); // whatever was left out
        return null;
    }

    @Override
    public void close() {
        if (engine != null) engine.close();
    }

    private void storeReasonsOfNotCalling() {
        new Plans(database).leaveOutOptedOut(lease.night());
        Map<Long, NotAttempted> reasons = running().notCalled().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().reason()));
        if (reasons.isEmpty()) return;
        new Plans(database).leaveOut(lease.night(), reasons);
        var counted = new TreeMap<NotAttempted, Long>();
        reasons.values().forEach(why -> counted.merge(why, 1L, Long::sum));
        progress.say("%s not called: %s"
                .formatted(
                        Counted.of(reasons.size(), "server was", "servers were"),
                        counted.entrySet().stream()
                                .map(entry -> "%,d because %s".formatted(entry.getValue(), words(entry.getKey())))
                                .collect(Collectors.joining(", "))));
    }

    private static String words(NotAttempted reason) {
        return switch (reason) {
            case WINDOW_END -> "the time for calls was over";
            case SUSPENDED -> "their provider has refused our calls";
            case OPTED_OUT -> "their operator has opted out";
            case BUDGET -> "one of our own limits for the night was reached";
            case INHERITED -> "other names of the same address were called";
            case NO_IPV6 -> "we have no IPv6";
            case SPECIAL_ADDRESS -> "their address is not a public one";
        };
    }

    private CallEngine running() {
        if (engine == null) throw new IllegalStateException("not open");
        return engine;
    }
}
