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
import org.starttlscensus.dispatch.CallSource;
import org.starttlscensus.dispatch.ChosenCall;
import org.starttlscensus.dispatch.Dispatcher;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.politeness.Blame;
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

/**
 * The contact ledger of one night, for the process that holds the run lock and the lease of the night. Not thread-safe:
 * the dispatcher's thread uses it.
 */
public final class Ledger {

    private final Database database;
    private final NightLease lease;
    private final Permits permits;
    private final Dispatcher dispatcher;
    /**
     * Calls of open permits of processes that are presumed dead, by permit, until one of them is reported after all.
     */
    private final Map<Long, Call> orphaned;

    private final OperatorOverrides overrides;
    private final OnDemandCalls onDemand;
    private final ProviderHistory history;
    private long lastOverride;
    private long lastOnDemandCall;

    private Ledger(Database database, NightLease lease, LedgerReader.Replayed replayed) {
        this.database = database;
        this.lease = lease;
        this.permits = new Permits(database);
        this.dispatcher = replayed.replay().dispatcher();
        this.orphaned = new HashMap<>(replayed.replay().orphaned());
        this.overrides = new OperatorOverrides(database);
        this.onDemand = new OnDemandCalls(database);
        this.history = new ProviderHistory(database);
        this.lastOverride = replayed.lastOverride();
        this.lastOnDemandCall = replayed.lastOnDemandCall();
    }

    /**
     * Opens the ledger and replays tonight's past.
     *
     * @param sources our addresses from which calls are made
     */
    public static Ledger open(
            Database database, NightLease lease, List<CallSource> sources, Limits limits, MaxCallDuration maxDuration) {
        return new Ledger(
                database, lease, new LedgerReader(database, lease.night(), limits).forRun(sources, maxDuration));
    }

    /**
     * Opens the ledger to call only these endpoints. The past of all others counts in every limit. The caller must see
     * to it that primaries are called before their backups.
     *
     * @param again whether those are called, too, that need no further call tonight
     */
    public static Ledger openFor(
            Set<Long> endpointIds,
            Database database,
            NightLease lease,
            List<CallSource> sources,
            Limits limits,
            MaxCallDuration maxDuration,
            boolean again) {
        return new Ledger(
                database,
                lease,
                new LedgerReader(database, lease.night(), limits)
                        .forCalls(sources, maxDuration, call -> endpointIds.contains(call.endpointId()), again));
    }

    /** Calls that are still to be permitted, as far as is known now. */
    public long toCall() {
        return dispatcher.queued();
    }

    /** When the first of them may start; empty if there is none. Only before the engine starts. */
    public Optional<Instant> firstCallAt() {
        return dispatcher.next();
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    /** The on-demand calls that were requested since the last query; empty while the database is unreachable. */
    List<Call> newOnDemandCalls() {
        var requests = emptyIfUnreachable(() -> onDemand.after(lease.night(), lastOnDemandCall));
        if (!requests.isEmpty()) lastOnDemandCall = requests.getLast().id();
        return requests.stream()
                .map(request -> Call.onDemand(request.endpointId(), request.address(), request.provider())
                        .blaming(Blame.of(request.providerSource()))
                        .withProbeKind(request.probeKind()))
                .toList();
    }

    /**
     * Commits the permits of chosen calls. A call may be made only with a committed permit. While the database is
     * unreachable this waits, and permits that are too late by then lapse unused. An endpoint that was opted out
     * meanwhile gets no permit, and the dispatcher drops it.
     *
     * @throws FencedException if another process has taken over the night
     */
    List<Permitted> commit(List<ChosenCall> chosen) {
        var rows = chosen.stream()
                .map(one -> new Permits.Chosen(
                        one.call().endpointId(),
                        one.call().number(),
                        one.call().patient(),
                        one.call().probeKind(),
                        one.source(),
                        one.startAt(),
                        one.dialBefore()))
                .toList();
        Map<Long, CommitAnswer> answers = new HashMap<>();
        database.persist(() -> {
            answers.clear();
            answers.putAll(permits.commit(lease, rows));
        });
        var permitted = new ArrayList<Permitted>(chosen.size());
        for (var one : chosen) {
            switch (Objects.requireNonNull(answers.get(one.call().endpointId()))) {
                case CommitAnswer.Granted granted -> permitted.add(permitted(one, granted));
                case CommitAnswer.OptedOut _ -> dispatcher.optedOut(one.call(), one.startAt());
                case CommitAnswer.NotNow _ -> dispatcher.notPermitted(one.call(), one.startAt());
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
                        chosen.source(),
                        call.provider(),
                        call.number(),
                        call.patient(),
                        call.probeKind(),
                        chosen.startAt(),
                        chosen.dialBefore()));
    }

    /** Stores newly noticed blocks at once, for later nights: an aborted night loses none. */
    void noteNewlyBlocking() {
        var blocking = dispatcher.takeNewlyBlocking();
        if (blocking.isEmpty()) return;
        database.persist(() -> history.noteBlocked(lease.night(), blocking.providers(), blocking.addresses()));
    }

    /** Closes permits that were not used and will not be. */
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
        database.persist(() -> permits.close(lease.night(), rows, now));
    }

    void abandon(List<Long> permitIds, Instant now) {
        if (!permitIds.isEmpty()) database.persist(() -> permits.abandon(lease.night(), permitIds, now));
    }

    /**
     * Late reports of processes that were presumed dead, in the order in which their calls ended; each is returned
     * once. Empty while the database is unreachable.
     */
    Map<Call, Permits.Report> lateReports() {
        Map<Call, Permits.Report> late = new LinkedHashMap<>();
        if (orphaned.isEmpty()) return late;
        emptyIfUnreachable(() -> permits.reported(lease.night(), List.copyOf(orphaned.keySet())))
                .forEach(report -> late.put(orphaned.remove(report.permitId()), report));
        return late;
    }

    /** The operator overrides since the last query; empty while the database is unreachable. */
    List<OperatorOverride> newOverrides() {
        var found = emptyIfUnreachable(() -> overrides.after(lastOverride));
        if (!found.isEmpty()) lastOverride = found.getLast().id();
        return found;
    }

    private static <T> List<T> emptyIfUnreachable(Supplier<List<T>> query) {
        try {
            return query.get();
        } catch (RuntimeException e) {
            if (!Outage.isCausedBy(e)) throw e;
            return List.of();
        }
    }

    /** A call with its committed permit. */
    record Permitted(Call call, Permit permit) {}
}
