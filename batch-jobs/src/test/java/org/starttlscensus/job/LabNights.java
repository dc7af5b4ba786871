package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.starttlscensus.Probers;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabOptions;
import org.starttlscensus.lab.LabPopulation;
import org.starttlscensus.lab.Session;
import org.starttlscensus.lists.ListTolerance;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;

/** Whole nights over the lab and an embedded PostgreSQL, and queries on their results. */
record LabNights(Path directory, Lab lab, Database database, CensusSettings settings) implements AutoCloseable {

    static final CensusNight FIRST = CensusNight.of("2030-01-01");

    static LabNights afterFirstNight(Path directory) throws Exception {
        Probers.warmUp();
        var nights = open(directory);
        assertEquals(NightRunner.NightResult.COMPLETED, nights.run(FIRST));
        return nights;
    }

    static LabNights open(Path directory) throws Exception {
        return open(directory, LabPopulation.INTERNET);
    }

    /** Deadlines of seconds, so that no call is late because the machine is busy. */
    static LabNights patient(Path directory, LabPopulation population) throws Exception {
        return open(
                directory,
                LabOptions.in(directory.resolve("lab"))
                        .withPopulation(population)
                        .withPatience(0.05));
    }

    /** @param more settings beside those of the lab: {@code key=value} */
    static LabNights open(Path directory, LabPopulation population, String... more) throws Exception {
        return open(directory, LabOptions.in(directory.resolve("lab")).withPopulation(population), more);
    }

    private static LabNights open(Path directory, LabOptions options, String... more) throws Exception {
        var lab = Lab.open(options.withTimeScale(0.002));
        var pairs = new ArrayList<String>();
        lab.settings().forEach((key, value) -> pairs.add(key + "=" + value));
        pairs.addAll(List.of(more));
        return new LabNights(
                directory,
                lab,
                EmptyDatabase.in(directory.resolve("pg")),
                SettingsReader.read(pairs, Optional.empty(), Map.of()));
    }

    NightRunner.NightResult run(CensusNight night) {
        return run(night, false);
    }

    /** @param dryRun only looks up and plans, and leaves nothing */
    NightRunner.NightResult run(CensusNight night, boolean dryRun) {
        return run(request(night, RequestedLists.ofSettings(settings.lists()), dryRun), Progress.SILENT);
    }

    NightRequest request(CensusNight night, RequestedLists lists, boolean dryRun) {
        return new NightRequest(
                night,
                lists,
                directory.resolve("published").resolve(night.toString()),
                directory.resolve("rejected").resolve(night.toString()),
                ListTolerance.ORDINARY,
                OptionalInt.empty(),
                dryRun);
    }

    NightRunner.NightResult run(NightRequest request, Progress progress) {
        try (var lock = database.tryRunLock().orElseThrow()) {
            return new NightRunner(database, settings, progress, Clock.systemUTC()).run(request, lock);
        }
    }

    /** Begins a night and stops it when its plan is made, before any call. */
    void plan(CensusNight night) {
        plan(night, RequestedLists.ofSettings(settings.lists()));
    }

    void plan(CensusNight night, RequestedLists lists) {
        var runner = new NightRunner[1];
        var progress = new RecordedProgress() {
            @Override
            public void begin(String step) {
                if (step.equals(NightStep.PLAN.label())) runner[0].stop();
            }
        };
        runner[0] = new NightRunner(database, settings, progress, Clock.systemUTC());
        try (var lock = database.tryRunLock().orElseThrow()) {
            var result = runner[0].run(request(night, lists, false), lock);
            assertEquals(NightRunner.NightResult.STOPPED, result);
        }
    }

    /** Reassesses that night and later ones by all trust stores. */
    Reassessment.ReassessmentResult reassess(CensusNight since) {
        return reassess(since, settings);
    }

    /** The same under other settings than those of the night. */
    Reassessment.ReassessmentResult reassess(CensusNight since, CensusSettings today) {
        try (var lock = database.tryRunLock().orElseThrow()) {
            return new Reassessment(database, today, Progress.SILENT, Clock.systemUTC())
                    .run(since, Optional.empty(), lock);
        }
    }

    void execute(String statement) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var statements = connection.createStatement()) {
            statements.execute(statement);
        }
    }

    /** The values of the first column, mapped to those of the second. */
    Map<String, String> pairs(String sql) throws SQLException {
        try (var connection = database.dataSource().getConnection();
                var rows = connection.createStatement().executeQuery(sql)) {
            var pairs = new TreeMap<String, String>();
            while (rows.next()) pairs.put(rows.getString(1), rows.getString(2));
            return pairs;
        }
    }

    /** The SMTP commands that we sent. */
    static Set<String> verbs(Session session) {
        // A server that answers 220 but has no TLS reads our ClientHello as a line.
        return session.commands().stream()
                .takeWhile(command -> command.matches("[ -~]*"))
                .map(command -> command.split(" ")[0].toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** The host names of an address beyond the twenty that are called. */
    Set<String> inherited() throws SQLException {
        return pairs("""
                SELECT name || '[' || host(planned_call.address) || ']', donor_endpoint_id
                FROM census.planned_call
                JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)
                WHERE night = '2030-01-01' AND not_attempted = 'inherited'""").keySet();
    }

    /** The servers of the providers that block us by name, or whose servers are all broken. */
    Set<String> leftAlone() throws SQLException {
        return pairs("""
                SELECT name || '[' || host(planned_call.address) || ']', provider
                FROM census.planned_call
                JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)
                WHERE night = '2030-01-01' AND not_attempted = 'suspended'
                  AND provider IN ('fastidious.test', 'ruins.test')""").keySet();
    }

    /** The expected outcome of the first night, by endpoint. */
    Map<String, String> expected() throws SQLException {
        var expected = new TreeMap<String, String>();
        lab.universe()
                .endpoints()
                .forEach((endpoint, serverBehavior) -> expected.put(
                        endpoint.toString(), serverBehavior.expected().afterRetry()));
        lab.universe()
                .uncallable()
                .forEach(endpoint -> expected.put(endpoint.toString(), "not_attempted_special_address"));
        inherited().forEach(endpoint -> expected.put(endpoint, "not_attempted_inherited"));
        // These providers are left alone before all of their servers were called.
        leftAlone().forEach(endpoint -> expected.put(endpoint, "not_attempted_suspended"));
        return expected;
    }

    /** Empty if both are equal; else one line for each difference. */
    static String differences(Map<String, String> expected, Map<String, String> found) {
        var names = new TreeSet<>(expected.keySet());
        names.addAll(found.keySet());
        return names.stream()
                .filter(name -> !String.valueOf(expected.get(name)).equals(found.get(name)))
                .map(name -> "%s: expected %s, found %s%n".formatted(name, expected.get(name), found.get(name)))
                .collect(Collectors.joining());
    }

    @Override
    public void close() throws Exception {
        database.close();
        lab.close();
    }
}
