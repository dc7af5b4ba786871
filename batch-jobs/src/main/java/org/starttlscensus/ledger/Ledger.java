package org.starttlscensus.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.MailShares;
import org.starttlscensus.store.AskedCalls;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Outage;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.Plans;
import org.starttlscensus.store.ProviderWord;
import org.starttlscensus.store.ProviderWords;
import org.starttlscensus.store.Standings;
import org.starttlscensus.store.Tenure;

/** The contact ledger of one night in the hands of the process that holds the run lock and has taken the night over. */
public final class Ledger {

    private final Database database;
    private final Tenure tenure;
    private final Permits permits;
    private final Dispatcher dispatcher;
    /** Open permits of processes that are taken for dead, until one of them reports its call after all. */
    private final Map<Long, Call> ghosts;
    private final ProviderWords words;
    private final AskedCalls asked;
    private long lastWord;
    private long lastAsked;

    private Ledger(Database database, Tenure tenure, Permits permits, Fold fold, long lastWord, long lastAsked) {
        this.database = database;
        this.tenure = tenure;
        this.permits = permits;
        this.dispatcher = fold.dispatcher();
        this.ghosts = new HashMap<>(fold.ghosts());
        this.words = new ProviderWords(database);
        this.asked = new AskedCalls(database);
        this.lastWord = lastWord;
        this.lastAsked = lastAsked;
    }

    /** Folds what happened so far. */
    public static Ledger open(Database database, Tenure tenure, Limits limits, WholeCall wholeCall) {
        return open(database, tenure, limits, wholeCall,
                precedence -> new Plans(database).precedence(tenure.night(), precedence::add), _ -> true);
    }

    /**
     * Folds what happened so far, to call nobody but these endpoints: the past of all others counts in every limit. Whoever asks
     * sees to it that a primary is called before its backups.
     */
    public static Ledger openFor(Set<Long> endpointIds, Database database, Tenure tenure, Limits limits, WholeCall wholeCall) {
        return open(database, tenure, limits, wholeCall, _ -> { }, call -> endpointIds.contains(call.endpointId()));
    }

    private static Ledger open(Database database, Tenure tenure, Limits limits, WholeCall wholeCall, Consumer<Precedence> precedes,
            Predicate<Call> concerns) {
        var night = tenure.night();
        var permits = new Permits(database);
        try (var past = permits.ofNight(night)) { // first, for the server sorts them while everything else is read
            var precedence = new Precedence();
            precedes.accept(precedence);
            var standings = new Standings(database);
            var beforehand = new Beforehand(standings.blockedBefore(night),
                    new MailShares(standings.mailOfProviders(night), standings.usuallyBlocked(night)));
            var fold = new Fold(limits, wholeCall, precedence, beforehand, concerns);
            new Plans(database).toCall(night, planned -> fold.planned(Call.first(planned.endpointId(), planned.address(), planned.provider(),
                    planned.position(), planned.isImplicit(), planned.isKnown(), planned.oldVersionQuestion())));
            var wishes = new AskedCalls(database).after(night, 0);
            wishes.forEach(wish -> fold.asked(call(wish)));
            var words = new ProviderWords(database).after(0);
            words.forEach(fold::said);
            past.forEach(fold::past);
            return new Ledger(database, tenure, permits, fold, words.isEmpty() ? 0 : words.getLast().id(),
                    wishes.isEmpty() ? 0 : wishes.getLast().id());
        }
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
    List<Call> newlyAsked() {
        var wishes = unlessAway(() -> asked.after(tenure.night(), lastAsked));
        if (!wishes.isEmpty()) lastAsked = wishes.getLast().id();
        return wishes.stream().map(Ledger::call).toList();
    }

    private static Call call(AskedCalls.Asked wish) {
        return Call.asked(wish.endpointId(), wish.address(), wish.provider());
    }

    /**
     * Commits the permits of chosen calls; only then may anybody be called. While the database is away this waits, and permits
     * that are too late by then lapse unused.
     *
     * @throws org.starttlscensus.store.FencedException if another process has taken the night over
     */
    List<Permitted> commit(List<ChosenCall> chosen) {
        var rows = chosen.stream().map(one -> new Permits.Chosen(
                one.call().endpointId(), one.call().number(), one.call().patient(), one.call().question(), one.startAt(), one.dialBefore())).toList();
        Map<Long, Permits.Committed> committed = new HashMap<>();
        database.persist(() -> committed.putAll(permits.commit(tenure, rows)));
        return chosen.stream().map(one -> permitted(one, committed.get(one.call().endpointId()))).toList();
    }

    private static Permitted permitted(ChosenCall chosen, Permits.Committed committed) {
        var call = chosen.call();
        return new Permitted(call, new Permit(committed.permitId(), call.endpointId(), new Endpoint(committed.mxHost(), call.address()),
                call.provider(), call.number(), call.patient(), call.question(), chosen.startAt(), chosen.dialBefore()));
    }

    /** Gives back permits that were not used and will not be. */
    void renounce(List<Permitted> unused, Instant now) {
        if (unused.isEmpty()) return;
        var rows = unused.stream().map(one -> new Permits.Used(one.permit().id(), Optional.empty(), Optional.empty(),
                Permits.NOT_DIALLED, Optional.empty(), Optional.empty(), Optional.empty())).toList();
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
        if (ghosts.isEmpty()) return late;
        unlessAway(() -> permits.reported(List.copyOf(ghosts.keySet())))
                .forEach(report -> late.put(ghosts.remove(report.permitId()), report));
        return late;
    }

    /** What the operator said of providers since the last question; empty while the database is away. */
    List<ProviderWord> newWords() {
        var said = unlessAway(() -> words.after(lastWord));
        if (!said.isEmpty()) lastWord = said.getLast().id();
        return said;
    }

    private static <T> List<T> unlessAway(Supplier<List<T>> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            if (!Outage.isBehind(e)) throw e;
            return List.of();
        }
    }

    /** A call with its committed permit. */
    record Permitted(Call call, Permit permit) {}
}
