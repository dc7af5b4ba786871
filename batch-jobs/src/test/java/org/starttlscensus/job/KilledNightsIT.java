package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.Address;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabSettings;
import org.starttlscensus.store.Database;

/**
 * Nights over the lab that are killed again and again, and each time started with the same command, until they are
 * complete. The lab lives in this process and counts what its servers see; the census is a process of its own.
 *
 * <p>{@code -Dcensus.kills=200} makes it long; {@code -Dcensus.seed=7} another one.
 */
class KilledNightsIT {

    private static final int KILLS = Integer.getInteger("census.kills", 5);
    private static final long SEED = Long.getLong("census.seed", System.nanoTime());
    private static final int KILLS_PER_NIGHT = 8;
    /** Early ones fall into the steps before the calls, late ones into those behind. */
    private static final int[] LONGEST_LIVES_MILLISECONDS = {6_000, 12_000, 30_000};
    private static final long LONGEST_NIGHT_MILLISECONDS = 180_000;

    @TempDir
    Path home;

    private final Random random = new Random(SEED);
    private int killed;

    @Test
    void nothingIsLostOrDoubledAndNobodyIsCalledTooOften() throws Exception {
        assumeTrue(CensusProcess.isBuilt(), "needs target/census.jar: run by mvn verify, behind package");
        for (int night = 1; killed < KILLS; night++) {
            try (var lab = Lab.open(LabSettings.in(home.resolve("lab" + night)).withNetwork("127.77").withTimeScale(0.002))) {
                killAndResume("2030-%02d-%02d".formatted(1 + night / 28, 1 + night % 28), settings(lab), lab);
            }
        }
        System.out.printf("%d kills, seed %d%n", killed, SEED);
    }

    private Map<String, String> settings(Lab lab) {
        var settings = new LinkedHashMap<>(lab.settings());
        settings.put("census.database.directory", home.resolve("pg").toString());
        return settings;
    }

    private void killAndResume(String night, Map<String, String> settings, Lab lab) throws Exception {
        Map<String, Set<String>> kept = new TreeMap<>();
        for (int kills = 0; kills < KILLS_PER_NIGHT && killed < KILLS; kills++) {
            var run = CensusProcess.run(home, night, settings, List.of());
            if (run.isOverWithin(500 + random.nextLong(LONGEST_LIVES_MILLISECONDS[random.nextInt(LONGEST_LIVES_MILLISECONDS.length)]))) {
                assertEquals(0, run.exit(), run.said());
                break;
            }
            run.kill();
            killed++;
            if (random.nextInt(4) == 0) killDatabase();
            compare(kept, night, "kill " + killed + ", seed " + SEED);
        }
        var last = CensusProcess.run(home, night, settings, List.of("--if-needed"));
        if (!last.isOverWithin(LONGEST_NIGHT_MILLISECONDS)) {
            last.kill();
            throw new AssertionError("night " + night + " does not end; seed " + SEED + "\n" + last.said());
        }
        assertEquals(0, last.exit(), () -> "seed " + SEED);
        try (var database = Database.openEmbedded(home.resolve("pg"))) {
            var jdbc = JdbcClient.create(database.dataSource());
            compare(kept, night, "at the end");
            assertEquals(List.of(), breaches(jdbc, night), "seed " + SEED);
            assertEquals(List.of(), tooOften(jdbc, night, lab), "seed " + SEED);
        }
    }

    /** The server too, as if the power had failed; whoever comes next starts it, and it recovers. */
    private void killDatabase() throws IOException {
        var file = home.resolve("pg/data/postmaster.pid");
        if (Files.notExists(file)) return;
        var pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        ProcessHandle.of(pid).filter(process -> process.info().command().orElse("").endsWith("postgres")).ifPresent(server -> {
            server.destroyForcibly();
            server.onExit().join();
        });
    }

    /** What stood in the database after a kill stands there after the next one. */
    private void compare(Map<String, Set<String>> kept, String night, String when) {
        try (var database = Database.openEmbedded(home.resolve("pg"))) {
            var jdbc = JdbcClient.create(database.dataSource());
            for (var table : List.of("list_edition", "domain", "mail_route", "endpoint", "observation", "server_verdict")) {
                var rows = new TreeSet<>(jdbc.sql(KEYS.get(table)).param("night", LocalDate.parse(night)).query(String.class).list());
                var before = kept.getOrDefault(table, Set.of());
                assertTrue(rows.containsAll(before), () -> "%s: rows of %s are lost: %s".formatted(when, table,
                        before.stream().filter(row -> !rows.contains(row)).toList()));
                kept.put(table, rows);
            }
            assertEquals(List.of(), jdbc.sql("""
                    SELECT permit_id FROM census.permit LEFT JOIN census.observation USING (night, permit_id)
                    WHERE (signal IS NOT NULL AND signal NOT IN ('not_dialled', 'abandoned')) <> (observation.permit_id IS NOT NULL)""")
                    .query(Long.class).list(), when + ": a closed permit has its observation, and no other");
        }
    }

