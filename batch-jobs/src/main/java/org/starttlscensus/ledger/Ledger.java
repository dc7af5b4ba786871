package org.starttlscensus.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.ChosenCall;
import org.starttlscensus.dispatch.Dispatcher;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.store.CommitAnswer;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.FencedException;
import org.starttlscensus.store.NightLease;
import org.starttlscensus.store.OnDemandCalls;
import org.starttlscensus.store.OperatorOverride;
import org.starttlscensus.store.OperatorOverrides;
import org.starttlscensus.store.Outage;
import org.starttlscensus.store.PermitSignal;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.ProviderHistory;

/** The contact ledger of one night in the hands of the process that holds the run lock and has taken the night over. */
public final class Ledger {

    private final Database database;
    private final NightLease lease;
    private final Optional<Address> source;
    private final Permits permits;
    private final Dispatcher dispatcher;
    /** Open permits of processes that are taken for dead, until one of them reports its call after all. */
    private final Map<Long, Call> orphaned;

    private final OperatorOverrides overrides;
    private final OnDemandCalls onDemand;
    private final ProviderHistory history;
    private long lastOverride;
    private long lastAsked;

    private Ledger(Database database, NightLease lease, Optional<Address> source, LedgerReader.Replayed replayed) {
        this.database = database;
        this.lease = lease;
        this.source = source;
        this.permits = new Permits(database);
        this.dispatcher = replayed.replay().dispatcher();
        this.orphaned = new HashMap<>(replayed.replay().orphaned());
        this.overrides = new OperatorOverrides(database);
        this.onDemand = new OnDemandCalls(database);
        this.history = new ProviderHistory(database);
        this.lastOverride = replayed.lastOverride();
        this.lastAsked = replayed.lastAsked();
    }

    /**
     * Folds what happened so far.
     *
     * @param source our address that calls are to be made from; empty where this machine chooses it
     */
    public static Ledger open(
            Database database, NightLease lease, Optional<Address> source, Limits limits, MaxCallDuration maxDuration) {
        return new Ledger(
                database, lease, source, new LedgerReader(database, lease.night(), limits).toCall(maxDuration));
    }

    /**
     * Folds what happened so far, to call nobody but these endpoints: the past of all others counts in every limit. Whoever asks
     * sees to it that a primary is called before its backups.
     */
    public static Ledger openFor(
            Set<Long> endpointIds,
            Database database,
            NightLease lease,
            Optional<Address> source,
            Limits limits,
            MaxCallDuration maxDuration) {
        return new Ledger(
                database,
                lease,
                source,
                new LedgerReader(database, lease.night(), limits)
                        .toCall(maxDuration, call -> endpointIds.contains(call.endpointId())));
    }

    /** Calls that are still to be permitted, as far as is known now. */
    public long toCall() {
        return dispatcher.queued();
    }

    /** When the first of them may begin; empty if there is none. Before the engine drives the dispatcher. */
    public Optional<Instant> firstCallAt() {
        return dispatcher.next();
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    /** The calls that somebody has asked for since the last question; none while the database is away. */
    List<Call> newOnDemandCalls() {
        var wishes = unlessAway(() -> onDemand.after(lease.night(), lastAsked));
        if (!wishes.isEmpty()) lastAsked = wishes.getLast().id();
        return wishes.stream()
                .map(wish -> Call.asked(wish.endpointId(), wish.address(), wish.provider()))
                .toList();
    }

    /**
     * Commits the permits of chosen calls; only then may anybody be called. While the database is away this waits, and permits
     * that are too late by then lapse unused. Whoever has asked us to stay away meanwhile gets none, and the dispatcher is told.
     *
     * @throws FencedException if another process has taken the night over
     */
    List<Permitted> commit(List<ChosenCall> chosen) {
        var rows = chosen.stream()
                .map(one -> new Permits.Chosen(
                        one.call().endpointId(),
                        one.call().number(),
                        one.call().patient(),
                        one.call().probeKind(),
                        one.startAt(),
                        one.dialBefore()))
                .toList();
        Map<Long, CommitAnswer> answers = new HashMap<>();
        database.persist(() -> {
            answers.clear();
            answers.putAll(permits.commit(lease, source, rows));
        });
        var permitted = new ArrayList<Permitted>(chosen.size());
        for (var one : chosen) {
            switch (Objects.requireNonNull(answers.get(one.call().endpointId()))) {
                case CommitAnswer.Granted granted -> permitted.add(permitted(one, granted));
                case CommitAnswer.OptedOut _ -> dispatcher.optedOut(one);
                case CommitAnswer.Fenced _ -> throw FencedException.of(lease);
            }
        }
        return permitted;
    }

    private Permitted permitted(ChosenCall chosen, CommitAnswer.Granted granted) {
        var call = chosen.call();
        return new Permitted(
                call,
                new Permit(
                        granted.permitId(),
                        call.endpointId(),
                        new Endpoint(granted.mxHost(), call.address()),
                        source,
                        call.provider(),
                        call.number(),
                        call.patient(),
                        call.probeKind(),
                        chosen.startAt(),
                        chosen.dialBefore()));
    }

    /** What nights to come must know is stored as it is learned: a night that breaks off forgets nothing. */
    void noteNewlyBlocking() {
        var blocking = dispatcher.takeNewlyBlocking();
        if (!blocking.isEmpty()) database.persist(() -> history.noteBlocked(lease.night(), blocking));
    }

    /** Gives back permits that were not used and will not be. */
    void release(List<Permitted> unused, Instant now) {
        if (unused.isEmpty()) return;
        var rows = unused.stream()
                .map(one -> new Permits.Used(
                        one.permit().id(),
                        Optional.empty(),
                        Optional.empty(),
                        PermitSignal.Unreported.NOT_DIALLED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .toList();
        database.persist(() -> permits.close(rows, now));
    }

    void abandon(List<Long> permitIds, Instant now) {
        if (!permitIds.isEmpty()) database.persist(() -> permits.abandon(permitIds, now));
    }

    /**
     * What processes that were taken for dead have heard meanwhile, in the order in which their calls ended; each is told once.
     * None while the database is away.
     */
    Map<Call, Permits.Report> lateReports() {
        Map<Call, Permits.Report> late = new LinkedHashMap<>();
        if (orphaned.isEmpty()) return late;
        unlessAway(() -> permits.reported(List.copyOf(orphaned.keySet())))
                .forEach(report -> late.put(orphaned.remove(report.permitId()), report));
        return late;
    }

    /** What the operator said of providers since the last question; empty while the database is away. */
    List<OperatorOverride> newOverrides() {
        var said = unlessAway(() -> overrides.after(lastOverride));
        if (!said.isEmpty()) lastOverride = said.getLast().id();
        return said;
    }

    private static <T> List<T> unlessAway(Supplier<List<T>> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            if (!Outage.isCausedBy(e)) throw e;
            return List.of();
        }
    }

    /** A call with its committed permit. */
    record Permitted(Call call, Permit permit) {}
}
