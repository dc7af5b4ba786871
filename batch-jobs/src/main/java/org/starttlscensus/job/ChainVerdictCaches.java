package org.starttlscensus.job;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.Chains;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.TrustStores;
import org.starttlscensus.store.TrustStores.StoredStore;
import org.starttlscensus.verdict.ChainJudge;
import org.starttlscensus.verdict.TrustStore;

/** A {@link ChainVerdictCache} for each trust store in use. Not thread-safe. */
final class ChainVerdictCaches {

    private final Database database;
    private final TrustStores stores;
    private final Chains chains;
    private final InstantSource clock;
    private final Map<StoredStore, ChainVerdictCache> byStore = new LinkedHashMap<>();

    private ChainVerdictCaches(Database database, InstantSource clock) {
        this.database = database;
        this.stores = new TrustStores(database);
        this.chains = new Chains(database);
        this.clock = clock;
    }

    /**
     * The night's own trust store, which decides what is published; the one of the night before, so that the night in
     * which it changes is judged by both; the Mozilla one shipped with the program; the JDK's.
     */
    static ChainVerdictCaches ofTheNight(CensusNight night, TrustStore own, Database database, InstantSource clock) {
        var caches = caches(own, database, clock);
        caches.stores.ofNightBefore(night).ifPresent(caches::reopen);
        return caches;
    }

    private static ChainVerdictCaches caches(TrustStore own, Database database, InstantSource clock) {
        var caches = new ChainVerdictCaches(database, clock);
        caches.open(own);
        caches.open(TrustStore.mozilla());
        TrustStore.jdk().ifPresent(caches::open);
        return caches;
    }

    /** Those of a night, and every other trust store that ever judged in this database. */
    static ChainVerdictCaches ofAllTimes(TrustStore own, Database database, InstantSource clock) {
        var caches = caches(own, database, clock);
        caches.stores.all().forEach(caches::reopen);
        return caches;
    }

    static ChainVerdictCaches ofOne(TrustStore given, Database database, InstantSource clock) {
        var caches = new ChainVerdictCaches(database, clock);
        caches.open(given);
        return caches;
    }

    /** A trust store that has judged in this database before. */
    static Optional<TrustStore> stored(Database database, String name) {
        var stores = new TrustStores(database);
        return stores.find(name).map(stored -> read(stores, stored));
    }

    /** The trust store that the operator chose last in this database, of those whose name will do. */
    static Optional<TrustStore> chosen(Database database, Predicate<String> willDo) {
        var stores = new TrustStores(database);
        return stores.chosen().stream()
                .filter(stored -> willDo.test(stored.name()))
                .findFirst()
                .map(stored -> read(stores, stored));
    }

    /**
     * Stores a trust store, or finds it.
     *
     * @throws RefusedNightException if the database has other roots under that name
     */
    static StoredStore store(TrustStore store, Database database, InstantSource clock) {
        var stored = new TrustStores(database).add(store.name(), store.sha256(), store.ders(), clock.instant());
        if (stored.sha256().equals(store.sha256())) return stored;
        throw new RefusedNightException("""
                trust store %s: this database has other roots under that name (SHA-256 %s, not %s), and verdicts \
                that refer to it. Nothing was judged. Give the new one a name of its own, with its date.\
                """.formatted(
                        store.name(),
                        stored.sha256().hex().substring(0, 16),
                        store.sha256().hex().substring(0, 16)));
    }

    private static TrustStore read(TrustStores stores, StoredStore stored) {
        return TrustStore.of(stored.name(), stores.roots(stored), complaint -> {
            throw new IllegalStateException("the stored trust store %s: %s".formatted(stored.name(), complaint));
        });
    }

    void prepare(Collection<Long> wanted) {
        byStore.values().forEach(cache -> cache.prepare(wanted));
    }

    List<StoredStore> stores() {
        return new ArrayList<>(byStore.keySet());
    }

    ChainVerdictCache of(StoredStore store) {
        return Objects.requireNonNull(byStore.get(store));
    }

    Optional<ChainVerdictCache> named(String name) {
        return byStore.entrySet().stream()
                .filter(each -> each.getKey().name().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private void open(TrustStore store) {
        var stored = store(store, database, clock);
        byStore.computeIfAbsent(stored, _ -> cache(stored, store));
    }

    private void reopen(StoredStore stored) {
        byStore.computeIfAbsent(stored, _ -> cache(stored, read(stores, stored)));
    }

    private ChainVerdictCache cache(StoredStore stored, TrustStore store) {
        return new ChainVerdictCache(chains, stored.id(), new ChainJudge(store));
    }
}
