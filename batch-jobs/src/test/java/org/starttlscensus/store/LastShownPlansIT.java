package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The last call before a night is near, though the state that it showed is old: only its month is read. */
@ExtendWith(EmptyDatabaseExtension.class)
class LastShownPlansIT {

    private static final Pattern SCAN = Pattern.compile("Scan.* on server_night_(\\d{4}_\\d{2}) ");
    private static final LocalDate TONIGHT = LocalDate.of(2031, 3, 31);

    private static Database database;

    /** Called in all nights but the last, and always the same is known of them. */
    @BeforeAll
    static void judgeServers() {
        WritableVerdicts.in(database);
        for (var statement : List.of(
                """
                SELECT open_partitions(month::date)::text
                FROM generate_series(timestamp '2030-12-01', '2031-03-01', '1 month') AS month""",
                "INSERT INTO mail_host (name) SELECT 'mx.s' || number || '.test' FROM generate_series(1, 2000) AS number",
                """
                INSERT INTO endpoint (mail_host_id, address)
                SELECT mail_host_id, '127.64.0.0'::inet + mail_host_id FROM mail_host ORDER BY mail_host_id""",
                """
                INSERT INTO server_verdict (night, endpoint_id, outcome, starttls, attempts, observed_at, inherited_from, flags,
                                            method_version)
                SELECT night, 1, CASE WHEN is_last THEN 'not_attempted_inherited' ELSE 'starttls_ok' END, true,
                       CASE WHEN is_last THEN 0 ELSE 1 END, CASE WHEN NOT is_last THEN night + time '22:30' END,
                       CASE WHEN is_last THEN 'other.test' END, '{}', 'test'
                FROM (VALUES (date '2030-12-01'), ('2030-12-31'), ('2031-01-01'), ('2031-01-31'), ('2031-02-01'),
                             ('2031-02-28'), ('2031-03-01'), ('2031-03-31')) AS judged (night)
                CROSS JOIN LATERAL (SELECT night = '2031-03-31' AS is_last) AS place""",
                """
                INSERT INTO server_night (night, endpoint_id, state_id, attempts, observed_at)
                SELECT night, number, state_id, attempts, observed_at
                FROM server_night CROSS JOIN generate_series(2, 2000) AS number""",
                """
                INSERT INTO known_server (endpoint_id, first_night, second_night, first_seen, outcome, starttls)
                SELECT endpoint_id, min(night), '2030-12-31', min(observed_at), 'starttls_ok', true
                FROM server_night GROUP BY endpoint_id""")) {
            if (statement.startsWith("SELECT")) rows(statement);
            else database.jdbc().sql(statement).update();
        }
        database.jdbc()
                .sql("ANALYZE server_night, server_state, night, night_version, known_server, endpoint, mail_host")
                .update();
    }

    private static List<String> rows(String sql) {
        return database.jdbc()
                .sql(sql)
                .param("night", TONIGHT)
                .param("port", 25)
                .query(String.class)
                .list();
    }

    /** The months of which a scan was executed. */
    private static List<String> read(String sql) {
        var plan = rows("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) " + sql);
        var months = new TreeSet<String>();
        for (var line : plan) {
            var scan = SCAN.matcher(line + " ");
            if (scan.find() && !line.contains("never executed")) months.add(scan.group(1));
        }
        assertTrue(plan.size() > 1, () -> String.join("\n", plan));
        return List.copyOf(months);
    }

    @Test
    void theFileOfServersReadsTheLastMonth() {
        assertEquals(List.of("2031_03"), read(Sql.named("publish/servers")));
    }

    /** With the versions of other nights joined, PostgreSQL 15 reads all nights of a span before it takes the last. */
    @Test
    void theVersionsOfTheFilesNightAloneAreJoined() {
        var plan = String.join("\n", rows("EXPLAIN (COSTS OFF) " + Sql.named("publish/servers")));
        assertEquals(
                1,
                Pattern.compile("Scan.* on night_version")
                        .matcher(plan)
                        .results()
                        .count(),
                plan);
    }

    /** And the month ahead, which is empty. */
    @Test
    void lastSeenReadsTheLastMonth() {
        assertEquals(List.of("2031_03", "2031_04"), read("SELECT last_seen FROM pub.known_server"));
    }

    @Test
    void theLastCallIsFound() {
        assertEquals(List.of("2031-03-01"), rows("""
                SELECT DISTINCT (last_own_at AT TIME ZONE 'UTC')::date::text FROM pub.server WHERE night = :night"""));
        assertEquals(List.of("2031-03-01"), rows("""
                SELECT DISTINCT (last_seen AT TIME ZONE 'UTC')::date::text FROM pub.known_server"""));
    }
}
