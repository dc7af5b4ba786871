package org.starttlscensus.ledger;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.dispatch.Precedence;
import org.starttlscensus.dispatch.PriorKnowledge;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.MailShares;
import org.starttlscensus.politeness.Pace;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.LedgerEntries;
import org.starttlscensus.store.OnDemandCalls;
import org.starttlscensus.store.OperatorOverride;
import org.starttlscensus.store.OperatorOverrides;
import org.starttlscensus.store.Plans;
import org.starttlscensus.store.ProviderHistory;

/**
 * Reads what a night's dispatcher must have been told, in the order in which a {@link LedgerReplay} takes it: what earlier nights said
 * within the memory of a {@link Pace}, then tonight's plan, what was asked for beside it, the operator's words, and the permits.
 * There is this one reading, whoever it is for: a run, a check, or somebody who only looks.
 */
final class LedgerReader {

    /** No call takes longer, patience of the lab or not. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(10);
    /** Nobody is called by whoever only looks, so no permit of a dead process needs to be held. */
    private static final MaxCallDuration NO_CALL = new MaxCallDuration(Duration.ZERO, Duration.ZERO);

    private final Database database;
    private final CensusNight night;
    private final Limits limits;

    LedgerReader(Database database, CensusNight night, Limits limits) {
        this.database = database;
        this.night = night;
        this.limits = limits;
    }

    /**
     * A dispatcher at the point to which the night's permits say it had come.
     *
     * @param lastOverride  number of the operator's last word that it heeds
     * @param lastAsked number of the last call that was asked for and that it knows
     */
    record Replayed(LedgerReplay replay, long lastOverride, long lastAsked) {}

    /** For a run: everybody of the plan may be called, a primary before its backups. */
    Replayed toCall(MaxCallDuration maxDuration) {
        return replay(maxDuration, precedence -> new Plans(database).precedence(night, precedence::add), _ -> true);
    }

    /** For a few calls: the past of all others counts in every limit. Whoever asks sees to it that a primary is called first. */
    Replayed toCall(MaxCallDuration maxDuration, Predicate<Call> whom) {
        return replay(maxDuration, _ -> {}, whom);
    }

    /** For whoever calls nobody. */
    LedgerReplay toLook() {
        return replay(NO_CALL, _ -> {}, _ -> false).replay();
    }

    private Replayed replay(MaxCallDuration maxDuration, Consumer<Precedence> precedes, Predicate<Call> concerns) {
        var entries = new LedgerEntries(database);
        try (var past = entries.ofNight(night)) { // first, for the server sorts them while everything else is read
            var precedence = new Precedence();
            precedes.accept(precedence);
            var replay = new LedgerReplay(limits, maxDuration, precedence, priorKnowledge(), concerns);
            var overrides = new OperatorOverrides(database).after(0);
            overrides.forEach(replay::override);
            entries.before(night, Pace.memory(limits), LONGEST_CALL, replay::earlier);
            replay.nightBegins();
            new Plans(database)
                    .toCall(
                            night,
                            planned -> replay.planned(Call.first(
                                    planned.endpointId(),
                                    planned.address(),
                                    planned.provider(),
                                    planned.position(),
                                    planned.isImplicit(),
                                    planned.isKnown(),
                                    planned.oldVersionQuestion())));
            var onDemandCall = new OnDemandCalls(database).after(night, 0);
            onDemandCall.forEach(one -> replay.asked(Call.asked(one.endpointId(), one.address(), one.provider())));
            past.forEach(replay::replay);
            return new Replayed(
                    replay,
                    last(overrides.stream().map(OperatorOverride::id).toList()),
                    last(onDemandCall.stream()
                            .map(OnDemandCalls.OnDemandCall::id)
                            .toList()));
        }
    }

    private PriorKnowledge priorKnowledge() {
        var providerHistory = new ProviderHistory(database);
        return new PriorKnowledge(
                providerHistory.blockedBefore(night),
                new MailShares(providerHistory.mailOfProviders(night), providerHistory.usuallyBlocked(night)));
    }

    private static long last(List<Long> ids) {
        return ids.isEmpty() ? 0 : ids.getLast();
    }
}
