package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.lab.Session;

/** A whole night over the lab and an embedded PostgreSQL: its results against what the lab knows of its servers. */
class NightIT {

    @TempDir
    private static Path directory;

    private static LabNights nights;

    @BeforeAll
    static void runTheFirstNight() throws Exception {
        nights = LabNights.afterFirstNight(directory);
    }

    @AfterAll
    static void closeEverything() throws Exception {
        if (nights != null) nights.close();
    }

    @Test
    void everyServerHasTheOutcomeOfItsBehavior() throws SQLException {
        var found = nights.pairs("""
                SELECT mail_host.name || '[' || host(address) || ']', outcome
                FROM census.server_verdict
                JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)
                WHERE night = '2030-01-01'""");
        assertEquals("", LabNights.differences(nights.expected(), found));
    }

    @Test
    void tlsVersionGroupChainAndNameAreThoseOfTheServer() throws SQLException {
        var expected = new TreeMap<String, String>();
        nights.lab().universe().endpoints().forEach((endpoint, serverBehavior) -> {
            var behavior = serverBehavior.expected();
            if (behavior.tlsVersion().isPresent()
                    && behavior.chain().isPresent()
                    && behavior.name().isPresent()) {
                expected.put(
                        endpoint.toString(),
                        "%s %s %s %s"
                                .formatted(
                                        behavior.tlsVersion().get(),
                                        behavior.group().orElse(""),
                                        behavior.chain().get(),
                                        behavior.name().get()));
            }
        });
        var found = nights.pairs("""
                SELECT mail_host.name || '[' || host(address) || ']',
                       concat_ws(' ', tls_version, coalesce(key_exchange_group, ''), chain, server_verdict.name_match)
                FROM census.server_verdict
                JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)
                JOIN census.tls_profile USING (tls_profile_id)
                WHERE night = '2030-01-01'""");
        expected.keySet().removeAll(nights.inherited());
        found.keySet().retainAll(expected.keySet());
        assertEquals("", LabNights.differences(expected, found));
    }

    @Test
    void everyServerHasTheFlagsOfItsBehavior() throws SQLException {
        var expected = new TreeMap<String, String>();
        nights.lab()
                .universe()
                .endpoints()
                .forEach((endpoint, serverBehavior) -> expected.put(
                        endpoint.toString(),
                        String.join(" ", serverBehavior.expected().flags())));
        var found = nights.pairs("""
                SELECT mail_host.name || '[' || host(address) || ']', array_to_string(flags, ' ')
                FROM census.server_verdict
                JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)
                WHERE night = '2030-01-01' AND outcome NOT LIKE 'not_attempted%'""");
        expected.keySet().retainAll(found.keySet());
        assertTrue(expected.containsValue("small_hello"), expected::toString);
        assertEquals("", LabNights.differences(expected, found));
    }

    @Test
    void namesBeyondTheSampleInheritResultsThatDoNotDependOnTheName() throws SQLException {
        assertEquals(Map.of("true", "6"), nights.pairs("""
                SELECT starttls::text, count(*) FROM census.server_verdict
                WHERE night = '2030-01-01' AND outcome = 'not_attempted_inherited'
                  AND chain IS NULL AND inherited_from IS NOT NULL
                GROUP BY starttls"""));
    }

    @Test
    void everyDomainHasItsRoute() throws SQLException {
        var expected = nights.lab().universe().domains().stream()
                .collect(Collectors.toMap(
                        domain -> domain.domain().ascii(),
                        domain -> domain.route().label(),
                        (one, _) -> one,
                        TreeMap::new));
        var found = nights.pairs("""
                SELECT name, route FROM census.domain_verdict JOIN census.domain USING (domain_id)
                WHERE night = '2030-01-01'""");
        assertEquals("", LabNights.differences(expected, found));
    }

