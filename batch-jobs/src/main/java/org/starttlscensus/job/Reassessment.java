package org.starttlscensus.job;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Chains;
import org.starttlscensus.store.ConditionsHistory;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Evidence;
import org.starttlscensus.store.Filing;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.Reassessments;
import org.starttlscensus.store.Reassessments.OutdatedNight;
import org.starttlscensus.store.Reassessments.Stand;
import org.starttlscensus.store.RunLock;
import org.starttlscensus.store.TrustStores.StoredStore;
import org.starttlscensus.store.Verdicts;
import org.starttlscensus.verdict.TrustStore;

/**
 * Judges past nights again from what was stored, without any network. Every certificate chain is judged once by each
 * trust store. If a night was judged by older definitions, its servers are judged again, too: what comes out
 * otherwise than published is stored beside it, and nothing that was published changes. A night is judged by the
 * conditions that it was measured under, so today's settings change nothing of it.
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

    /** Why a night by older definitions is left as it is. */
    public enum SkipReason {
        /** Its own judging is not complete. */
        NOT_COMPLETE,
        /** Its plan, permits or raw replies, or those that its looks rest on, were dropped ({@code census prune}). */
        LEDGER_GONE,
        /** Some of its calls, or of what was said or shown in them, are not stored any more. */
        FACTS_MISSING,
        /** The roots that it was judged by are not available. */
        TRUST_STORE_UNKNOWN,
        /** It was opened by a version of the program that did not keep how it was measured. */
        CONDITIONS_UNKNOWN;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public record SkippedNight(CensusNight night, SkipReason reason) {}

    /**
     * @param nights  nights whose servers were judged again
     * @param skipped nights by older definitions that were left as they are
     */
    public record ReassessmentResult(
            List<TrustStoreResult> stores, List<CensusNight> nights, List<SkippedNight> skipped) {

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
        var skipped = new ArrayList<SkippedNight>();
        if (given.isEmpty()) {
            for (var night : reassessments.outdated(since, MethodVersion.VERSION)) {
                judge(night, caches, heartbeat)
                        .ifPresentOrElse(
                                reason -> skipped.add(new SkippedNight(night.night(), reason)),
                                () -> nights.add(night.night()));
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

    /** @return why it was not judged; empty if it was */
    private Optional<SkipReason> judge(OutdatedNight outdated, ChainVerdictCaches caches, LockHeartbeat heartbeat) {
        var own = caches.named(outdated.trustStore());
        var conditions = new ConditionsHistory(database).atOpening(outdated.night());
        if (!outdated.isComplete()) return Optional.of(SkipReason.NOT_COMPLETE);
        if (own.isEmpty()) return Optional.of(SkipReason.TRUST_STORE_UNKNOWN);
        if (conditions.isEmpty()) return Optional.of(SkipReason.CONDITIONS_UNKNOWN);
        if (isPruned(outdated.night()) || !outdated.hasLedger()) return Optional.of(SkipReason.LEDGER_GONE);
        if (reassessments.incompleteFacts(outdated.night()) > 0) return Optional.of(SkipReason.FACTS_MISSING);
        judge(outdated.night(), conditions.get().confirmationGap(), caches, own.get(), heartbeat);
        return Optional.empty();
    }

    private boolean isPruned(CensusNight night) {
        return new Nights(database)
                .find(night)
                .flatMap(NightRow::contactsPrunedAt)
                .isPresent();
    }

    private void judge(
            CensusNight night,
            Duration gap,
            ChainVerdictCaches caches,
            ChainVerdictCache own,
            LockHeartbeat heartbeat) {
        progress.begin("night " + night);
        var judge = new ServerJudge(own, gap);
        var verdicts = new Verdicts(database);
        var filing = new Filing(database);
        try (var evidence = new EvidenceReader(new Evidence(database), filing, caches, night, progress)) {
            database.transactions().executeWithoutResult(_ -> {
                evidence.beginAgain();
                for (var page = evidence.next(SERVERS_AT_ONCE);
                        !page.isEmpty();
                        page = evidence.next(SERVERS_AT_ONCE)) {
                    heartbeat.requireHeld(night);
                    verdicts.save(
                            night,
                            MethodVersion.VERSION,
                            page.stream().map(judge::judge).toList());
                }
                verdicts.confirm(night, gap);
                verdicts.inherit(night);
                filing.revise(night, MethodVersion.VERSION, clock.instant());
                verdicts.reviseDomains(night, MethodVersion.VERSION);
            });
        }
    }
}
