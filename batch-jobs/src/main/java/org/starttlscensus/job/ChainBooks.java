package org.starttlscensus.job;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Chains;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.TrustStores;
import org.starttlscensus.store.TrustStores.StoredStore;
import org.starttlscensus.verdict.ChainJudge;
import org.starttlscensus.verdict.TrustStore;

/** A {@link ChainBook} for each of the trust stores that judge side by side. */
final class ChainBooks {

    private final TrustStores stores;
    private final Chains chains;
    private final InstantSource clock;
    private final Map<StoredStore, ChainBook> books = new LinkedHashMap<>();

    private ChainBooks(Database database, InstantSource clock) {
        this.stores = new TrustStores(database);
        this.chains = new Chains(database);
        this.clock = clock;
    }

    /** The night's own, which decides what is published; the one that the program brings; the one that this Java brings. */
    static ChainBooks ofTheNight(TrustStore own, Database database, InstantSource clock) {
        var caches = new ChainBooks(database, clock);
        caches.open(own);
        caches.open(TrustStore.mozilla());
        TrustStore.jdk().ifPresent(caches::open);
        return caches;
    }

    /** Those of a night, and whatever else was ever judged with here. */
    static ChainBooks ofAllTimes(TrustStore own, Database database, InstantSource clock) {
        var caches = ofTheNight(own, database, clock);
        for (var stored : caches.stores.all()) {
            caches.books.computeIfAbsent(stored, _ -> caches.book(stored, read(caches.stores, stored)));
        }
        return caches;
    }

    static ChainBooks ofOne(TrustStore given, Database database, InstantSource clock) {
        var caches = new ChainBooks(database, clock);
        caches.open(given);
        return caches;
    }

    /** One that has judged here before. */
    static Optional<TrustStore> stored(Database database, String name) {
        var stores = new TrustStores(database);
        return stores.find(name).map(stored -> read(stores, stored));
    }

    private static TrustStore read(TrustStores stores, StoredStore stored) {
        return TrustStore.of(stored.name(), stores.roots(stored), complaint -> {
            throw new IllegalStateException("trust store %s as it was stored: %s".formatted(stored.name(), complaint));
        });
    }

    /** What the settings choose. */
    static TrustStore own(CensusSettings settings) {
        return settings.tls().trustStore().map(given -> TrustStore.read(given.name(), given.file())).orElseGet(TrustStore::mozilla);
    }

    void prepare(Collection<Long> wanted) {
        books.values().forEach(cache -> cache.prepare(wanted));
    }

    List<StoredStore> stores() {
        return new ArrayList<>(books.keySet());
    }

    ChainBook of(StoredStore store) {
        return books.get(store);
    }

    Optional<ChainBook> named(String name) {
        return books.entrySet().stream().filter(each -> each.getKey().name().equals(name)).map(Map.Entry::getValue).findFirst();
    }

    private void open(TrustStore store) {
        var stored = stores.add(store.name(), store.sha256(), store.ders(), clock.instant());
        if (!stored.sha256().equals(store.sha256())) {
            throw new RefusedNightException("""
                    trust store %s: this database knows other roots by that name (SHA-256 %s, not %s), and verdicts that name it. \
                    Nothing was judged. Give it a name of its own, with its date.""".formatted(
                    store.name(), stored.sha256().hex().substring(0, 16), store.sha256().hex().substring(0, 16)));
        }
        books.computeIfAbsent(stored, _ -> book(stored, store));
    }

    private ChainBook book(StoredStore stored, TrustStore store) {
        return new ChainBook(chains, stored.id(), new ChainJudge(store));
    }
}
