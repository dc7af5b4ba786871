package org.starttlscensus.store;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
     * @param suspendedAddresses how many of its addresses were suspended for what they answered themselves; the same
     */
    public void aggregate(
            CensusNight night, Map<String, Integer> suspensions, Map<String, Integer> suspendedAddresses) {
        var jdbc = database.jdbc();
        var providers = Stream.concat(suspensions.keySet().stream(), suspendedAddresses.keySet().stream())
                .distinct()
                .toList();
        database.transactions().executeWithoutResult(_ -> {
            jdbc.sql(Sql.named("politeness/clear")).param("night", night.date()).update();
            jdbc.sql(Sql.named("politeness/save"))
                    .param("night", night.date())
                    .param("providers", providers.toArray(String[]::new))
                    .param("suspensions", counts(providers, suspensions))
                    .param("suspended_addresses", counts(providers, suspendedAddresses))
                    .update();
        });
    }

    private static int[] counts(List<String> providers, Map<String, Integer> counted) {
        return providers.stream()
                .mapToInt(provider -> counted.getOrDefault(provider, 0))
                .toArray();
    }
}
