package org.starttlscensus.job;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabOptions;
import org.starttlscensus.lab.Session;
import org.starttlscensus.lists.ListTolerance;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;

/** Whole nights over the lab and an embedded PostgreSQL, and what is asked of the database behind them. */
record LabNights(Path directory, Lab lab, Database database, CensusSettings settings) implements AutoCloseable {

    static LabNights open(Path directory) throws Exception {
        var lab = Lab.open(LabOptions.in(directory.resolve("lab")).withTimeScale(0.002));
        var pairs = new ArrayList<String>();
        lab.settings().forEach((key, value) -> pairs.add(key + "=" + value));
        return new LabNights(
                directory,
                lab,
                EmptyDatabase.in(directory.resolve("pg")),
                SettingsReader.read(pairs, Optional.empty(), Map.of()));
    }

    NightRunner.NightResult run(CensusNight night) {
        return run(night, false);
    }

    /** @param dryRun looks up and plans, and calls nobody */
    NightRunner.NightResult run(CensusNight night, boolean dryRun) {
        var request = new NightRequest(
                night,
                settings.lists(),
                directory.resolve("published").resolve(night.toString()),
                ListTolerance.ORDINARY,
                OptionalInt.empty(),
                dryRun);
        try (var lock = database.tryRunLock().orElseThrow()) {
            return new NightRunner(database, settings, Progress.SILENT, Clock.systemUTC()).run(request, lock);
        }
    }

    /** All stores of that night and those behind it. */
    Reassessment.ReassessmentResult reassess(CensusNight since) {
        try (var lock = database.tryRunLock().orElseThrow()) {
            return new Reassessment(database, settings, Progress.SILENT, Clock.systemUTC())
                    .run(since, Optional.empty(), lock);
        }
    }

    void execute(String statement) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statements = connection.createStatement()) {
            statements.execute(statement);
        }
    }

    /** The first column's values, each with the second's. */
    Map<String, String> pairs(String sql) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var rows = connection.createStatement().executeQuery(sql)) {
            var pairs = new TreeMap<String, String>();
            while (rows.next()) pairs.put(rows.getString(1), rows.getString(2));
            return pairs;
        }
    }

    /** What we said there. */
    static Set<String> verbs(Session session) {
        // Behind the 220 of a server that then speaks no TLS, our ClientHello stands among the lines it read.
        return session.commands().stream()
                .takeWhile(command -> command.matches("[ -~]*"))
                .map(command -> command.split(" ")[0].toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** Names of an address beyond the twenty that are sampled. */
    Set<String> inherited() throws SQLException {
        return pairs("""
                SELECT name || '[' || host(planned_call.address) || ']', donor_endpoint_id
                FROM census.planned_call JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)
                WHERE night = '2030-01-01' AND not_attempted = 'inherited'""").keySet();
    }

    /** Servers of those who blocked us by name, or are in ruins. */
    Set<String> leftAlone() throws SQLException {
        return pairs("""
                SELECT name || '[' || host(planned_call.address) || ']', provider
                FROM census.planned_call JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)
                WHERE night = '2030-01-01' AND not_attempted = 'suspended' AND provider IN ('fastidious.test', 'ruins.test')""").keySet();
    }

    /** By endpoint, what the first night has to say of it. */
    Map<String, String> promised() throws SQLException {
        var promised = new TreeMap<String, String>();
        lab.universe()
                .endpoints()
                .forEach((endpoint, serverBehavior) -> promised.put(
                        endpoint.toString(), serverBehavior.expected().afterRetry()));
        lab.universe()
                .uncallable()
                .forEach(endpoint -> promised.put(endpoint.toString(), "not_attempted_special_address"));
        inherited().forEach(endpoint -> promised.put(endpoint, "not_attempted_inherited"));
        // Who blocks us by name, or is in ruins, is left alone before every server of it was called.
        leftAlone().forEach(endpoint -> promised.put(endpoint, "not_attempted_suspended"));
        return promised;
    }

    /** Empty if they are the same; else a line for each that differs. */
    static String differences(Map<String, String> promised, Map<String, String> found) {
        var names = new TreeSet<>(promised.keySet());
        names.addAll(found.keySet());
        return names.stream()
                .filter(name -> !String.valueOf(promised.get(name)).equals(found.get(name)))
                .map(name -> "%s: expected %s, found %s%n".formatted(name, promised.get(name), found.get(name)))
                .collect(Collectors.joining());
    }

    @Override
    public void close() throws Exception {
        database.close();
        lab.close();
    }
}
