package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.CensusNight;

/** States are stored once, a night is filed whole, and a later version only where it differs. */
@ExtendWith(EmptyDatabaseExtension.class)
class FilingIT {

    private static final CensusNight FIRST = CensusNight.of("2031-02-05");
    private static final CensusNight SECOND = CensusNight.of("2031-02-06");
    private static final Instant NOW = Instant.parse("2031-02-06T06:00:00Z");

    /** Verdicts of every kind: a third of the servers has a certificate, and some have empty texts and lists. */
    private static final String ASSESS = """
            INSERT INTO assessed_server (night, endpoint_id, outcome, starttls, attempts, observed_at, chain, name_match,
                                         leaf_sha256, detail, flags, method_version)
            SELECT :night, endpoint_id, CASE endpoint_id % 3 WHEN 0 THEN 'starttls_ok' WHEN 1 THEN 'no_starttls' ELSE 'blocked' END,
                   CASE endpoint_id % 3 WHEN 0 THEN true WHEN 1 THEN false END, 1 + endpoint_id % 2,
                   :night::date + time '23:00', CASE WHEN endpoint_id % 3 = 0 THEN :chain END,
                   CASE WHEN endpoint_id % 3 = 0 THEN 'match' END,
                   CASE WHEN endpoint_id % 3 = 0 THEN sha256((endpoint_id % 9)::text::bytea) END,
                   CASE endpoint_id % 5 WHEN 0 THEN '' WHEN 1 THEN 'a, b' END,
                   CASE endpoint_id % 4 WHEN 0 THEN '{}' WHEN 1 THEN '{unadvertised,small_hello}' ELSE '{not_asked}' END::text[],
                   :version
            FROM planned_call
            WHERE night = :night""";

    private static Database database;

    @BeforeEach
    void twoNightsOf90Servers() {
        database.jdbc().sql("""
                TRUNCATE night, mail_host, endpoint, planned_call, server_night, assessed_server, server_state
                RESTART IDENTITY CASCADE""").update();
        database.jdbc().sql("""
                INSERT INTO night (night, method_version, trust_store, opened_at)
                SELECT night, '1', 'roots-2031', night + time '22:00'
                FROM unnest(ARRAY[date '2031-02-05', '2031-02-06']) AS night""").update();
        database.jdbc()
                .sql("SELECT open_partitions('2031-02-05')::text")
                .query(String.class)
                .single();
        database.jdbc().sql("""
                INSERT INTO planned_call (night, endpoint_id, position, address, prefix, provider, provider_source,
                                          provider_rules, is_primary, is_implicit, measured_within_nights,
                                          starttls_refused_on, starttls_within_nights)
                SELECT night, number, number, inet '192.0.2.0' + number, '192.0.2.0/24', 'p' || number % 4, 'psl',
                       'test', true, number % 7 = 0, 1 + number % 2, night - 1, 7
                FROM night CROSS JOIN generate_series(1, 90) AS number""").update();
    }

    private static void assess(CensusNight night, String chain, String version) {
        database.jdbc()
                .sql(ASSESS)
                .param("night", night.date())
                .param("chain", chain)
                .param("version", version)
                .update();
    }

    private static void publish(CensusNight night, String chain, String version) {
        assess(night, chain, version);
        new Filing(database).publish(night, version, NOW);
    }

    private static void revise(CensusNight night, String chain, String version) {
        assess(night, chain, version);
        new Filing(database).revise(night, version, NOW);
    }

    private static List<String> query(String sql) {
        return database.jdbc().sql(sql).query(String.class).list();
    }

    /** What would be published, by server. */
    private static List<String> rows(CensusNight night, String version) {
        return query("""
                SELECT (endpoint_id, outcome, starttls, usable, chain, name_match, leaf_sha256, detail, flags, attempts,
                        observed_at AT TIME ZONE 'UTC', method_version)::text
                FROM server_verdict_by_version WHERE night = '%s' AND method_version = '%s' ORDER BY endpoint_id""".formatted(night, version));
    }

    @Test
    void aFiledNightIsWhatWasAssessed() {
        assess(FIRST, "trusted", "1");
        var assessed = query("""
                SELECT (endpoint_id, outcome, starttls, usable, chain, name_match, leaf_sha256, detail, flags, attempts,
                        observed_at AT TIME ZONE 'UTC', method_version)::text
                FROM assessed_server ORDER BY endpoint_id""");
        new Filing(database).publish(FIRST, "2", NOW);
        assertEquals(assessed, rows(FIRST, "1"));
        assertEquals(assessed, query("""
                        SELECT (endpoint_id, outcome, starttls, usable, chain, name_match, leaf_sha256, detail, flags,
                                attempts, observed_at AT TIME ZONE 'UTC', method_version)::text
                        FROM server_verdict WHERE night = '2031-02-05' ORDER BY endpoint_id"""));
        assertTrue(new Filing(database).isFiled(FIRST));
        assertFalse(new Filing(database).isFiled(SECOND));
    }

    /** Not asked for STARTTLS tonight: once in seven nights; else as often as the plan says. */
    @Test
    void aFiledServerKnowsItsPlan() {
        publish(FIRST, "trusted", "1");
        assertEquals(List.of("0"), query("""
                SELECT count(*)::text FROM server_verdict JOIN planned_call USING (night, endpoint_id)
                WHERE server_verdict.provider <> planned_call.provider
                   OR server_verdict.is_implicit <> planned_call.is_implicit
                   OR server_verdict.measured_within_nights
                      <> CASE WHEN 'not_asked' = ANY (flags) THEN 7 ELSE planned_call.measured_within_nights END"""));
    }

