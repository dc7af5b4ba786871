package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabSettings;
import org.starttlscensus.lab.Visit;
import org.starttlscensus.lists.ListTolerance;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.Database;

/** A whole night over the lab and an embedded PostgreSQL: what the census says against what the lab knows. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NightIT {

    private static final CensusNight FIRST = CensusNight.of("2030-01-01");
    private static final CensusNight SECOND = CensusNight.of("2030-01-02");

    @TempDir
    private static Path directory;
    private static Lab lab;
    private static Database database;
    private static CensusSettings settings;

    @BeforeAll
    static void runTheFirstNight() throws Exception {
        lab = Lab.open(LabSettings.in(directory.resolve("lab")).withTimeScale(0.002));
        database = Database.openEmbedded(directory.resolve("pg"));
        var pairs = new ArrayList<String>();
        lab.settings().forEach((key, value) -> pairs.add(key + "=" + value));
        settings = SettingsReader.read(pairs, Optional.empty(), Map.of());
        assertEquals(NightRunner.Result.COMPLETED, run(FIRST));
    }

    @AfterAll
    static void closeEverything() throws Exception {
        if (database != null) database.close();
        if (lab != null) lab.close();
    }

    @Test
    @Order(1)
    void everyServerComesToWhatItsMannerPromises() throws SQLException {
        var promised = new TreeMap<String, String>();
        lab.universe().endpoints().forEach((endpoint, manner) -> promised.put(endpoint.toString(), manner.expected().afterRetry()));
        lab.universe().uncallable().forEach(endpoint -> promised.put(endpoint.toString(), "not_attempted_special_address"));
        inherited().forEach(endpoint -> promised.put(endpoint, "not_attempted_inherited"));
        // Who blocks us by name, or is in ruins, is left alone before every server of it was called.
        leftAlone().forEach(endpoint -> promised.put(endpoint, "not_attempted_suspended"));
        var found = pairs("""
                SELECT mail_host.name || '[' || host(address) || ']', outcome
                FROM census.server_verdict JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)
                WHERE night = '2030-01-01'""");
        assertEquals("", differences(promised, found));
    }

    @Test
    @Order(1)
    void whatHandshakesShowIsWhatTheServersAre() throws SQLException {
        var promised = new TreeMap<String, String>();
        lab.universe().endpoints().forEach((endpoint, manner) -> {
            var expected = manner.expected();
            if (expected.tlsVersion().isPresent() && expected.chain().isPresent() && expected.name().isPresent()) {
                promised.put(endpoint.toString(), "%s %s %s %s".formatted(expected.tlsVersion().get(), expected.group().orElse(""),
                        expected.chain().get(), expected.name().get()));
            }
        });
        var found = pairs("""
                SELECT mail_host.name || '[' || host(address) || ']',
                       concat_ws(' ', tls_version, coalesce(key_exchange_group, ''), chain, server_verdict.name)
                FROM census.server_verdict JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)
                JOIN census.tls_profile USING (tls_profile_id)
                WHERE night = '2030-01-01'""");
        promised.keySet().removeAll(inherited());
        found.keySet().retainAll(promised.keySet());
        assertEquals("", differences(promised, found));
    }

    @Test
    @Order(1)
    void namesBeyondTheSampleInheritWhatDoesNotDependOnTheName() throws SQLException {
        assertEquals(Map.of("true", "6"), pairs("""
                SELECT starttls::text, count(*) FROM census.server_verdict
                WHERE night = '2030-01-01' AND outcome = 'not_attempted_inherited' AND chain IS NULL AND inherited_from IS NOT NULL
                GROUP BY starttls"""));
    }

    @Test
    @Order(1)
    void everyDomainHasItsRoute() throws SQLException {
        var promised = lab.universe().domains().stream().collect(Collectors.toMap(
                domain -> domain.domain().ascii(), domain -> domain.route().label(), (one, _) -> one, TreeMap::new));
        var found = pairs("""
                SELECT name, route FROM census.domain_verdict JOIN census.domain USING (domain_id) WHERE night = '2030-01-01'""");
        assertEquals("", differences(promised, found));
    }

    @Test
    @Order(1)
    void everyPlannedServerIsAccountedFor() throws SQLException {
        assertEquals(Map.of("all", "0"), pairs("""
                SELECT 'all', count(*) FROM census.planned_call
                FULL JOIN census.server_verdict USING (night, endpoint_id)
                WHERE night = '2030-01-01' AND (planned_call.endpoint_id IS NULL OR server_verdict.endpoint_id IS NULL)"""));
        assertEquals(Map.of("open", "0"), pairs("SELECT 'open', count(*) FROM census.permit WHERE closed_at IS NULL"));
    }

    @Test
    @Order(1)
    void theServersSawOneQuietCaller() {
        var impolite = new TreeSet<String>();
        for (var visit : lab.log().visits()) {
            if (visit.octetsBeforeGreeting() > 0) impolite.add("spoke before the greeting: " + visit);
            if (visit.octetsOutOfTurn() > 0) impolite.add("spoke out of turn: " + visit);
            if (!Set.of("EHLO", "HELO", "STARTTLS", "QUIT").containsAll(verbs(visit))) impolite.add("said something else: " + visit);
            if (visit.handshake() == Visit.Handshake.BROKEN_BY_CLIENT) impolite.add("broke a handshake: " + visit);
            if (visit.parting() == Visit.Parting.CLIENT_RESET) impolite.add("reset: " + visit);
        }
        assertEquals(Set.of(), impolite);
        var busiest = lab.universe().endpoints().keySet().stream().mapToInt(endpoint -> lab.log().peakOpen(endpoint.address())).max();
        assertEquals(OptionalInt.of(1), busiest);
    }

    @Test
    @Order(1)
    void aSecondLookComesNoSoonerThanTheGap() throws SQLException {
        var shortest = pairs("""
                SELECT 'gap', min(gap) FROM (
                    SELECT extract(epoch FROM started_at - lag(started_at) OVER (PARTITION BY endpoint_id ORDER BY attempt)) AS gap
                    FROM census.permit WHERE night = '2030-01-01') AS gaps""").get("gap");
        var allowed = Duration.ofMinutes(30).toMillis() / 1_000.0 * 0.002;
        assertTrue(Double.parseDouble(shortest) >= allowed, "shortest gap " + shortest + " s, allowed " + allowed + " s");
    }

    @Test
    @Order(2)
    void aCompletedNightIsNotRunAgain() {
        var refused = assertThrows(RefusedNightException.class, () -> run(FIRST));
        assertTrue(refused.alreadyCompleted());
    }

    @Test
    @Order(3)
    void theNextNightWritesOnlyWhatChanged() throws Exception {
        assertEquals(NightRunner.Result.COMPLETED, run(SECOND));
        assertEquals(Map.of("routes", "0", "addresses", "0"), pairs("""
                SELECT 'routes', count(*) FROM census.mail_route WHERE first_night = '2030-01-02'
                UNION ALL
                SELECT 'addresses', count(*) FROM census.host_addresses WHERE first_night = '2030-01-02'"""));
    }

    @Test
    @Order(4)
    void nightsGoForward() {
        assertThrows(RefusedNightException.class, () -> run(CensusNight.of("2029-12-31")));
    }

    private static NightRunner.Result run(CensusNight night) {
        var request = new NightRequest(night, settings.lists(), directory.resolve("published").resolve(night.toString()),
                ListTolerance.ORDINARY, OptionalInt.empty(), false);
        try (var lock = database.tryRunLock().orElseThrow()) {
            return new NightRunner(database, settings, Progress.SILENT, Clock.systemUTC()).run(request, lock);
        }
    }

    private static Set<String> verbs(Visit visit) {
        // Behind the 220 of a server that then speaks no TLS, our ClientHello stands among the lines it read.
        return visit.commands().stream().takeWhile(command -> command.matches("[ -~]*")).map(command -> command.split(" ")[0].toUpperCase()).collect(Collectors.toSet());
    }

    private static Map<String, String> pairs(String sql) throws SQLException {
        try (var connection = database.dataSource().getConnection();
             var rows = connection.createStatement().executeQuery(sql)) {
            var pairs = new TreeMap<String, String>();
            while (rows.next()) pairs.put(rows.getString(1), rows.getString(2));
            return pairs;
        }
    }

    /** Names of an address beyond the twenty that are sampled. */
    private static Set<String> inherited() throws SQLException {
        return pairs("""
                SELECT name || '[' || host(planned_call.address) || ']', donor_endpoint_id
                FROM census.planned_call JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)
                WHERE night = '2030-01-01' AND not_attempted = 'inherited'""").keySet();
    }

    private static Set<String> leftAlone() throws SQLException {
        return pairs("""
                SELECT name || '[' || host(planned_call.address) || ']', provider
                FROM census.planned_call JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)
                WHERE night = '2030-01-01' AND not_attempted = 'suspended' AND provider IN ('fastidious.test', 'ruins.test')""").keySet();
    }

    private static String differences(Map<String, String> promised, Map<String, String> found) {
        var names = new TreeSet<>(promised.keySet());
        names.addAll(found.keySet());
        return names.stream().filter(name -> !String.valueOf(promised.get(name)).equals(found.get(name)))
                .map(name -> "%s: expected %s, found %s%n".formatted(name, promised.get(name), found.get(name)))
                .collect(Collectors.joining());
    }
}