    @Test
    void everyPlannedServerIsAccountedFor() throws SQLException {
        assertEquals(Map.of("all", "0"), nights.pairs("""
                SELECT 'all', count(*) FROM census.planned_call
                FULL JOIN census.server_verdict USING (night, endpoint_id)
                WHERE night = '2030-01-01' AND
                  (planned_call.endpoint_id IS NULL OR server_verdict.endpoint_id IS NULL)"""));
        assertEquals(
                Map.of("open", "0"),
                nights.pairs("SELECT 'open', count(*) FROM census.permit WHERE closed_at IS NULL"));
    }

    @Test
    void theServersSawOnePoliteClient() throws SQLException {
        var impolite = new TreeSet<String>();
        // A server with TLS 1.0 only answers a TLS 1.1 probe with 1.0, and then we abort the handshake (decision 0020).
        var askedForTls11 = nights.pairs("""
                SELECT host(address), question FROM census.permit JOIN census.planned_call USING (night, endpoint_id)
                WHERE night = '2030-01-01' AND question = 'tls_1_1'""").keySet();
        for (var session : nights.lab().log().sessions()) {
            if (session.octetsBeforeGreeting() > 0) impolite.add("spoke before the greeting: " + session);
            if (session.octetsOutOfTurn() > 0) impolite.add("spoke out of turn: " + session);
            if (!Set.of("EHLO", "HELO", "STARTTLS", "QUIT").containsAll(LabNights.verbs(session)))
                impolite.add("said something else: " + session);
            if (session.tlsHandshake() == Session.TlsHandshake.BROKEN_BY_CLIENT
                    && !askedForTls11.contains(session.address().toString()))
                impolite.add("broke a handshake: " + session);
            if (session.ending() == Session.SessionEnding.CLIENT_RESET) impolite.add("reset: " + session);
        }
        assertEquals(Set.of(), impolite);
        var busiest = nights.lab().universe().endpoints().keySet().stream()
                .mapToInt(endpoint -> nights.lab().log().peakOpen(endpoint.address()))
                .max();
        assertEquals(OptionalInt.of(1), busiest);
    }

    @Test
    void aSecondCallIsNotBeforeTheGap() throws SQLException {
        var shortest = nights.pairs("""
                SELECT 'gap', min(gap) FROM (
                    SELECT extract(epoch FROM started_at
                           - lag(started_at) OVER (PARTITION BY endpoint_id ORDER BY attempt)) AS gap
                    FROM census.permit WHERE night = '2030-01-01') AS gaps""").get("gap");
        var allowed = Duration.ofMinutes(30).toMillis() / 1_000.0 * 0.002;
        assertTrue(
                Double.parseDouble(shortest) >= allowed, "shortest gap " + shortest + " s, allowed " + allowed + " s");
    }

    /** An earlier call may have found it busy. */
    @Test
    void nobodyIsCalledAgainWhoHasAskedForAClientCertificate() throws SQLException {
        assertEquals(Map.of("asked", "true", "called again", "false"), nights.pairs("""
                WITH asked AS (
                    SELECT endpoint_id, attempt FROM census.observation
                    WHERE night = '2030-01-01' AND alert_name = 'certificate_required')
                SELECT 'asked', (count(*) > 0)::text FROM asked
                UNION ALL
                SELECT 'called again', (count(*) > 0)::text
                FROM asked JOIN census.observation AS later USING (endpoint_id)
                WHERE later.night = '2030-01-01' AND later.attempt > asked.attempt"""));
    }

    @Test
    void aMissingIntermediateIsTakenFromOtherServers() throws SQLException {
        assertEquals(Map.of("incomplete", "trusted"), nights.pairs("""
                SELECT DISTINCT chain, chain_with_known_intermediates FROM census.server_verdict
                WHERE night = '2030-01-01' AND chain IS DISTINCT FROM chain_with_known_intermediates"""));
        assertEquals(Map.of("false", "2", "true", "1"), nights.pairs("""
                SELECT is_published::text, count(DISTINCT trust_store) FROM pub.server_chain
                WHERE night = '2030-01-01' GROUP BY 1"""));
        assertEquals(Map.of("other", "0"), nights.pairs("""
                SELECT 'other', count(*) FROM pub.server_chain JOIN pub.server USING (night, mx_host, ip)
                WHERE is_published AND server_chain.chain <> server.chain"""));
    }
}