    @Test
    void aStateThatWasSeenBeforeIsNotStoredAgain() {
        publish(FIRST, "trusted", "1");
        var states = query("SELECT state_id::text FROM server_state ORDER BY server_state.state_id");
        publish(SECOND, "trusted", "1");
        assertEquals(states, query("SELECT state_id::text FROM server_state ORDER BY server_state.state_id"));
        publish(SECOND, "expired", "1");
        var later = query("SELECT state_id::text FROM server_state ORDER BY server_state.state_id");
        assertEquals(states, later.subList(0, states.size()));
        assertEquals(Integer.toString(later.size()), later.getLast(), "no number was used up");
    }

    @Test
    void aNightThatIsJudgedOnceMoreBeforeItIsPublishedIsFiledOnce() {
        publish(FIRST, "expired", "1");
        publish(FIRST, "trusted", "2");
        var rows = rows(FIRST, "2");
        publish(FIRST, "trusted", "2");
        assertEquals(rows, rows(FIRST, "2"));
        assertEquals(List.of("90"), query("SELECT count(*)::text FROM server_night"));
        assertEquals(List.of("2 true"), query("SELECT method_version || ' ' || is_published FROM night_version"));
    }

    @Test
    void eachVersionIsComparedWithWhatWasPublished() {
        publish(FIRST, "trusted", "1");
        var published = rows(FIRST, "1");
        revise(FIRST, "expired", "2");
        revise(FIRST, "trusted", "3");
        revise(FIRST, "incomplete", "4");
        assertEquals(published, rows(FIRST, "1"));
        assertEquals(
                published,
                rows(FIRST, "3").stream().map(row -> row.replace(",3)", ",1)")).toList());
        assertEquals(List.of("2 30", "4 30"), query("""
                SELECT method_version || ' ' || count(*) FROM server_revision GROUP BY method_version ORDER BY 1"""));
        assertEquals(List.of("1 trusted", "2 expired", "3 trusted", "4 incomplete"), query("""
                SELECT DISTINCT method_version || ' ' || chain FROM server_verdict_by_version WHERE chain IS NOT NULL
                ORDER BY 1"""));
        assertEquals(List.of("0"), query("SELECT count(*)::text FROM assessed_server"));
    }

    @Test
    void aVersionIsFiledOnce() {
        publish(FIRST, "trusted", "1");
        revise(FIRST, "expired", "2");
        var before = rows(FIRST, "2");
        assertThrows(RuntimeException.class, () -> revise(FIRST, "incomplete", "2"));
        assertEquals(before, rows(FIRST, "2"));
    }

    @Test
    void aNightIsFiledWholeOrNotAtAll() {
        assess(FIRST, "trusted", "1");
        database.jdbc()
                .sql("UPDATE assessed_server SET method_version = '2' WHERE endpoint_id = 7")
                .update();
        var mixed = assertThrows(IllegalStateException.class, () -> new Filing(database).publish(FIRST, "2", NOW));
        assertEquals("night 2031-02-05: servers were judged by several versions: 1 to 2", mixed.getMessage());
        database.jdbc().sql("UPDATE assessed_server SET method_version = '1'").update();
        database.jdbc().sql("DELETE FROM planned_call WHERE endpoint_id = 7").update();
        var withoutPlan =
                assertThrows(IllegalStateException.class, () -> new Filing(database).publish(FIRST, "1", NOW));
        assertEquals("night 2031-02-05: of 90 servers that were judged, some have no plan", withoutPlan.getMessage());
        assertEquals(List.of("0 0 0 90"), query("""
                SELECT concat_ws(' ', (SELECT count(*) FROM server_night), (SELECT count(*) FROM night_version),
                                 (SELECT count(*) FROM server_state), (SELECT count(*) FROM assessed_server))"""));
    }

    @Test
    void aNightWithoutServersIsFiledToo() {
        new Filing(database).publish(FIRST, "1", NOW);
        assertTrue(new Filing(database).isFiled(FIRST));
        assertEquals(List.of("1 roots-2031"), query("SELECT method_version || ' ' || trust_store FROM night_version"));
    }

    /** Nothing, an empty text, and texts whose borders could be taken for one another. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "detail = NULL | detail = ''",
                "detail = 'a', enhanced_code = NULL | detail = NULL, enhanced_code = 'a'",
                "flags = '{}' | flags = '{\"\"}'",
                "flags = ARRAY['a', 'b'] | flags = ARRAY['a,b']",
                "flags = ARRAY['a', 'b'] | flags = ARRAY['b', 'a']",
                "detail = 'a,b' | detail = 'a\",\"b'",
                "revoked = NULL | revoked = false",
                "leaf_sha256 = NULL | leaf_sha256 = ''"
            })
    void twoStatesAreNeverTakenForOne(String one, String other) {
        assess(FIRST, "trusted", "1");
        database.jdbc()
                .sql("DELETE FROM assessed_server WHERE endpoint_id NOT IN (12, 24)")
                .update();
        database.jdbc()
                .sql("DELETE FROM planned_call WHERE endpoint_id NOT IN (12, 24)")
                .update();
        for (var server : List.of("12 " + one, "24 " + other)) {
            database.jdbc()
                    .sql(
                            "UPDATE assessed_server SET leaf_sha256 = NULL, detail = NULL, flags = '{}' WHERE endpoint_id = "
                                    + server.substring(0, 2))
                    .update();
            database.jdbc()
                    .sql("UPDATE assessed_server SET %s WHERE endpoint_id = %s"
                            .formatted(server.substring(3), server.substring(0, 2)))
                    .update();
        }
        new Filing(database).publish(FIRST, "1", NOW);
        assertEquals(List.of("2"), query("SELECT count(*)::text FROM server_state"));
    }
}
