package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asked to be left out is marked, whatever is written at the same moment, and is named in no cell. */
@ExtendWith(EmptyDatabaseExtension.class)
class OptedOutIT {

    private static final String WISH = """
            INSERT INTO census.opt_out (name, network, since)
            VALUES ('victim.example', NULL, now()), (NULL, '192.0.2.0/24', now())""";

    private static Database database;

    @BeforeEach
    void addAHost() {
        execute("INSERT INTO census.mail_host (name) VALUES ('mx.elsewhere.example')");
    }

    @AfterEach
    void takeBack() {
        execute("DELETE FROM census.opt_out");
        execute("TRUNCATE census.domain, census.mail_host, census.endpoint, census.certificate CASCADE");
    }

    private static void execute(String sql) {
        database.jdbc().sql(sql).update();
    }

    private static List<String> rows(String question) {
        return database.jdbc().sql(question).query(String.class).list();
    }

    private static String added(String table) {
        return switch (table) {
            case "domain", "mail_host" -> "INSERT INTO census.%s (name) VALUES ('a.victim.example')".formatted(table);
            case "endpoint" -> """
                INSERT INTO census.endpoint (mail_host_id, address)
                SELECT mail_host_id, '192.0.2.7' FROM census.mail_host""";
            default -> certificate("1", "'{a.victim.example}'", "'{}'", 0);
        };
    }

    private static String certificate(String name, String dnsNames, String otherNames, int omitted) {
        return """
                INSERT INTO census.certificate (sha256, der, readable, dns_names, common_names, other_names, names_omitted)
                VALUES (sha256('%s'), '%s', true, %s, '{}', %s, %d)""".formatted(name, name, dnsNames, otherNames, omitted);
    }

    /** Runs the second while the first is open; the first is committed when the second waits, or is done. */
    private static void overlapping(String first, String second) throws SQLException {
        try (Connection open = database.dataSource().getConnection()) {
            open.setAutoCommit(false);
            open.createStatement().executeUpdate(first);
            var other = CompletableFuture.runAsync(() -> execute(second));
            while (!other.isDone()
                    && rows("SELECT 'waits' FROM pg_locks WHERE NOT granted").isEmpty()) Thread.onSpinWait();
            open.commit();
            other.join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"domain", "mail_host", "endpoint", "certificate"})
    void whoIsAddedAtTheSameMomentIsMarked(String table) throws SQLException {
        var marks = "SELECT bool_or(is_opted_out)::text FROM census." + table;
        overlapping(added(table), WISH);
        assertEquals(List.of("true"), rows(marks));
        takeBack();
        addAHost();
        overlapping(WISH, added(table));
        assertEquals(List.of("true"), rows(marks));
    }

    /** A host of a customer that is an alias of a name that opted out, as long as it is. */
    @Test
    void anAliasOfANameThatOptedOutIsMarked() throws SQLException {
        var marks = "SELECT is_opted_out::text FROM census.endpoint";
        var alias = """
                INSERT INTO census.host_addresses (mail_host_id, first_night, last_night, status, aliases, addresses, seen)
                SELECT mail_host_id, '2030-01-01', NULL, 'found', '{mx.victim.example}', '{198.51.100.7}', 1
                FROM census.mail_host""";
        var server = """
                INSERT INTO census.endpoint (mail_host_id, address)
                SELECT mail_host_id, '198.51.100.7' FROM census.mail_host""";
        execute(server);
        overlapping(alias, WISH);
        assertEquals(List.of("true"), rows(marks));
        execute("UPDATE census.host_addresses SET last_night = '2030-01-02'");
        assertEquals(List.of("false"), rows(marks), "another provider");
        execute("UPDATE census.host_addresses SET last_night = NULL");
        assertEquals(List.of("true"), rows(marks));
        execute("DELETE FROM census.opt_out");
        assertEquals(List.of("false"), rows(marks));
        takeBack();
        addAHost();
        execute(server);
        overlapping(WISH, alias);
        assertEquals(List.of("true"), rows(marks));
    }

