package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
import org.starttlscensus.Probers;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.lab.Session;
import org.starttlscensus.store.Verdicts;

/** A whole night over the lab and an embedded PostgreSQL: what the census says against what the lab knows. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NightIT {

    private static final CensusNight FIRST = CensusNight.of("2030-01-01");
    private static final CensusNight SECOND = CensusNight.of("2030-01-02");

    @TempDir
    private static Path directory;

    private static LabNights nights;

    @BeforeAll
    static void runTheFirstNight() throws Exception {
        Probers.warmUp();
        nights = LabNights.open(directory);
        assertEquals(NightRunner.NightResult.COMPLETED, nights.run(FIRST));
    }

    @AfterAll
    static void closeEverything() throws Exception {
        if (nights != null) nights.close();
    }

    @Test
    @Order(1)
    void everyServerComesToWhatItsMannerPromises() throws SQLException {
        var found = nights.pairs("""
                SELECT mail_host.name || '[' || host(address) || ']', outcome
                FROM census.server_verdict JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)
                WHERE night = '2030-01-01'""");
        assertEquals("", LabNights.differences(nights.promised(), found));
    }

    @Test
    @Order(1)
    void whatHandshakesShowIsWhatTheServersAre() throws SQLException {
        var promised = new TreeMap<String, String>();
        nights.lab().universe().endpoints().forEach((endpoint, serverBehavior) -> {
            var expected = serverBehavior.expected();
            if (expected.tlsVersion().isPresent()
                    && expected.chain().isPresent()
                    && expected.name().isPresent()) {
                promised.put(
                        endpoint.toString(),
                        "%s %s %s %s"
                                .formatted(
                                        expected.tlsVersion().get(),
                                        expected.group().orElse(""),
                                        expected.chain().get(),
                                        expected.name().get()));
            }
        });
        var found = nights.pairs("""
                SELECT mail_host.name || '[' || host(address) || ']',
                       concat_ws(' ', tls_version, coalesce(key_exchange_group, ''), chain, server_verdict.name)
                FROM census.server_verdict JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)
                JOIN census.tls_profile USING (tls_profile_id)
                WHERE night = '2030-01-01'""");
        promised.keySet().removeAll(nights.inherited());
        found.keySet().retainAll(promised.keySet());
        assertEquals("", LabNights.differences(promised, found));
    }

    /** Who refuses TLS altogether, and who is slow, is told apart from who chokes on a first message of two packets. */
    @Test
    @Order(1)
    void everyServerIsFlaggedAsItsMannerPromises() throws SQLException {
        var promised = new TreeMap<String, String>();
        nights.lab()
                .universe()
                .endpoints()
                .forEach((endpoint, serverBehavior) -> promised.put(
                        endpoint.toString(),
                        String.join(" ", serverBehavior.expected().flags())));
        var found = nights.pairs("""
                SELECT mail_host.name || '[' || host(address) || ']', array_to_string(flags, ' ')
                FROM census.server_verdict JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)
                WHERE night = '2030-01-01' AND outcome NOT LIKE 'not_attempted%'""");
        promised.keySet().retainAll(found.keySet());
        assertTrue(promised.containsValue("small_hello"), promised::toString);
        assertEquals("", LabNights.differences(promised, found));
    }

    @Test
    @Order(1)
    void namesBeyondTheSampleInheritWhatDoesNotDependOnTheName() throws SQLException {
        assertEquals(Map.of("true", "6"), nights.pairs("""
                SELECT starttls::text, count(*) FROM census.server_verdict
                WHERE night = '2030-01-01' AND outcome = 'not_attempted_inherited' AND chain IS NULL AND inherited_from IS NOT NULL
                GROUP BY starttls"""));
    }

    @Test
    @Order(1)
    void everyDomainHasItsRoute() throws SQLException {
        var promised = nights.lab().universe().domains().stream()
                .collect(Collectors.toMap(
                        domain -> domain.domain().ascii(),
                        domain -> domain.route().label(),
                        (one, _) -> one,
                        TreeMap::new));
        var found = nights.pairs("""
                SELECT name, route FROM census.domain_verdict JOIN census.domain USING (domain_id) WHERE night = '2030-01-01'""");
        assertEquals("", LabNights.differences(promised, found));
    }

    @Test
    @Order(1)
    void everyPlannedServerIsAccountedFor() throws SQLException {
        assertEquals(Map.of("all", "0"), nights.pairs("""
                SELECT 'all', count(*) FROM census.planned_call
                FULL JOIN census.server_verdict USING (night, endpoint_id)
                WHERE night = '2030-01-01' AND (planned_call.endpoint_id IS NULL OR server_verdict.endpoint_id IS NULL)"""));
        assertEquals(
                Map.of("open", "0"),
                nights.pairs("SELECT 'open', count(*) FROM census.permit WHERE closed_at IS NULL"));
    }

    @Test
    @Order(1)
    void theServersSawOneQuietCaller() throws SQLException {
        var impolite = new TreeSet<String>();
        // Whoever knows TLS 1.0 only answers that question with it, and then we break off (decision 0020).
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
    @Order(1)
    void aSecondLookComesNoSoonerThanTheGap() throws SQLException {
        var shortest = nights.pairs("""
                SELECT 'gap', min(gap) FROM (
                    SELECT extract(epoch FROM started_at - lag(started_at) OVER (PARTITION BY endpoint_id ORDER BY attempt)) AS gap
                    FROM census.permit WHERE night = '2030-01-01') AS gaps""").get("gap");
        var allowed = Duration.ofMinutes(30).toMillis() / 1_000.0 * 0.002;
        assertTrue(
                Double.parseDouble(shortest) >= allowed, "shortest gap " + shortest + " s, allowed " + allowed + " s");
    }

    @Test
    @Order(2)
    void aCompletedNightIsNotRunAgain() {
        var refused = assertThrows(RefusedNightException.class, () -> nights.run(FIRST));
        assertTrue(refused.alreadyCompleted());
    }

    @Test
    @Order(3)
    void theNextNightWritesOnlyWhatChanged() throws Exception {
        assertEquals(NightRunner.NightResult.STOPPED, nights.run(SECOND, true), "behind its plan");
        assertEquals(Map.of("routes", "0", "addresses", "0"), nights.pairs("""
                SELECT 'routes', count(*) FROM census.mail_route WHERE first_night = '2030-01-02'
                UNION ALL
                SELECT 'addresses', count(*) FROM census.host_addresses WHERE first_night = '2030-01-02'"""));
    }

    @Test
    @Order(4)
    void nightsGoForward() {
        assertThrows(RefusedNightException.class, () -> nights.run(CensusNight.of("2029-12-31")));
    }

    @Test
    @Order(1)
    void aMissingIntermediateIsTakenFromThoseThatOtherServersSent() throws SQLException {
        assertEquals(Map.of("incomplete", "trusted"), nights.pairs("""
                SELECT DISTINCT chain, chain_with_known_intermediates FROM census.server_verdict
                WHERE night = '2030-01-01' AND chain IS DISTINCT FROM chain_with_known_intermediates"""));
        assertEquals(Map.of("false", "2", "true", "1"), nights.pairs("""
                SELECT is_published::text, count(DISTINCT trust_store) FROM pub.server_chain WHERE night = '2030-01-01' GROUP BY 1"""));
        assertEquals(Map.of("other", "0"), nights.pairs("""
                SELECT 'other', count(*) FROM pub.server_chain JOIN pub.server USING (night, mx_host, ip)
                WHERE is_published AND server_chain.chain <> server.chain"""));
    }

    @Test
    @Order(5)
    void whatOlderDefinitionsSaidIsDrawnAgainAndKept() throws SQLException {
        var servers = """
                SELECT endpoint_id, concat_ws(' ', outcome, coalesce(starttls::text, '-'), chain, chain_with_known_intermediates, name, method_version)
                FROM census.server_verdict WHERE night = '2030-01-01'""";
        var domains = """
                SELECT domain_id, concat_ws(' ', route, coalesce(starttls_any::text, '-'), method_version)
                FROM census.domain_verdict WHERE night = '2030-01-01'""";
        var serversBefore = nights.pairs(servers);
        var domainsBefore = nights.pairs(domains);
        nights.execute(
                "UPDATE census.server_verdict SET method_version = '2020-01', chain = 'expired', name = 'mismatch' WHERE night = '2030-01-01' AND chain IS NOT NULL");
        nights.execute(
                "UPDATE census.server_verdict SET outcome = 'no_starttls_unconfirmed', starttls = NULL WHERE night = '2030-01-01' AND outcome = 'no_starttls'");
        nights.execute(
                "UPDATE census.domain_verdict SET method_version = '2020-01', starttls_any = NULL WHERE night = '2030-01-01'");
        var reassessmentResult = nights.reassess(FIRST);
        assertEquals(List.of(FIRST), reassessmentResult.nights());
        assertEquals(
                List.of(0L, 0L, 0L),
                reassessmentResult.stores().stream()
                        .map(Reassessment.OfOneStore::changed)
                        .toList());
        assertEquals("", LabNights.differences(serversBefore, nights.pairs(servers)));
        assertEquals("", LabNights.differences(domainsBefore, nights.pairs(domains)));
        assertEquals(
                Map.of(
                        "server",
                        Integer.toString(serversBefore.size()),
                        "domain",
                        Integer.toString(domainsBefore.size())),
                nights.pairs("""
                SELECT kind, count(*) FROM census.former_verdict
                WHERE night = '2030-01-01' AND verdict ->> 'method_version' = method_version GROUP BY kind"""));
        assertEquals(Map.of("expired", "mismatch"), nights.pairs("""
                SELECT verdict ->> 'chain', verdict ->> 'name' FROM census.former_verdict
                WHERE kind = 'server' AND method_version = '2020-01'"""));
    }

    @Test
    @Order(6)
    void aDomainsOwnNameIsLookedForInItsServersCertificates() throws SQLException {
        var chosen = new TreeMap<>(nights.pairs("""
                SELECT domain.name, encode(server_verdict.leaf_sha256, 'hex')
                FROM census.tonight_route('2030-01-01') AS route JOIN census.domain USING (domain_id)
                JOIN census.tonight_set_server('2030-01-01') AS server USING (mx_set_id)
                JOIN census.server_verdict ON server_verdict.night = '2030-01-01' AND server_verdict.endpoint_id = server.endpoint_id
                WHERE server.is_best AND outcome = 'starttls_ok' ORDER BY domain.name"""));
        var exact = chosen.firstEntry();
        var wild = chosen.lastEntry();
        nights.execute(
                "UPDATE census.certificate SET dns_names = dns_names || ARRAY[upper('%s')] WHERE sha256 = decode('%s', 'hex')"
                        .formatted(exact.getKey(), exact.getValue()));
        nights.execute(
                "UPDATE census.certificate SET dns_names = dns_names || ARRAY['*.%s'] WHERE sha256 = decode('%s', 'hex')"
                        .formatted(wild.getKey(), wild.getValue()));
        nights.execute("UPDATE census.domain SET name = 'sub.' || name WHERE name = '%s'".formatted(wild.getKey()));
        new Verdicts(nights.database()).rollUpDomains(FIRST, MethodVersion.VERSION);
        var found = nights.pairs(
                "SELECT name, name_match_domain::text FROM census.domain_verdict JOIN census.domain USING (domain_id) WHERE night = '2030-01-01'");
        assertEquals("true", found.get(exact.getKey()));
        assertEquals("true", found.get("sub." + wild.getKey()));
        assertTrue(found.containsValue("false") && found.containsValue(null), found::toString);
    }
}
