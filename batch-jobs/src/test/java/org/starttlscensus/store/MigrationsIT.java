package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.PlannedNight;

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
                JOIN (VALUES ('112', 'server_night', 'state_id'),
                      ('116', 'blocked_share', 'newly_blocked')) AS made (version, relation, attribute)
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
    void aSecondStartFindsNothingToDo() {
        long applied = PlannedNight.count(database, "SELECT count(*) FROM census.flyway_schema_history");
        Database.openEmbedded(directory).close();
        assertEquals(applied, PlannedNight.count(database, "SELECT count(*) FROM census.flyway_schema_history"));
    }
}
