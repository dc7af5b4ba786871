package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The role of readers on the embedded server: what it may read, and that nothing else is allowed. */
class ReaderRoleIT {

    private static final String PASSWORD = "0123456789abcdef";

    /** No right, no such way into a view, read-only, or not on this server. */
    private static final Set<String> REFUSALS = Set.of("42501", "42809", "55000", "0A000");

    @TempDir
    static Path directory;

    private static Database database;
    private static ReaderRole role;

    @BeforeAll
    static void start() {
        database = EmptyDatabase.in(directory);
        role = new ReaderRole(database);
        assertEquals(4, role.missing().size());
        assertEquals(List.of(), role.prepare());
        role.ensurePassword(PASSWORD);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static Connection reader() throws SQLException {
        return DriverManager.getConnection(database.address().jdbcUrl(), ReaderRole.NAME, PASSWORD);
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertTrue(rows.next());
            return rows.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ours(String sql) {
        return JdbcClient.create(database.dataSource())
                .sql(sql)
                .query(String.class)
                .single();
    }

    /** After it has lifted every bound that PostgreSQL lets a role lift for itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO pub.night (night) VALUES ('2026-01-01')",
                "UPDATE pub.server SET provider = 'x'",
                "DELETE FROM pub.domain",
                "TRUNCATE pub.night",
                "COMMENT ON VIEW pub.night IS 'mine'",
                "DROP VIEW pub.night",
                "ALTER VIEW pub.night RENAME TO nights",
                "CREATE OR REPLACE VIEW pub.night AS SELECT 1",
                "SELECT * FROM census.night",
                "SELECT count(*) FROM census.observation",
                "INSERT INTO census.run_request DEFAULT VALUES",
                "SELECT census.open_partitions('2026-01-01')",
                "SELECT * FROM batch.batch_job_instance",
                "SELECT * FROM pg_catalog.pg_authid",
                "SELECT * FROM pg_catalog.pg_statistic",
                "CREATE TABLE pub.mine (id int)",
                "CREATE TABLE public.mine (id int)",
                "CREATE TABLE census.mine (id int)",
                "CREATE TEMPORARY TABLE mine (id int)",
                "SELECT * INTO TEMPORARY mine FROM pub.night",
                "CREATE VIEW pub.mine AS SELECT 1",
                "CREATE SCHEMA mine",
                "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "DO $$ BEGIN EXECUTE 'DELETE FROM census.night'; END $$",
                "CREATE EXTENSION dblink",
                "CREATE EXTENSION file_fdw",
                "CREATE PUBLICATION mine",
                "COPY pub.night TO '/tmp/night'",
                "COPY (SELECT 1) TO PROGRAM 'id'",
                "COPY (SELECT 1) TO '/tmp/one'",
                "COPY pub.night FROM '/etc/passwd'",
                "COPY pub.night FROM PROGRAM 'id'",
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT pg_read_binary_file('pg_hba.conf')",
                "SELECT pg_ls_dir('/')",
                "SELECT lo_import('/etc/passwd')",
                "SELECT lo_export(1, '/tmp/large')",
                "SELECT lo_create(0)",
                "SELECT lo_from_bytea(0, 'large')",
                "SELECT pg_logical_emit_message(false, 'mine', 'text')",
                "SET ROLE census",
                "SET SESSION AUTHORIZATION census",
                "GRANT census TO census_reader",
                "CREATE ROLE another",
                "ALTER ROLE census_reader SUPERUSER",
                "ALTER ROLE census_reader CONNECTION LIMIT 1000",
                "ALTER ROLE census PASSWORD 'mine'",
                "ALTER DATABASE census SET statement_timeout = 0",
                "ALTER SYSTEM SET fsync = off",
                "SET temp_file_limit = -1",
                "SET session_replication_role = replica",
                "LOCK TABLE pub.server IN ACCESS EXCLUSIVE MODE",
                "LOCK TABLE pub.server IN SHARE MODE",
                "LOCK TABLE census.night IN ACCESS SHARE MODE",
                "SELECT pg_try_advisory_lock(x'63656e737573'::bigint)",
                "SELECT pg_advisory_lock(x'63656e737573'::bigint)",
                "SELECT pg_advisory_xact_lock_shared(x'63656e737573'::bigint)",
                "SELECT pg_try_advisory_xact_lock(25445, 1853191539)",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'census'",
                "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = 'census'",
                "SELECT pg_reload_conf()",
                "SELECT pg_switch_wal()",
                "SELECT pg_stat_reset()",
                "SELECT pg_create_physical_replication_slot('mine')",
            })
    void isRefused(String sql) throws SQLException {
        try (var connection = reader()) {
            for (var lifted : List.of(
                    "default_transaction_read_only = off",
                    "transaction_read_only = off",
                    "statement_timeout = 0",
                    "lock_timeout = 0",
                    "idle_session_timeout = 0",
                    "search_path = census, pub")) {
                execute(connection, "SET " + lifted);
            }
            if (sql.startsWith("LOCK")) connection.setAutoCommit(false); // it needs a transaction
            var refusal = assertThrows(SQLException.class, () -> execute(connection, sql));
            assertTrue(REFUSALS.contains(refusal.getSQLState()), refusal.getSQLState() + ": " + refusal.getMessage());
        }
        try (var lock = database.tryRunLock().orElseThrow()) {
            assertTrue(lock.isHeld());
        }
    }

    @Test
    void readsEveryViewInEveryWay() throws SQLException {
        try (var connection = reader()) {
            var views = new ArrayList<String>();
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(
                            "SELECT format('%I.%I', schemaname, viewname) FROM pg_views WHERE schemaname = 'pub'")) {
                while (rows.next()) views.add(rows.getString(1));
            }
            assertTrue(views.size() >= 14, views::toString);
            for (var view : views) {
                execute(connection, "SELECT * FROM " + view + " LIMIT 1");
                execute(connection, "EXPLAIN SELECT count(*) FROM " + view);
            }
            assertTrue(Integer.parseInt(one(connection, "SELECT count(*) FROM meaning")) > 100, "pub is in its path");
            assertEquals("0", one(connection, """
                    WITH newest AS (SELECT max(night) AS night FROM pub.night)
                    SELECT count(*) FROM pub.server JOIN newest USING (night) WHERE chain = 'expired'"""));
            execute(connection, "PREPARE question AS SELECT * FROM pub.domain WHERE night = $1");
            execute(connection, "EXECUTE question ('2026-01-01')");
            execute(connection, "BEGIN; DECLARE rows CURSOR FOR SELECT * FROM pub.meaning; FETCH 5 FROM rows; COMMIT");
        }
    }

    @Test
    void beginsWithBounds() throws SQLException {
        try (var connection = reader()) {
            assertEquals("5min", one(connection, "SHOW statement_timeout"));
            assertEquals("5min", one(connection, "SHOW idle_in_transaction_session_timeout"));
            assertEquals("2h", one(connection, "SHOW idle_session_timeout"));
            assertEquals("10s", one(connection, "SHOW lock_timeout"));
            assertEquals("on", one(connection, "SHOW transaction_read_only"));
            assertEquals("4GB", one(connection, "SHOW temp_file_limit"));
            execute(connection, "SET statement_timeout = '50ms'");
            var refusal = assertThrows(SQLException.class, () -> execute(connection, "SELECT pg_sleep(60)"));
            assertEquals("57014", refusal.getSQLState());
        }
    }

    @Test
    void isEndedAlsoIfItHasLiftedItsTimeouts() throws Exception {
        var asleep = CompletableFuture.runAsync(() -> {
            try (var connection = reader()) {
                execute(connection, "SET statement_timeout = 0");
                execute(connection, "SELECT pg_sleep(600)");
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
        try (var working = reader()) {
            assertEquals("0", one(working, "SELECT count(*) FROM pub.night"));
            int ended = 0;
            for (var end = System.nanoTime() + 60_000_000_000L; ended == 0; Thread.onSpinWait()) {
                assertTrue(System.nanoTime() < end, "no session was found");
                ended = role.endOverlong(Duration.ofMillis(200));
            }
            var cause = assertThrows(CompletionException.class, asleep::join).getCause();
            assertEquals("57P01", ((SQLException) cause).getSQLState());
            assertEquals("0", one(working, "SELECT count(*) FROM pub.night"), "who is not in a transaction stays");
        }
    }

    @Test
    void readsViewsThatAreMadeAgain() throws SQLException {
        try (var connection = reader()) {
            for (int made = 1; made <= 2; made++) {
                JdbcClient.create(database.dataSource())
                        .sql("CREATE VIEW pub.made_again AS SELECT " + made + " AS made")
                        .update();
                assertEquals(Integer.toString(made), one(connection, "SELECT made FROM pub.made_again"));
                JdbcClient.create(database.dataSource())
                        .sql("DROP VIEW pub.made_again")
                        .update();
            }
        }
    }

    @Test
    void isPutRightAfterItHasChangedWhatARoleMayChangeOfItself() throws SQLException {
        try (var connection = reader()) {
            execute(connection, "SET default_transaction_read_only = off");
            execute(connection, "ALTER ROLE census_reader SET statement_timeout = 0");
            execute(connection, "ALTER ROLE census_reader IN DATABASE census SET lock_timeout = 0");
            execute(connection, "ALTER ROLE census_reader PASSWORD 'mine alone'");
        }
        assertEquals(List.of(ReaderRole.ReaderPart.SETTINGS), role.missing());
        assertEquals(List.of(), role.prepare());
        role.ensurePassword(PASSWORD);
        try (var connection = reader()) {
            assertEquals("5min", one(connection, "SHOW statement_timeout"));
            assertEquals("10s", one(connection, "SHOW lock_timeout"));
        }
    }

    /** PostgreSQL only warns of this. */
    @Test
    void cannotGiveAwayWhatItMayRead() throws SQLException {
        try (var connection = reader()) {
            execute(connection, "SET default_transaction_read_only = off");
            execute(connection, "GRANT SELECT ON pub.night TO PUBLIC");
        }
        assertEquals(
                "f",
                ours("SELECT (aclexplode(relacl)).grantee = 0 FROM pg_class WHERE oid = 'pub.night'::regclass "
                        + "ORDER BY 1 DESC LIMIT 1"));
    }

    @Test
    void mayHaveEightSessions() throws SQLException {
        var open = new ArrayList<Connection>();
        try {
            for (int i = 0; i < 8; i++) open.add(reader());
            var refusal = assertThrows(SQLException.class, ReaderRoleIT::reader);
            assertEquals("53300", refusal.getSQLState());
            assertEquals("1", ours("SELECT 1"), "ours are not limited");
        } finally {
            for (var connection : open) connection.close();
        }
    }
}
