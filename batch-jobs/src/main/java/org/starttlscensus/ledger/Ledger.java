package org.starttlscensus.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.Plans;
import org.starttlscensus.store.Tenure;

/** The contact ledger of one night in the hands of the process that holds the run lock and has taken the night over. */
public final class Ledger {

    private final Database database;
    private final Tenure tenure;
    private final Permits permits;
    private final Dispatcher dispatcher;
    /** Open permits of processes that are taken for dead, until one of them reports after all. */
    private final Map<Long, Call> ghosts;

    private Ledger(Database database, Tenure tenure, Permits permits, Fold fold) {
        this.database = database;
        this.tenure = tenure;
        this.permits = permits;
        this.dispatcher = fold.dispatcher();
        this.ghosts = new HashMap<>(fold.ghosts());
    }

    /** Folds what happened so far. */
    public static Ledger open(Database database, Tenure tenure, Limits limits, WholeCall wholeCall) {
        var permits = new Permits(database);
        var night = tenure.night();
        var plans = new Plans(database);
        var precedence = new Precedence();
        plans.precedence(night, precedence::add);
        var fold = new Fold(limits, wholeCall, precedence);
        plans.toCall(night, planned -> fold.planned(Call.first(planned.endpointId(), planned.endpoint(), planned.provider(),
                planned.isImplicit())));
        permits.ofNight(night, fold::past);
        return new Ledger(database, tenure, permits, fold);
    }

    /** Calls that are still to be permitted, as far as is known now. */
    public long toCall() {
        return dispatcher.queued();
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    /**
     * Commits the permits of chosen calls; only then may anybody be called. While the database is away this waits, and permits
     * that are too late by then lapse unused.
     *
     * @throws org.starttlscensus.store.FencedException if another process has taken the night over
     */
    List<Permitted> commit(List<ChosenCall> chosen) {
        var rows = chosen.stream().map(one -> new Permits.Chosen(
                one.call().endpointId(), one.call().number(), one.call().patient(), one.startAt(), one.dialBefore())).toList();
        Map<Long, Long> ids = new HashMap<>();
        database.persist(() -> ids.putAll(permits.commit(tenure, rows)));
        return chosen.stream().map(one -> new Permitted(one.call(), new Permit(
                ids.get(one.call().endpointId()), one.call().endpointId(), one.call().endpoint(), one.call().provider(),
                one.call().number(), one.call().patient(), one.startAt(), one.dialBefore()))).toList();
    }

    /** Gives back permits that were not used and will not be. */
    void renounce(List<Permitted> unused, Instant now) {
        if (unused.isEmpty()) return;
        var rows = unused.stream().map(one -> new Permits.Used(one.permit().id(), Optional.empty(), Optional.empty(),
                Permits.NOT_DIALLED, Optional.empty(), Optional.empty())).toList();
        database.persist(() -> permits.close(rows, now));
    }

    void abandon(List<Long> permitIds, Instant now) {
        if (!permitIds.isEmpty()) database.persist(() -> permits.abandon(permitIds, now));
    }

    /** What processes that were taken for dead have heard meanwhile; each is told once. */
    List<LateReport> lateReports() {
        if (ghosts.isEmpty()) return List.of();
        var reports = new ArrayList<LateReport>();
        for (var permit : permits.reported(List.copyOf(ghosts.keySet()))) {
            var call = ghosts.remove(permit.permitId());
            permit.startedAt().ifPresent(startedAt -> reports.add(
                    new LateReport(call, ReplyClass.of(permit.signal().orElseThrow()), startedAt)));
        }
        return reports;
    }

    /** How a call of a process that was taken for dead ended. */
    record LateReport(Call call, ReplyClass signal, Instant startedAt) {}

    /** A call with its committed permit. */
    record Permitted(Call call, Permit permit) {}
}
