package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.fact.CensusNight;

/** The schema as the migrations create it from empty, as researchers see it in psql. */
class MigrationsIT {

    @TempDir
    static Path directory;

    private static Database database;

    @BeforeAll
    static void migrateFromEmpty() {
        EmptyDatabase.linkPrograms(directory);
        database = Database.openEmbedded(directory);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static List<String> found(String sql) {
        return JdbcClient.create(database.dataSource())
                .sql(sql)
                .query(String.class)
                .list();
    }

    /** Without partitions and without Flyway's own table. */
    private static final String OURS = """
            WITH ours AS (
                SELECT pg_class.oid, nspname || '.' || relname AS name
                FROM pg_class
                JOIN pg_namespace ON pg_namespace.oid = relnamespace
                WHERE nspname IN ('census', 'batch', 'pub')
                  AND relkind IN ('r', 'p', 'v', 'm')
                  AND NOT relispartition
                  AND relname <> 'flyway_schema_history'
            )
            """;

    /** A kill leaves both or neither. */
    @Test
    void aMigrationAndItsHistoryEntryAreOneTransaction() {
        assertEquals(List.of("true", "true"), found("""
                SELECT (flyway_schema_history.xmin = pg_attribute.xmin)::text
                FROM census.flyway_schema_history
                JOIN (VALUES ('042', 'server_night', 'state_id'),
                      ('020', 'blocked_share', 'newly_blocked')) AS made (version, relation, attribute)
                    USING (version)
                JOIN pg_attribute ON attrelid = ('census.' || made.relation)::regclass
                    AND attname = made.attribute"""));
    }

    @Test
    void everyTableAndViewHasAComment() {
        assertEquals(
                List.of(),
                found(OURS + "SELECT name FROM ours WHERE obj_description(oid, 'pg_class') IS NULL ORDER BY name"));
    }

    @Test
    void everyColumnHasAComment() {
        assertEquals(List.of(), found(OURS + """
                SELECT name || '.' || attname FROM ours JOIN pg_attribute ON attrelid = ours.oid
                WHERE attnum > 0 AND NOT attisdropped AND col_description(ours.oid, attnum) IS NULL
                    ORDER BY name, attnum"""));
    }

    @Test
    void everySchemaAndFunctionHasAComment() {
        assertEquals(List.of(), found("""
                SELECT nspname FROM pg_namespace
                WHERE nspname IN ('batch', 'pub') AND obj_description(oid, 'pg_namespace') IS NULL
                UNION ALL
                SELECT nspname || '.' || proname FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
                WHERE nspname IN ('census', 'batch', 'pub') AND obj_description(pg_proc.oid, 'pg_proc') IS NULL"""));
    }

    @Test
    void everyConstraintOfOursIsNamedForItsTable() {
        assertEquals(List.of(), found(OURS + """
                SELECT name || ': ' || conname FROM ours JOIN pg_constraint ON conrelid = ours.oid
                WHERE name LIKE 'census.%' AND contype IN ('c', 'u', 'p')
                  AND conname NOT LIKE replace(split_part(name, '.', 2), '_', '\\_') || '\\_%' ORDER BY name"""));
    }

    @Test
    void timesHaveTheirZoneAndNamesHaveNoLimit() {
        assertEquals(List.of(), found(OURS + """
                SELECT name || '.' || attname || ' ' || atttypid::regtype FROM ours JOIN pg_attribute
                       ON attrelid = ours.oid
                WHERE name NOT LIKE 'batch.%' AND attnum > 0 AND atttypid::regtype::text IN
                    ('timestamp without time zone', 'character varying', 'character', 'json') ORDER BY name"""));
    }

    @Test
    void aNightOfAnEarlierVersionKeepsItsSteps() throws IOException {
        var jdbc = JdbcClient.create(database.dataSource());
        jdbc.sql("""
                INSERT INTO batch.batch_job_instance (job_instance_id, job_name, job_key)
                    VALUES (-1, 'nightlyCensus', 'key');
                INSERT INTO batch.batch_job_execution (job_execution_id, job_instance_id, create_time)
                    VALUES (-1, -1, now());
                INSERT INTO batch.batch_step_execution (step_execution_id, version, step_name, job_execution_id,
                                                        create_time)
                VALUES (-1, 0, 'aggregate', -1, now()), (-2, 0, 'remember', -1, now())""").update();
        jdbc.sql(Files.readString(Path.of("../sql/migrations/V026__record_history.sql")))
                .update();
        assertEquals(
                List.of("aggregate", "record-history"),
                found("SELECT step_name FROM batch.batch_step_execution WHERE job_execution_id = -1 ORDER BY 1"));
    }

    /** Until then a whole network was charged; whoever of it refused us last keeps the block. */
    @Test
    void theBlockOfANetworkBecomesThatOfTheAddressesThatRefusedUs() throws IOException {
        var night = CensusNight.of("2030-01-01");
        PlannedNight.in(database, night, 4, 5);
        var jdbc = JdbcClient.create(database.dataSource());
        jdbc.sql("UPDATE census.planned_call SET provider = 'net:127.64.0.0/24', provider_source = 'net'")
                .update();
        jdbc.sql("""
                INSERT INTO census.provider_standing (provider, blocked_since, last_blocked, nights)
                VALUES ('net:127.64.0.0/24', '2029-12-30', '2030-01-01', 2),
                       ('example.net', '2029-12-30', '2030-01-01', 2);
                INSERT INTO census.permit (night, epoch, endpoint_id, attempt, patient, start_at, dial_before,
                                           started_at, ended_at, closed_at, signal, reception, naming)
                SELECT '2030-01-01', 1, endpoint_id, 1, false, at, at + interval '10 s', at, at, at, 'other', reception,
                       'nobody'
                FROM (VALUES (1, 'welcomed'), (2, 'blocked'), (3, 'suspected'), (4, 'rate_limited'))
                    AS made (endpoint_id, reception)
                CROSS JOIN (SELECT timestamptz '2030-01-01T22:00Z' AS at) AS moment""").update();
        var migration = Files.readString(Path.of("../sql/migrations/V027__who_is_charged_with_a_refusal.sql"));
        var moves = migration.substring(
                migration.indexOf("INSERT INTO address_standing"), migration.indexOf("COMMENT ON TABLE blocked_share"));
        jdbc.sql("SET search_path TO census; " + moves + " RESET search_path").update();
        assertEquals(List.of("127.64.0.2 2029-12-30 2030-01-01 2", "127.64.0.3 2029-12-30 2030-01-01 2"), found("""
                        SELECT concat_ws(' ', host(address), blocked_since, last_blocked, nights)
                        FROM census.address_standing ORDER BY address"""));
        assertEquals(List.of("example.net"), found("SELECT provider FROM census.provider_standing"));
    }

    @Test
    void aSecondStartFindsNothingToDo() {
        long applied = PlannedNight.count(database, "SELECT count(*) FROM census.flyway_schema_history");
        Database.openEmbedded(directory).close();
        assertEquals(applied, PlannedNight.count(database, "SELECT count(*) FROM census.flyway_schema_history"));
    }
}
