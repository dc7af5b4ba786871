package org.starttlscensus.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;

/**
 * Table {@code politeness}: how the census behaved at each provider in a night, with the calls that somebody asked for.
 * All of it is SQL, except for what only a replay of the permits can compute.
 */
public final class Politeness {

    /** In their order; all of them with the same parameters. */
    private static final List<String> STATEMENTS = List.of(
            "clear",
            "stage",
            "add_servers",
            "statistics_servers",
            "add_calls",
            "statistics_calls",
            "save",
            "end_stage");

    private final Database database;
    private final JdbcClient jdbc;

    public Politeness(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    private record Stopped(LocalDate night, String provider, int suspensions, int suspendedAddresses) {

        static Stopped read(ResultSet row, int number) throws SQLException {
            return new Stopped(
                    row.getObject("night", LocalDate.class),
                    row.getString("provider"),
                    row.getInt("suspensions"),
                    row.getInt("suspended_addresses"));
        }
    }

    /**
     * Replaces the night's rows, in one transaction. Calls of {@code census check} that came after their night had been
     * counted, within the week before or since the last night that has lists, are added to their night, and its other
     * providers stay as they are.
     *
     * @param suspensions how often calls to each provider were suspended; 0 for a provider without an entry
     * @param suspendedAddresses how many of its addresses were suspended for what they answered themselves; the same
     */
    public void aggregate(
            CensusNight night, Map<String, Integer> suspensions, Map<String, Integer> suspendedAddresses) {
        var stopped = Stream.concat(suspensions.keySet().stream(), suspendedAddresses.keySet().stream())
                .distinct()
                .map(provider -> new Stopped(
                        night.date(),
                        provider,
                        suspensions.getOrDefault(provider, 0),
                        suspendedAddresses.getOrDefault(provider, 0)))
                .toList();
        database.transactions().executeWithoutResult(_ -> {
            save(night.date(), stopped, false);
            jdbc
                    .sql(Sql.named("politeness/asked_late"))
                    .param("night", night.date())
                    .query(Stopped::read)
                    .list()
                    .stream()
                    .collect(Collectors.groupingBy(Stopped::night))
                    .forEach((earlier, late) -> save(earlier, late, true));
        });
    }

    private void save(LocalDate night, List<Stopped> stopped, boolean onlyThese) {
        var providers = stopped.stream().map(Stopped::provider).toArray(String[]::new);
        for (var statement : STATEMENTS)
            jdbc.sql(Sql.named("politeness/" + statement))
                    .param("night", night)
                    .param("only", onlyThese ? providers : null)
                    .param("providers", providers)
                    .param(
                            "suspensions",
                            stopped.stream().mapToInt(Stopped::suspensions).toArray())
                    .param(
                            "suspended_addresses",
                            stopped.stream()
                                    .mapToInt(Stopped::suspendedAddresses)
                                    .toArray())
                    .update();
    }
}
