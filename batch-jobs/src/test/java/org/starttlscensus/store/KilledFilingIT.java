package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.CensusNight;

/** PostgreSQL is killed in the middle of filing ({@code kill -9} of the server and of our session's process). */
class KilledFilingIT {

    private static final CensusNight NIGHT = CensusNight.of("2031-02-05");
    private static final Instant NOW = Instant.parse("2031-02-06T06:00:00Z");
    private static final int SERVERS = 2_000;

    @TempDir
    Path directory;

    private static void execute(Database database, String sql) {
        database.jdbc().sql(sql).update();
    }

    private static String query(Database database, String sql) {
        return database.jdbc().sql(sql).query(String.class).single();
    }

    private static void assess(Database database, String chain, String version) {
        execute(database, """
                INSERT INTO assessed_server (night, endpoint_id, outcome, starttls, attempts, chain, leaf_sha256, flags,
                                             method_version)
                SELECT night, endpoint_id, 'starttls_ok', true, 1, CASE WHEN mod(endpoint_id, 2) = 0 THEN '%s' END,
                       sha256((endpoint_id / 3)::text::bytea), '{}', '%s'
                FROM planned_call""".formatted(chain, version));
    }

    private static Database filled(Path directory) {
        var database = EmptyDatabase.in(directory);
        execute(database, """
                INSERT INTO night (night, method_version, trust_store, opened_at)
                VALUES ('2031-02-05', '1', 'test', '2031-02-05T22:00Z')""");
        query(database, "SELECT open_partitions('2031-02-05')::text");
        execute(database, """
                INSERT INTO planned_call (night, endpoint_id, position, address, prefix, provider, provider_source,
                                          provider_rules, is_primary, is_implicit)
                SELECT '2031-02-05', number, number, '192.0.2.1', '192.0.2.0/24', 'p.test', 'psl', 'test', true, false
                FROM generate_series(1, %d) AS number""".formatted(SERVERS));
        return database;
    }

    /** The next statement on that table kills the server, before or after it has written. */
    private static void killAt(Database database, String when, String event, String table) {
        execute(database, """
                CREATE FUNCTION census.kill_the_server() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    EXECUTE format('COPY (SELECT 1) TO PROGRAM %L', format('kill -9 %s %s',
                        split_part(pg_read_file('postmaster.pid'), E'\\n', 1), pg_backend_pid()));
                    RETURN NULL;
                END $$""");
        execute(
                database,
                "CREATE TRIGGER kill_the_server %s %s ON census.%s FOR EACH STATEMENT EXECUTE FUNCTION census.kill_the_server()"
                        .formatted(when, event, table));
    }

    private static void spare(Database database) {
        execute(database, "DROP FUNCTION census.kill_the_server() CASCADE");
    }

    private static String stored(Database database) {
        return query(database, """
                SELECT concat_ws(' ', (SELECT count(*) FROM server_night), (SELECT count(*) FROM server_revision),
                                 (SELECT string_agg(method_version, ',' ORDER BY method_version) FROM night_version),
                                 (SELECT count(*) FROM assessed_server))""");
    }

    private static String verdicts(Database database) {
        return query(database, """
                SELECT md5(string_agg((endpoint_id, outcome, chain, leaf_sha256, method_version)::text, ' '
                                      ORDER BY method_version, endpoint_id))
                FROM server_verdict_by_version""");
    }

    @ParameterizedTest
    @CsvSource({
        "BEFORE, INSERT, server_state",
        "AFTER, INSERT, server_state",
        "AFTER, INSERT, server_night",
        "AFTER, DELETE, assessed_server"
    })
    void nothingOfANightIsFiledOrAllOfIt(String when, String event, String table) {
        var database = filled(directory.resolve("killed"));
        assess(database, "trusted", "1");
        killAt(database, when, event, table);
        var dying = database;
        assertThrows(RuntimeException.class, () -> new Filing(dying).publish(NIGHT, "1", NOW));
        database.close();
        try (var again = Database.openEmbedded(directory.resolve("killed"))) {
            assertEquals("0 0 %d".formatted(SERVERS), stored(again));
            assertFalse(new Filing(again).isFiled(NIGHT));
            spare(again);
            new Filing(again).publish(NIGHT, "1", NOW);
            assertEquals("%d 0 1 0".formatted(SERVERS), stored(again));
        }
    }

    @ParameterizedTest
    @CsvSource({"AFTER, INSERT, server_revision", "AFTER, DELETE, assessed_server"})
    void aLaterVersionIsThereWholeOrNotAtAll(String when, String event, String table) {
        var database = filled(directory.resolve("killed"));
        assess(database, "trusted", "1");
        new Filing(database).publish(NIGHT, "1", NOW);
        var published = verdicts(database);
        killAt(database, when, event, table);
        var dying = database;
        // as a reassessment does: one transaction from the first page to the last statement
        assertThrows(
                RuntimeException.class,
                () -> dying.transactions().executeWithoutResult(_ -> {
                    assess(dying, "expired", "2");
                    new Filing(dying).revise(NIGHT, "2", NOW);
                }));
        database.close();
        try (var again = Database.openEmbedded(directory.resolve("killed"))) {
            assertEquals("%d 0 1 0".formatted(SERVERS), stored(again));
            assertEquals(published, verdicts(again));
            spare(again);
            assess(again, "expired", "2");
            new Filing(again).revise(NIGHT, "2", NOW);
            assertEquals("%d %d 1,2 0".formatted(SERVERS, SERVERS / 2), stored(again));
        }
    }
}
