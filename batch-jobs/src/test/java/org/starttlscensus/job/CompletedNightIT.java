package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.politeness.ProviderRules;
import org.starttlscensus.store.Verdicts;
import org.starttlscensus.tls.Offer;

/** A complete night: it is not run again, and later nights build on it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CompletedNightIT {

    private static final CensusNight SECOND = CensusNight.of("2030-01-02");

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

    /** Servers that fail with a ClientHello of two packets are distinguished from those that refuse TLS or are slow. */
    @Test
    @Order(2)
    void aCompletedNightIsNotRunAgain() {
        var refused = assertThrows(RefusedNightException.class, () -> nights.run(LabNights.FIRST));
        assertTrue(refused.alreadyCompleted());
    }

    @Test
    @Order(3)
    void theNextNightStoresOnlyChangedRoutes() throws Exception {
        nights.plan(SECOND);
        assertEquals(Map.of("routes", "0", "addresses", "0"), nights.pairs("""
                SELECT 'routes', count(*) FROM census.mail_route WHERE first_night = '2030-01-02'
                UNION ALL
                SELECT 'addresses', count(*) FROM census.host_addresses WHERE first_night = '2030-01-02'"""));
    }

    @Test
    @Order(4)
    void anEarlierNightThanTheLatestIsRefused() {
        assertThrows(RefusedNightException.class, () -> nights.run(CensusNight.of("2029-12-31")));
    }

    @Test
    @Order(7)
    void howTheNightWasMeasuredIsPublic() throws SQLException {
        assertEquals(
                Map.of(
                        "2030-01-01",
                        "t %d 0.002 3.600000 0 2 f"
                                .formatted(nights.settings().smtp().port())),
                nights.pairs("""
                        SELECT night::text, concat_ws(' ', is_lab, port, time_scale, confirmation_gap_s,
                                                      previous_offer_percent, cardinality(lists),
                                                      has_changed_conditions)
                        FROM pub.night WHERE night = '2030-01-01'"""));
        assertEquals(
                Map.of(Offer.standard().id(), ProviderRules.shipped().sha256().toString()),
                nights.pairs("SELECT offers[1], provider_rules_sha256 FROM pub.night WHERE night = '2030-01-01'"));
    }

    @Test
    @Order(9)
    void theDomainsNameIsCheckedInItsServersCertificates() throws SQLException {
        var chosen = new TreeMap<>(nights.pairs("""
                SELECT domain.name, encode(server_verdict.leaf_sha256, 'hex')
                FROM census.tonight_route('2030-01-01') AS route JOIN census.domain USING (domain_id)
                JOIN census.tonight_set_server('2030-01-01') AS server USING (mx_set_id)
                JOIN census.server_verdict
                  ON server_verdict.night = '2030-01-01' AND server_verdict.endpoint_id = server.endpoint_id
                WHERE server.is_best AND outcome = 'starttls_ok' ORDER BY domain.name"""));
        var exact = chosen.firstEntry();
        var wild = chosen.lastEntry();
        nights.execute(("UPDATE census.certificate SET dns_names = dns_names || ARRAY[upper('%s')] "
                        + "WHERE sha256 = decode('%s', 'hex')")
                .formatted(exact.getKey(), exact.getValue()));
        nights.execute(("UPDATE census.certificate SET dns_names = dns_names || ARRAY['*.%s'] "
                        + "WHERE sha256 = decode('%s', 'hex')")
                .formatted(wild.getKey(), wild.getValue()));
        nights.execute("UPDATE census.domain SET name = 'sub.' || name WHERE name = '%s'".formatted(wild.getKey()));
        new Verdicts(nights.database()).rollUpDomains(LabNights.FIRST, MethodVersion.VERSION);
        var found = nights.pairs("SELECT name, name_match_domain::text FROM census.domain_verdict "
                + "JOIN census.domain USING (domain_id) WHERE night = '2030-01-01'");
        assertEquals("true", found.get(exact.getKey()));
        assertEquals("true", found.get("sub." + wild.getKey()));
        assertTrue(found.containsValue("false") && found.containsValue(null), found::toString);
    }
}