    /** As in the files, where a wish for a name is one for all names below it. */
    @ParameterizedTest
    @CsvSource({
        "net:198.51.100.0/24,         network, 203.0.113.0/24,    198.51.100.0/23",
        "net:2001:db8:12:34::/64,     network, 2001:db8:1200::/48, 2001:db8:12::/48",
        "ec2-1-2.east.cloud.example,  name,    ec2.cloud.example, cloud.example",
        "mx.cloud.org,                name,    loud.org,          org",
        "cloud.example,               name,    x.cloud.example,   cloud.example"
    })
    void aProviderThatOptedOutIsNamedInNoCell(String provider, String column, String other, String wish) {
        var nights = new KnownNights(database, 1);
        nights.judge(1, "t");
        execute("UPDATE domain_state SET provider = '%s'".formatted(provider));
        execute("UPDATE server_verdict SET provider = '%s'".formatted(provider));
        execute("""
                INSERT INTO night_version (night, method_version, is_published, trust_store, judged_at)
                SELECT night, '2', false, 'test', now() FROM night""");
        execute("""
                INSERT INTO domain_revision (night, method_version, domain_id, route, provider, mx_hosts, measured, truncated,
                                             mixed_provider)
                SELECT night, '2', 1, 'mx', '%s', 1, 'own', false, false FROM night""".formatted(provider));
        var named = """
                SELECT (SELECT count(provider) FROM pub.server) || ' '
                       || (SELECT count(provider) FROM pub.server_by_version) || ' '
                       || (SELECT count(provider) FROM pub.domain) || ' '
                       || (SELECT count(provider) FROM pub.domain_by_version)""";
        execute("""
                INSERT INTO politeness (night, provider, class, connections, peak_open, suspensions, replies, charged,
                                        decided_by)
                SELECT night, '%s', 'ok', 1, 1, 0, 1, 'provider', 'psl' FROM night""".formatted(provider));
        execute("INSERT INTO night_block (night, provider, blocked_since) SELECT night, '%s', night FROM night"
                .formatted(provider));
        var rows = """
                SELECT (SELECT count(*) FROM pub.politeness) || ' ' || (SELECT count(*) FROM pub.blocked) || ' '
                       || (SELECT count(*) FROM pub.provider)""";
        var opted = "INSERT INTO opt_out (%s, since) VALUES ('%s', now())";
        assertEquals(List.of("1 2 1 2"), rows(named));
        execute(opted.formatted(column, other));
        assertEquals(List.of("1 2 1 2"), rows(named));
        assertEquals(List.of("1 1 1"), rows(rows));
        execute(opted.formatted(column, wish));
        assertEquals(List.of("0 0 0 0"), rows(named));
        assertEquals(List.of("0 0 0"), rows(rows));
        assertEquals(List.of("1 2 1 2"), rows(named.replace("count(provider)", "count(*)")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip:192.0.2.7",
                "email:post@victim.example",
                "uri:https://MX.victim.example:25/",
                "directory:CN=mx.victim.example,O=Victim"
            })
    void aCertificateThatNamesItInAnotherKindOfNameIsHidden(String entry) {
        var shown = "SELECT encode(der, 'escape') FROM pub.certificate ORDER BY 1";
        execute(certificate("before", "'{}'", "ARRAY['" + entry + "']", 0));
        execute(certificate(
                "else",
                "'{}'",
                "ARRAY['ip:198.51.100.7', 'ip:2001:db8:0:0:0:0:0:7', 'ip:c0000207ffffff00', 'ip:', 'oid:1.2.3',"
                        + " 'email:post@notvictim.example', 'other:']",
                0));
        execute(WISH);
        execute(certificate("later", "'{}'", "ARRAY['" + entry + "']", 0));
        assertEquals(List.of("else"), rows(shown));
    }

    /** Names that were left out of the columns are in the certificate itself. */
    @Test
    void aCertificateWithOmittedNamesShowsNoBytesWhileSomebodyOptedOut() {
        var shown = "SELECT coalesce(encode(der, 'escape'), 'hidden') FROM pub.certificate ORDER BY 1";
        execute(certificate("long", "'{b.example}'", "'{}'", 3));
        execute(certificate("short", "'{b.example}'", "'{}'", 0));
        assertEquals(List.of("long", "short"), rows(shown));
        execute(WISH);
        assertEquals(List.of("hidden", "short"), rows(shown));
    }
}
