package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.CallSource;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.dispatch.NamedWaits;
import org.starttlscensus.dispatch.Precedence;
import org.starttlscensus.dispatch.PriorKnowledge;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.politeness.Blame;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.MailShares;
import org.starttlscensus.politeness.Pace;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.LedgerEntries;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.OnDemandCalls;
import org.starttlscensus.store.OperatorOverride;
import org.starttlscensus.store.OperatorOverrides;
import org.starttlscensus.store.Plans;
import org.starttlscensus.store.ProviderHistory;
import org.starttlscensus.store.StandingWaits;

/**
 * Reads the past of a night in the order in which {@link LedgerReplay} takes it: the calls of earlier nights within the
 * memory of a {@link Pace}, then tonight's plan, on-demand calls, operator overrides, and permits. Runs, on-demand
 * checks and read-only commands all use it, so all see the same state.
 */
final class LedgerReader {

    /** No call takes longer, with patient deadlines or in the lab. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(10);
    /** A read-only command makes no calls, so permits of dead processes need not be held. */
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
     * A replay of all permits of the night so far.
     *
     * @param lastOverride     id of the last operator override that it contains
     * @param lastOnDemandCall id of the last on-demand call that it contains
     */
    record Replayed(LedgerReplay replay, long lastOverride, long lastOnDemandCall) {}

    /** For a run: every endpoint of the plan may be called, primaries before their backups. */
    Replayed forRun(List<CallSource> sources, MaxCallDuration maxDuration) {
        return replay(
                sources,
                maxDuration,
                precedence -> new Plans(database).precedence(night, precedence::add),
                _ -> true,
                Looks.OF_THE_NIGHT);
    }

    /**
     * For on-demand calls: the past of all others counts in every limit. The caller orders primaries before backups.
     *
     * @param again whether those are called, too, that need no further call tonight
     */
    Replayed forCalls(List<CallSource> sources, MaxCallDuration maxDuration, Predicate<Call> mayCall, boolean again) {
        return replay(sources, maxDuration, _ -> {}, mayCall, again ? Looks.FURTHER : Looks.SECOND);
    }

    /** Which calls are made beside those of the plan. */
    private enum Looks {
        OF_THE_NIGHT,
        /** On-demand calls that were made are made again when due. */
        SECOND,
        /** The same, and calls that need no further one are made again. */
        FURTHER
    }

    /** For read-only commands. */
    LedgerReplay readOnly() {
        return replay(CallSource.CHOSEN_BY_SYSTEM, NO_CALL, _ -> {}, _ -> false, Looks.OF_THE_NIGHT)
                .replay();
    }

    private Replayed replay(
            List<CallSource> sources,
            MaxCallDuration maxDuration,
            Consumer<Precedence> precedes,
            Predicate<Call> mayCall,
            Looks looks) {
        var entries = new LedgerEntries(database);
        try (var past = entries.ofNight(night)) { // first: the server sorts them while the rest is read
            var precedence = new Precedence();
            precedes.accept(precedence);
            var replay = new LedgerReplay(limits, maxDuration, precedence, priorKnowledge(), sources, mayCall);
            if (looks != Looks.OF_THE_NIGHT) replay.withSecondLooks();
            if (looks == Looks.FURTHER) replay.withFurtherLooks();
            var overrides = new OperatorOverrides(database).after(0);
            overrides.forEach(replay::override);
            entries.before(night, Pace.memory(limits), LONGEST_CALL, replay::earlier);
            // what is known of earlier nights is without what was resumed since: older words end nothing again
            replay.nightBegins(
                    new Nights(database).opened(night).map(NightRow::openedAt).orElse(Instant.MIN));
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
                                            planned.oldVersionQuestion())
                                    .blaming(Blame.of(planned.chargesAddress(), planned.mailSets()))
                                    .withProbeKind(planned.probeKind())));
            var onDemandCall = new OnDemandCalls(database).after(night, 0);
            onDemandCall.forEach(one -> replay.onDemand(Call.onDemand(one.endpointId(), one.address(), one.provider())
                    .blaming(Blame.of(one.providerSource()))
                    .withProbeKind(one.probeKind())));
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
                providerHistory.addressesBlockedBefore(night),
                new MailShares(
                        providerHistory.mailOfProviders(night),
                        providerHistory.mailOfAddresses(night),
                        providerHistory.usuallyBlocked(night)),
                waits());
    }

    /** The longest of each. */
    private NamedWaits waits() {
        Map<String, Instant> providers = new HashMap<>();
        Map<Address, Instant> addresses = new HashMap<>();
        for (var wait :
                StandingWaits.atOpening(database, night, limits.timeScale()).all()) {
            if (wait.isOfProvider()) providers.putIfAbsent(wait.provider(), wait.until());
            addresses.putIfAbsent(wait.address(), wait.until());
        }
        return new NamedWaits(providers, addresses);
    }

    private static long last(List<Long> ids) {
        return ids.isEmpty() ? 0 : ids.getLast();
    }
}
