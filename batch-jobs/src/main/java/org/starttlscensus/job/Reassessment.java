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
 * Judges past nights again from what was stored, without any network. Every certificate chain is judged once by each
 * trust store. If a night was judged by older definitions, its servers and domains are judged again, too, and their
 * earlier verdicts are kept in {@code former_verdict}.
 *
 * <p>Each page of chains and each night is one transaction. If the process dies, the next one continues from there.
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
     * What judging by one trust store came to.
     *
     * @param resumedAfter chains that an earlier process had already judged in this reassessment
     * @param changed      chains whose verdict changed by the same method
     */
    public record TrustStoreResult(String trustStore, long chains, long resumedAfter, long changed) {}

    /**
     * @param nights  nights whose servers and domains were judged again
     * @param skipped nights by older definitions that were left as they are, because their trust store is not available
     */
    public record ReassessmentResult(
            List<TrustStoreResult> stores, List<CensusNight> nights, List<CensusNight> skipped) {

        public ReassessmentResult {
            stores = List.copyOf(stores);
            nights = List.copyOf(nights);
            skipped = List.copyOf(skipped);
        }
    }

    /**
     * @param given judge chains by this trust store only; empty: by every one that ever judged in this database, and
     *              judge nights of older definitions again, too
     * @param lock  held during the whole reassessment, because no night may judge at the same time
     */
    public ReassessmentResult run(CensusNight since, Optional<TrustStore> given, RunLock lock) {
        if (!lock.isHeld()) throw new IllegalStateException("the run lock is not held");
        try (var heartbeat = new LockHeartbeat(lock)) {
            return run(since, given, heartbeat);
        }
    }

    private ReassessmentResult run(CensusNight since, Optional<TrustStore> given, LockHeartbeat heartbeat) {
        var caches = given.map(store -> ChainVerdictCaches.ofOne(store, database, clock))
                .orElseGet(() -> ChainVerdictCaches.ofAllTimes(
                        ConfiguredTrustStore.of(settings, database, CensusNight.today(clock)), database, clock));
        var judged = new ArrayList<TrustStoreResult>();
        for (var store : caches.stores()) judged.add(judge(since, store, caches.of(store), heartbeat));
        var nights = new ArrayList<CensusNight>();
        var skipped = new ArrayList<CensusNight>();
        if (given.isEmpty()) {
            for (var night : reassessments.outdated(since, MethodVersion.VERSION)) {
                var cache = caches.named(night.trustStore());
                cache.ifPresent(own -> judge(night, caches, own, heartbeat));
                (cache.isPresent() ? nights : skipped).add(night.night());
            }
        }
        return new ReassessmentResult(judged, nights, skipped);
    }

    private TrustStoreResult judge(
            CensusNight since, StoredStore store, ChainVerdictCache cache, LockHeartbeat heartbeat) {
        progress.begin("chains by " + store.name());
        var stand = reassessments.open(since, store.id(), MethodVersion.VERSION, clock.instant());
        var resumedAfter = stand.chains();
        while (true) {
            var page = chains.seenSince(since, stand.judgedUpTo(), CHAINS_AT_ONCE);
            if (page.isEmpty()) break;
            heartbeat.requireHeld(since);
            stand = judge(page, stand, cache);
            progress.at(stand.chains(), 0);
        }
        reassessments.complete(stand, clock.instant());
        return new TrustStoreResult(store.name(), stand.chains(), resumedAfter, stand.changed());
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

    private void judge(
            OutdatedNight outdated, ChainVerdictCaches caches, ChainVerdictCache own, LockHeartbeat heartbeat) {
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
                    heartbeat.requireHeld(night);
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
