package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.starttlscensus.Cookbook;
import org.starttlscensus.Cookbook.Question;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.ReaderRole;

/** What researchers read of two nights over the lab, as the role that they have. */
class PubOfLabNightsIT {

    private static final String PASSWORD = "0123456789abcdef";

    @TempDir
    private static Path directory;

    private static LabNights nights;
    private static Connection reader;

    @BeforeAll
    static void runTwoNights() throws Exception {
        nights = LabNights.afterFirstNight(directory);
        assertEquals(NightRunner.NightResult.COMPLETED, nights.run(CensusNight.of("2030-01-02")));
        addWhatNoLabNightShows();
        var role = new ReaderRole(nights.database());
        assertEquals(List.of(), role.prepare());
        role.ensurePassword(PASSWORD);
        reader = DriverManager.getConnection(nights.database().address().jdbcUrl(), ReaderRole.NAME, PASSWORD);
    }

    @AfterAll
    static void closeEverything() throws Exception {
        if (reader != null) reader.close();
        if (nights != null) nights.close();
    }

    /** Servers of the lab do not change from one night to the next, and blocks of single addresses are rare. */
    private static void addWhatNoLabNightShows() throws SQLException {
        nights.execute("""
                INSERT INTO census.known_change (night, kind, endpoint_id, before, after)
                SELECT '2030-01-02', 'chain_broke', endpoint_id, 'trusted', 'expired' FROM census.endpoint""");
        nights.execute("""
                INSERT INTO census.known_change (night, kind, domain_id, before, after)
                SELECT '2030-01-02', 'starttls_lost', domain_id, 'starttls', 'no_starttls' FROM census.domain""");
        nights.execute("""
                INSERT INTO census.starttls_loss (address, last_handshake, first_seen, suspected_night)
                SELECT DISTINCT address, timestamptz '2030-01-01', timestamptz '2030-01-02', date '2030-01-02'
                FROM census.endpoint""");
        nights.execute("DELETE FROM census.night_block");
        nights.execute("""
                INSERT INTO census.night_block (night, address, blocked_since)
                SELECT DISTINCT date '2030-01-02', address, date '2030-01-02' FROM census.endpoint""");
        nights.execute("""
                INSERT INTO census.night_block (night, provider, blocked_since)
                SELECT DISTINCT night, provider, night FROM census.politeness""");
    }

    private static List<String> read(String sql) throws SQLException {
        try (var statement = reader.createStatement();
                var rows = statement.executeQuery(sql)) {
            var read = new ArrayList<String>();
            while (rows.next()) read.add(rows.getString(1));
            return read;
        }
    }

