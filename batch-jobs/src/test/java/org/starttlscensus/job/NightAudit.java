package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.store.Database;

/**
 * What must hold for a night over the lab, however it was disturbed: checked in its database and at the called servers.
 */
final class NightAudit {

    private final String night;
    private final Lab lab;
    private final Map<String, Set<String>> kept = new TreeMap<>();

    NightAudit(String night, Lab lab) {
        this.night = night;
        this.lab = lab;
    }

    /** What the database had at the last check it still has, and the ledger agrees with the facts. */
    void look(Database database, String when) {
        var jdbc = JdbcClient.create(database.dataSource());
        for (var table : KEYS.keySet()) {
            var rows = new TreeSet<>(jdbc.sql(KEYS.get(table))
                    .param("night", LocalDate.parse(night))
                    .query(String.class)
                    .list());
            var before = kept.getOrDefault(table, Set.of());
            assertTrue(
                    rows.containsAll(before),
                    () -> "%s: rows of %s are lost: %s"
                            .formatted(
                                    when,
                                    table,
                                    before.stream()
                                            .filter(row -> !rows.contains(row))
                                            .toList()));
            kept.put(table, rows);
        }
        assertEquals(
                List.of(),
                jdbc.sql("""
                SELECT permit_id
                FROM census.permit
                LEFT JOIN census.observation USING (night, endpoint_id, attempt)
                LEFT JOIN census.old_version_call USING (night, endpoint_id, attempt)
                WHERE (signal IS NOT NULL AND signal NOT IN ('not_dialled', 'abandoned'))
                    <> (coalesce(observation.reply_judgement_id, old_version_call.reply_judgement_id) IS NOT NULL)\
                """).query(Long.class).list(),
                when + ": a closed permit has its observation, and no other");
    }

    /** At the end: nothing is lost or doubled, and no server was called too often. */
    void lastLook(Database database, String when) {
        conserves(database, when);
        assertEquals(List.of(), tooOften(JdbcClient.create(database.dataSource())), when);
    }

    /** Every planned server was measured or has a reason, exactly once, and the ledger agrees with the facts. */
    void conserves(Database database, String when) {
        look(database, when);
        assertEquals(List.of(), breaches(JdbcClient.create(database.dataSource())), when);
    }

    long openPermits(Database database) {
        return count(database, "signal IS NULL");
    }

    long abandoned(Database database) {
        return count(database, "signal = 'abandoned'");
    }

    long count(Database database, String condition) {
        return JdbcClient.create(database.dataSource())
                .sql("SELECT count(*) FROM census.permit WHERE night = :night AND " + condition)
                .param("night", LocalDate.parse(night))
                .query(Long.class)
                .single();
    }

    private static final Map<String, String> KEYS = Map.of(
            "list_edition", "SELECT list_id || sha256 FROM census.list_edition WHERE :night::date IS NOT NULL",
            "domain", "SELECT domain_id || name FROM census.domain WHERE :night::date IS NOT NULL",
            "mail_route",
                    "SELECT domain_id || ' ' || first_night || ' ' || route FROM census.mail_route "
                            + "WHERE :night::date IS NOT NULL",
            "endpoint", "SELECT endpoint_id || ' ' || address FROM census.endpoint WHERE :night::date IS NOT NULL",
            "observation",
                    "SELECT endpoint_id || ' ' || attempt || ' ' || started_at || ' ' || ending FROM census.observation "
                            + "WHERE night = :night",
            "server_verdict", "SELECT endpoint_id::text FROM census.server_verdict WHERE night = :night");

    /** Conservation: every planned server was measured or has a reason, exactly once. */
    private List<String> breaches(JdbcClient jdbc) {
        return jdbc.sql("""
                WITH fate AS (
                    SELECT planned_call.endpoint_id, planned_call.not_attempted, server_verdict.outcome,
                           (SELECT count(*) FROM census.observation
                               WHERE night = :night AND endpoint_id = planned_call.endpoint_id) AS seen,
                           (SELECT count(*) FROM census.permit
                               WHERE night = :night AND endpoint_id = planned_call.endpoint_id
                               AND signal IS DISTINCT FROM 'not_dialled') AS contacts,
                           (SELECT count(*) FROM census.permit
                               WHERE night = :night AND endpoint_id = planned_call.endpoint_id
                               AND signal IS NULL) AS open
                    FROM census.planned_call
                    LEFT JOIN census.server_verdict USING (night, endpoint_id)
                    WHERE planned_call.night = :night
                ),
                -- No process is waited for longer than the deadline of a call, whether it died or sleeps.
                contact AS (
                    SELECT permit_id, address, coalesce(started_at, dial_before)    AS started_at,
                           least(ended_at, dial_before + interval '3.6 s')          AS ended_at
                    FROM census.permit JOIN census.planned_call USING (night, endpoint_id)
                    WHERE night = :night AND signal <> 'not_dialled'
                )
                SELECT 'no verdict: ' || fate FROM fate WHERE outcome IS NULL
                UNION ALL SELECT 'measured, and left out: ' || fate FROM fate
                    WHERE seen > 0 AND not_attempted IS NOT NULL
                UNION ALL SELECT 'not measured, without reason: ' || fate FROM fate
                    WHERE seen = 0 AND not_attempted IS NULL AND contacts = 0
                UNION ALL SELECT 'more attempts than allowed: ' || fate FROM fate WHERE contacts > 3
                UNION ALL SELECT 'two open at once: ' || one.permit_id || ' and ' || other.permit_id
                    FROM contact AS one JOIN contact AS other USING (address)
                    WHERE one.started_at < other.started_at AND other.started_at < one.ended_at
                UNION ALL SELECT 'still open: ' || fate FROM fate WHERE open > 0
                UNION ALL SELECT 'verdict on nobody in the plan: ' || endpoint_id FROM census.server_verdict
                    WHERE night = :night AND endpoint_id NOT IN (SELECT endpoint_id FROM fate)
                UNION ALL SELECT 'a listed domain without verdict: ' || domain_id
                    FROM census.night_list JOIN census.listed_domain USING (list_edition_id)
                    WHERE night = :night AND domain_id NOT IN (
                        SELECT domain_id FROM census.domain_verdict WHERE night = :night)
                UNION ALL SELECT 'not complete' FROM census.night WHERE night = :night AND completed_at IS NULL""")
                .param("night", LocalDate.parse(night))
                .query(String.class)
                .list();
    }

    /**
     * As the servers counted: at most two calls to an address, and one more for each of its names. How many were open
     * at once is taken from the ledger: in a night of ten seconds we wait 0.12 s for a server's FIN, and on a busy
     * machine it may come later.
     */
    private List<String> tooOften(JdbcClient jdbc) {
        Map<Address, Long> names = new TreeMap<>();
        jdbc.sql("SELECT host(address), count(*) FROM census.planned_call "
                        + "WHERE night = :night AND not_attempted IS NULL GROUP BY address")
                .param("night", LocalDate.parse(night))
                .query(row -> {
                    names.put(Address.of(row.getString(1)), row.getLong(2));
                });
        var found = new TreeSet<String>();
        for (var session : lab.log().sessions()) {
            var address = session.address();
            var seen = lab.log().sessions(address).size();
            var allowed = 2 + names.getOrDefault(address, -2L);
            if (seen > allowed) found.add("%s was called %d times, allowed are %d".formatted(address, seen, allowed));
        }
        return List.copyOf(found);
    }
}
