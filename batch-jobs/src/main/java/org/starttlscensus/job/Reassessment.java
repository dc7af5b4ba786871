package org.starttlscensus.job;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Chains;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Evidence;
import org.starttlscensus.store.Reassessments;
import org.starttlscensus.store.Reassessments.OutdatedNight;
import org.starttlscensus.store.Reassessments.Stand;
import org.starttlscensus.store.RunLock;
import org.starttlscensus.store.TrustStores.StoredStore;
import org.starttlscensus.store.Verdicts;
import org.starttlscensus.verdict.TrustStore;

/**
 * Draws verdicts on past nights again from what was stored, without any network: every chain once by each trust store; and,
 * where a night was judged by older definitions, its servers and domains, whose verdicts until then are kept beside.
 *
 * <p>Each page of chains and each night is one transaction. A process that dies leaves the rest to the next.
 */
public final class Reassessment {

    private static final int CHAINS_AT_ONCE = 200;
    private static final int SERVERS_AT_ONCE = 500;

    private final Database database;
    private final CensusSettings settings;
    private final Progress progress;
    private final InstantSource clock;
    private final Reassessments reassessments;
    private final Chains chains;

    public Reassessment(Database database, CensusSettings settings, Progress progress, InstantSource clock) {
        this.database = database;
        this.settings = settings;
        this.progress = progress;
        this.clock = clock;
        this.reassessments = new Reassessments(database);
        this.chains = new Chains(database);
    }

    /**
     * What one trust store says of the chains.
     *
     * @param goneOnFrom chains that a process before this one had judged already
     * @param changed    how many came out otherwise than before by the same method
     */
    public record OfOneStore(String trustStore, long chains, long goneOnFrom, long changed) {}

    /**
     * @param nights  nights whose servers and domains were judged again
     * @param skipped nights by other definitions whose trust store is not known here any more
     */
    public record ReassessmentResult(List<OfOneStore> stores, List<CensusNight> nights, List<CensusNight> skipped) {

        public ReassessmentResult {
            stores = List.copyOf(stores);
            nights = List.copyOf(nights);
            skipped = List.copyOf(skipped);
        }
    }

    /**
     * @param given only this trust store, beside those of before; empty: all that ever judged here, and the nights themselves
     * @param lock  held for as long as this runs: a night must not judge at the same time
     */
    public ReassessmentResult run(CensusNight since, Optional<TrustStore> given, RunLock lock) {
        if (!lock.isHeld()) throw new IllegalStateException("the run lock is not held");
        try (var keeper = new LockHeartbeat(lock)) {
            return run(since, given, keeper);
        }
    }

    private ReassessmentResult run(CensusNight since, Optional<TrustStore> given, LockHeartbeat keeper) {
        var caches = given.map(store -> ChainVerdictCaches.ofOne(store, database, clock))
                .orElseGet(() -> ChainVerdictCaches.ofAllTimes(ConfiguredTrustStore.of(settings), database, clock));
        var judged = new ArrayList<OfOneStore>();
        for (var store : caches.stores()) judged.add(judge(since, store, caches.of(store), keeper));
        var nights = new ArrayList<CensusNight>();
        var skipped = new ArrayList<CensusNight>();
        if (given.isEmpty()) {
            for (var night : reassessments.outdated(since, MethodVersion.VERSION)) {
                var cache = caches.named(night.trustStore());
                cache.ifPresent(own -> judge(night, caches, own, keeper));
                (cache.isPresent() ? nights : skipped).add(night.night());
            }
        }
        return new ReassessmentResult(judged, nights, skipped);
    }

    private OfOneStore judge(CensusNight since, StoredStore store, ChainVerdictCache cache, LockHeartbeat keeper) {
        progress.begin("chains by " + store.name());
        var stand = reassessments.open(since, store.id(), MethodVersion.VERSION, clock.instant());
        var goneOnFrom = stand.chains();
        while (true) {
            var page = chains.seenSince(since, stand.judgedUpTo(), CHAINS_AT_ONCE);
            if (page.isEmpty()) break;
            keeper.require(since);
            stand = judge(page, stand, cache);
            progress.at(stand.chains(), 0);
        }
        reassessments.complete(stand, clock.instant());
        return new OfOneStore(store.name(), stand.chains(), goneOnFrom, stand.changed());
    }

    private Stand judge(List<Long> page, Stand before, ChainVerdictCache cache) {
        return database.transactions().execute(_ -> {
            var changed = cache.judgeAgain(page);
            var after =
                    new Stand(before.id(), page.getLast(), before.chains() + page.size(), before.changed() + changed);
            reassessments.advance(after);
            return after;
        });
    }

    private void judge(OutdatedNight outdated, ChainVerdictCaches caches, ChainVerdictCache own, LockHeartbeat keeper) {
        var night = outdated.night();
        progress.begin("night " + night);
        var judge = new ServerJudge(own, settings.tonightsLimits().endpoint().gap());
        var verdicts = new Verdicts(database);
        try (var evidence = new EvidenceReader(new Evidence(database), caches, night, progress)) {
            database.transactions().executeWithoutResult(_ -> {
                reassessments.keep(night, clock.instant());
                evidence.begin(0);
                for (var page = evidence.next(SERVERS_AT_ONCE);
                        !page.isEmpty();
                        page = evidence.next(SERVERS_AT_ONCE)) {
                    keeper.require(night);
                    verdicts.save(
                            night,
                            MethodVersion.VERSION,
                            page.stream().map(judge::judge).toList());
                }
                verdicts.confirm(night, settings.tonightsLimits().endpoint().gap());
                verdicts.inherit(night);
                verdicts.rollUpDomains(night, MethodVersion.VERSION);
            });
        }
    }
}