    static List<Question> questions() throws SQLException {
        var asked = nights.pairs("""
                SELECT way.domain, way.mx_host FROM pub.domain_server AS way
                JOIN pub.server USING (night, mx_host, ip)
                WHERE leaf_sha256 IS NOT NULL AND night = '2030-01-02' ORDER BY 1 LIMIT 1""");
        return Cookbook.questions().stream()
                .map(question -> question.about(
                        asked.keySet().iterator().next(),
                        asked.values().iterator().next()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void everyQuestionOfTheCookbookHasAnAnswer(Question question) throws SQLException {
        assertTrue(question.words().endsWith("?"), question::words);
        assertTrue(!question.sql().contains("census."), "only pub");
        assertNotEquals(List.of(), read(question.sql()), question.words());
    }

    /** A night that runs has no answers yet. */
    @Test
    void everyQuestionHasAnAnswerWhileANightRuns() throws SQLException {
        nights.execute("INSERT INTO census.night (night, method_version, trust_store, opened_at)"
                + " VALUES ('2030-01-03', 'test', 'test', '2030-01-03T22:00:00Z')");
        nights.execute("INSERT INTO census.night_list (night, list_edition_id, position)"
                + " SELECT '2030-01-03', list_edition_id, position FROM census.night_list WHERE night = '2030-01-02'");
        try {
            var without = new ArrayList<String>();
            for (var question : questions()) if (read(question.sql()).isEmpty()) without.add(question.name());
            assertEquals(List.of(), without);
        } finally {
            nights.execute("DELETE FROM census.night_list WHERE night = '2030-01-03'");
            nights.execute("DELETE FROM census.night WHERE night = '2030-01-03'");
        }
    }

    /** All that can be asked of them: how many rows of each view have the word in any column. */
    private static Map<String, Integer> rowsWith(String word) throws SQLException {
        var found = new TreeMap<String, Integer>();
        for (var view : read("SELECT viewname FROM pg_views WHERE schemaname = 'pub'")) {
            var count = read("SELECT count(*) FROM pub.%s AS line WHERE line::text ~ '%s'"
                            .formatted(view, "(^|[^a-z0-9.-])" + word.replace(".", "\\.") + "($|[^a-z0-9.-])"))
                    .getFirst();
            if (!count.equals("0")) found.put(view, Integer.parseInt(count));
        }
        return found;
    }

    private static Map<String, Integer> rowsOfViews() throws SQLException {
        var found = new TreeMap<String, Integer>();
        for (var view : read("SELECT viewname FROM pg_views WHERE schemaname = 'pub'"))
            found.put(
                    view,
                    Integer.parseInt(read("SELECT count(*) FROM pub." + view).getFirst()));
        return found;
    }

    private static String one(String sql) throws SQLException {
        return read(sql).getFirst();
    }

    private static void optOut(String values, Check check) throws SQLException {
        var before = rowsOfViews();
        nights.execute("INSERT INTO census.opt_out (name, network, since) VALUES " + values);
        try {
            check.run();
        } finally {
            nights.execute("DELETE FROM census.opt_out");
        }
        assertEquals(before, rowsOfViews(), "who comes back is there again");
    }

    private interface Check {
        void run() throws SQLException;
    }

    /** With the mail servers whose names are below its own. */
    @Test
    void aDomainThatOptedOutIsInNoView() throws SQLException {
        var domain = one("""
                SELECT domain FROM pub.domain_server
                WHERE mx_host LIKE '%.' || domain AND ip IS NOT NULL ORDER BY domain LIMIT 1""");
        var seen = rowsWith(domain).keySet();
        assertTrue(
                seen.containsAll(Set.of("change", "domain", "domain_server", "known_domain", "listed", "route")),
                seen::toString);
        optOut("('" + domain + "', NULL, now())", () -> {
            assertEquals(Map.of(), rowsWith(domain));
            assertEquals("0", one("SELECT count(*) FROM pub.server WHERE mx_host LIKE '%." + domain + "'"));
            assertEquals("0", one("SELECT count(*) FROM pub.address WHERE mx_host LIKE '%." + domain + "'"));
        });
    }

    @Test
    void aMailHostThatOptedOutIsInNoView() throws SQLException {
        var host = one("""
                SELECT handshake.mx_host FROM pub.handshake
                JOIN pub.certificate ON handshake.mx_host = ANY (dns_names)
                JOIN pub.old_version_answer USING (night, mx_host)
                ORDER BY 1 LIMIT 1""");
        var seen = new TreeSet<>(rowsWith(host).keySet());
        assertTrue(
                seen.containsAll(Set.of(
                        "address",
                        "certificate",
                        "change",
                        "domain_server",
                        "handshake",
                        "known_server",
                        "old_version_answer",
                        "route",
                        "server",
                        "server_chain")),
                seen::toString);
        optOut("('" + host + "', NULL, now())", () -> assertEquals(Map.of(), rowsWith(host)));
    }

    @Test
    void anAddressThatOptedOutIsInNoView() throws SQLException {
        var address = one("SELECT host(ip) FROM pub.handshake ORDER BY ip LIMIT 1");
        var seen = rowsWith(address).keySet();
        assertTrue(
                seen.containsAll(
                        Set.of("address", "blocked", "change", "domain_server", "handshake", "known_server", "server")),
                seen::toString);
        optOut("(NULL, '" + address + "', now())", () -> assertEquals(Map.of(), rowsWith(address)));
    }

    /** Servers of one address may have other names, which inherit from it. */
    @Test
    void nobodyElseIsHidden() throws SQLException {
        var before = rowsOfViews();
        var host = one("SELECT inherited_from FROM pub.server WHERE inherited_from IS NOT NULL ORDER BY 1 LIMIT 1");
        optOut("('" + host + "', NULL, now())", () -> {
            assertEquals(Map.of(), rowsWith(host));
            assertEquals(
                    before.get("server") - Integer.parseInt(one("SELECT count(*) FROM pub.night")),
                    rowsOfViews().get("server"));
        });
    }

    @Test
    void whoIsFoundLaterIsMarkedToo() throws SQLException {
        optOut("('later.test', NULL, now()), (NULL, '203.0.113.0/24', now())", () -> {
            nights.execute("INSERT INTO census.domain (name) VALUES ('later.test'), ('a.later.test'), ('alater.test')");
            nights.execute("INSERT INTO census.mail_host (name) VALUES ('mx.later.test'), ('mx.elsewhere.test')");
            nights.execute("""
                    INSERT INTO census.endpoint (mail_host_id, address)
                    SELECT mail_host_id, address FROM census.mail_host
                    CROSS JOIN (VALUES (inet '203.0.113.9'), ('198.51.100.9')) AS located (address)
                    WHERE name IN ('mx.later.test', 'mx.elsewhere.test')""");
            assertEquals(
                    Map.of("a.later.test", "t", "alater.test", "f", "later.test", "t"),
                    nights.pairs("SELECT name, is_opted_out FROM census.domain WHERE name LIKE '%later.test'"));
            assertEquals(
                    Map.of(
                            "mx.elsewhere.test 198.51.100.9", "f",
                            "mx.elsewhere.test 203.0.113.9", "t",
                            "mx.later.test 198.51.100.9", "t",
                            "mx.later.test 203.0.113.9", "t"),
                    nights.pairs("""
                            SELECT name || ' ' || host(address), endpoint.is_opted_out FROM census.endpoint
                            JOIN census.mail_host USING (mail_host_id)
                            WHERE name IN ('mx.later.test', 'mx.elsewhere.test')"""));
            nights.execute("""
                    DELETE FROM census.endpoint USING census.mail_host
                    WHERE endpoint.mail_host_id = mail_host.mail_host_id
                      AND name IN ('mx.later.test', 'mx.elsewhere.test')""");
        });
    }
}
