package org.starttlscensus.store;

import java.util.List;
import java.util.Map;
import org.starttlscensus.fact.CensusNight;

/**
 * Table {@code politeness}: how the census behaved at each provider in a night. All of it is SQL, except for what only
 * a replay of the permits can compute.
 */
public final class Politeness {

    private final Database database;

    public Politeness(Database database) {
        this.database = database;
    }

    /**
     * Replaces the night's rows, in one transaction.
     *
     * @param suspensions how often calls to each provider were suspended; 0 for a provider without an entry
     */
    public void aggregate(CensusNight night, Map<String, Integer> suspensions) {
        var jdbc = database.jdbc();
        var providers = List.copyOf(suspensions.keySet());
        database.transactions().executeWithoutResult(_ -> {
            jdbc.sql(Sql.named("politeness/clear")).param("night", night.date()).update();
            jdbc.sql(Sql.named("politeness/save"))
                    .param("night", night.date())
                    .param("providers", providers.toArray(String[]::new))
                    .param(
                            "suspensions",
                            providers.stream().mapToInt(suspensions::get).toArray())
                    .update();
        });
    }
}
