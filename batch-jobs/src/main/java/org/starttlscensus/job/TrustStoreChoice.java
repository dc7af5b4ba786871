package org.starttlscensus.job;

import java.time.InstantSource;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.TrustStores;
import org.starttlscensus.verdict.TrustStore;

/** The operator's choice of the roots that judge the nights to come. */
public final class TrustStoreChoice {

    private final Database database;
    private final InstantSource clock;

    public TrustStoreChoice(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Stores the roots and chooses them. The roots chosen before stay.
     *
     * @param source the name of the file that they were read from
     * @throws RefusedNightException if this database has other roots under that name
     */
    public void choose(TrustStore roots, String source) {
        database.transactions().executeWithoutResult(_ -> {
            var stored = ChainVerdictCaches.store(roots, database, clock);
            new TrustStores(database).choose(stored, source, clock.instant());
        });
    }
}
