package org.starttlscensus.job;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.ledger.CallEngine;
import org.starttlscensus.ledger.Callers;
import org.starttlscensus.ledger.FinishedCall;
import org.starttlscensus.ledger.Ledger;
import org.starttlscensus.ledger.WholeCall;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.ReplyRules;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Plans;

/** Hands out calls as they finish. Nothing is kept for a restart but the ledger itself: opening it folds what happened. */
final class CallReader implements ItemStreamReader<List<FinishedCall>> {

    private final Database database;
    private final CensusNight night;
    private final Limits limits;
    private final WholeCall wholeCall;
    private final Callers callers;
    private final Progress progress;
    private final Stop stop;
    private final InstantSource clock;
    private long done;
    private @Nullable CallEngine engine;

    CallReader(Database database, CensusNight night, Limits limits, WholeCall wholeCall, Callers callers, Progress progress,
            Stop stop, InstantSource clock) {
        this.database = database;
        this.night = night;
        this.limits = limits;
        this.wholeCall = wholeCall;
        this.callers = callers;
        this.progress = progress;
        this.stop = stop;
        this.clock = clock;
    }

    @Override
    public void open(ExecutionContext context) {
        progress.begin("call");
        var ledger = Ledger.open(database, night, limits, wholeCall);
        progress.at(0, ledger.toCall());
        var opened = new CallEngine(ledger, limits, callers, ReplyRules::judge, clock);
        engine = opened;
        opened.start();
        stop.drainFirst(opened::stop);
    }

    @Override
    public @Nullable List<FinishedCall> read() throws InterruptedException {
        var finished = running().finished();
        if (finished.isPresent()) return finished.get();
        stop.drained();
        if (stop.isWished()) return List.of(); // the step ends behind this chunk
        noteWhoWasNotCalled();
        return null;
    }

    /** What was handed out is stored. */
    void stored(List<FinishedCall> calls) {
        running().stored(calls);
        done += calls.size();
        progress.at(done, Math.max(done, done + running().remaining() - calls.size()));
    }

    @Override
    public void close() {
        if (engine != null) engine.close();
    }

    private void noteWhoWasNotCalled() {
        Map<Long, String> reasons = running().notCalled().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().label()));
        if (!reasons.isEmpty()) new Plans(database).leaveOut(night, reasons);
    }

    private CallEngine running() {
        if (engine == null) throw new IllegalStateException("not open");
        return engine;
    }
}
