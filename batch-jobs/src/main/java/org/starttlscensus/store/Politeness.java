package org.starttlscensus.store;

import java.util.List;
import java.util.Map;
import org.starttlscensus.fact.CensusNight;

/** Table {@code politeness}: what each provider saw of a night. All of it is SQL but for what only a fold of the permits can tell. */
public final class Politeness {

    private final Database database;

    public Politeness(Database database) {
        this.database = database;
    }

    /**
     * Replaces the night's rows, in one transaction.
     *
     * @param suspensions how often a provider was left alone; 0 where it is not named
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