    private static final Map<String, String> KEYS = Map.of(
            "list_edition", "SELECT list_id || sha256 FROM census.list_edition WHERE :night::date IS NOT NULL",
            "domain", "SELECT domain_id || name FROM census.domain WHERE :night::date IS NOT NULL",
            "mail_route", "SELECT domain_id || ' ' || first_night || ' ' || route FROM census.mail_route WHERE :night::date IS NOT NULL",
            "endpoint", "SELECT endpoint_id || ' ' || address FROM census.endpoint WHERE :night::date IS NOT NULL",
            "observation", "SELECT permit_id || ' ' || started_at || ' ' || ending FROM census.observation WHERE night = :night",
            "server_verdict", "SELECT endpoint_id::text FROM census.server_verdict WHERE night = :night");

    /** The law of conservation: whoever was planned was measured or has a reason, once. */
    private static List<String> breaches(JdbcClient jdbc, String night) {
        return jdbc.sql("""
                WITH fate AS (
                    SELECT planned_call.endpoint_id, planned_call.not_attempted, server_verdict.outcome,
                           (SELECT count(*) FROM census.observation WHERE night = :night AND endpoint_id = planned_call.endpoint_id) AS seen,
                           (SELECT count(*) FROM census.permit WHERE night = :night AND endpoint_id = planned_call.endpoint_id
                               AND signal IS DISTINCT FROM 'not_dialled') AS contacts,
                           (SELECT count(*) FROM census.permit WHERE night = :night AND endpoint_id = planned_call.endpoint_id
                               AND signal IS NULL) AS open
                    FROM census.planned_call
                    LEFT JOIN census.server_verdict USING (night, endpoint_id)
                    WHERE planned_call.night = :night
                )
                SELECT 'no verdict: ' || fate FROM fate WHERE outcome IS NULL
                UNION ALL SELECT 'measured, and left out: ' || fate FROM fate WHERE seen > 0 AND not_attempted IS NOT NULL
                UNION ALL SELECT 'not measured, without reason: ' || fate FROM fate WHERE seen = 0 AND not_attempted IS NULL AND contacts = 0
                UNION ALL SELECT 'more attempts than allowed: ' || fate FROM fate WHERE contacts > 3
                UNION ALL SELECT 'still open: ' || fate FROM fate WHERE open > 0
                UNION ALL SELECT 'verdict on nobody in the plan: ' || endpoint_id FROM census.server_verdict
                    WHERE night = :night AND endpoint_id NOT IN (SELECT endpoint_id FROM fate)
                UNION ALL SELECT 'a listed domain without verdict: ' || domain_id FROM census.night_list JOIN census.listed_domain USING (list_edition_id)
                    WHERE night = :night AND domain_id NOT IN (SELECT domain_id FROM census.domain_verdict WHERE night = :night)
                UNION ALL SELECT 'not complete' FROM census.night WHERE night = :night AND completed_at IS NULL""")
                .param("night", LocalDate.parse(night)).query(String.class).list();
    }

    /** As the servers counted: two calls an address, and one more for each of its names. */
    private static List<String> tooOften(JdbcClient jdbc, String night, Lab lab) {
        Map<Address, Long> names = new TreeMap<>();
        jdbc.sql("SELECT host(address), count(*) FROM census.planned_call WHERE night = :night AND not_attempted IS NULL GROUP BY address")
                .param("night", LocalDate.parse(night))
                .query(row -> {
                    names.put(Address.of(row.getString(1)), row.getLong(2));
                });
        var found = new TreeSet<String>();
        for (var visit : lab.log().visits()) {
            var address = visit.address();
            var seen = lab.log().visits(address).size();
            var allowed = 2 + names.getOrDefault(address, -2L);
            if (seen > allowed) found.add("%s was called %d times, allowed are %d".formatted(address, seen, allowed));
            if (lab.log().peakOpen(address) > 1) found.add("%s had %d open at once".formatted(address, lab.log().peakOpen(address)));
        }
        return List.copyOf(found);
    }
}
