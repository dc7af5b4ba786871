package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.postgres.DatabaseException;
import org.starttlscensus.postgres.EmbeddedPostgresUse;
import org.starttlscensus.postgres.EmbeddedUser;
import org.starttlscensus.postgres.UserProcess;

/** A server reached by its URL; the embedded server is used as the operator's. */
class DatabaseIT {

    private static final List<String> ONE = List.of("classpath:store/one");
    private static final List<String> TWO = List.of("classpath:store/two");
    private static final List<String> BASELINE = List.of("classpath:store/baseline");
    private static final List<String> BROKEN = List.of("classpath:store/broken");

    @TempDir
    static Path directory;

    private static EmbeddedPostgresUse server;

    @BeforeAll
    static void start() {
        EmptyDatabase.layOut(directory, ONE);
        server = EmbeddedPostgresUse.of(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database;
    }

    private static Database open(String database, List<String> locations) {
        return Database.open(url(database), Optional.of("census"), Optional.of(server.password()), locations);
    }

    private static void create(String database, String options) throws SQLException {
        try (var connection = DatabaseServer.on(server, "postgres").connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + database + " " + options);
        }
    }

    private static List<String> tables(DataSource source) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT string_agg(tablename, ' ' ORDER BY tablename) "
                        + "FROM pg_tables WHERE schemaname = 'census'")) {
            result.next();
            return List.of(result.getString(1).split(" "));
        }
    }

    private static void refused(DatabaseException.DatabaseProblem databaseProblem, String message, Runnable opening) {
        var refusal = assertThrows(DatabaseException.class, opening::run);
        assertEquals(databaseProblem, refusal.databaseProblem(), refusal::getMessage);
        assertTrue(refusal.getMessage().contains(message), refusal::getMessage);
    }

    @Nested
    class TheSchema {

        @Test
        void isCreatedAndThenMigrated() throws SQLException {
            create("forward", "");
            try (var database = open("forward", ONE)) {
                assertEquals(List.of("first_thing", "flyway_schema_history"), tables(database.dataSource()));
            }
            try (var database = open("forward", TWO)) {
                assertEquals(
                        List.of("first_thing", "flyway_schema_history", "second_thing"), tables(database.dataSource()));
            }
        }

        @Test
        void ofANewerProgramIsNotChanged() throws SQLException {
            create("newer", "");
            open("newer", TWO).close();
            refused(
                    DatabaseException.DatabaseProblem.SCHEMA_NEWER,
                    "/newer: its schema has version 2 (second thing), which this program does not know",
                    () -> open("newer", ONE));
        }

        @Test
        void fromBeforeTheFirstReleaseIsNotChanged() throws SQLException {
            create("before_release", "");
            open("before_release", TWO).close();
            refused(
                    DatabaseException.DatabaseProblem.SCHEMA_NOT_CARRIED_OVER,
                    "from before its first release (schema version 2)",
                    () -> open("before_release", BASELINE));
            try (var database = open("before_release", TWO)) {
                assertEquals(
                        List.of("first_thing", "flyway_schema_history", "second_thing"), tables(database.dataSource()));
            }
        }

        @Test
        void isUnchangedWhenAMigrationFails() throws SQLException {
            create("broken", "");
            refused(DatabaseException.DatabaseProblem.MIGRATION, "no_such_column", () -> open("broken", BROKEN));
            try (var database = open("broken", TWO)) {
                assertEquals(
                        List.of("first_thing", "flyway_schema_history", "second_thing"), tables(database.dataSource()));
            }
        }

        @Test
        void ofOtherMigrationsIsRefused() throws SQLException {
            create("other", "");
            open("other", TWO).close();
            refused(
                    DatabaseException.DatabaseProblem.MIGRATION,
                    "checksum mismatch for migration version 2",
                    () -> open("other", List.of("classpath:store/broken")));
        }
    }

    @Nested
    class Refuses {

        @Test
        void aPortWithoutAServer() throws Exception {
            int port;
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = socket.getLocalPort();
            }
            refused(
                    DatabaseException.DatabaseProblem.UNREACHABLE,
                    "127.0.0.1:" + port + "/c: cannot be reached",
                    () -> Database.open(
                            "jdbc:postgresql://127.0.0.1:" + port + "/c", Optional.empty(), Optional.empty()));
        }

        @Test
        void aWrongPasswordWithoutShowingIt() {
            var refusal = assertThrows(
                    DatabaseException.class,
                    () -> Database.open(url("postgres"), Optional.of("census"), Optional.of("secret")));
            assertEquals(DatabaseException.DatabaseProblem.LOGIN_REFUSED, refusal.databaseProblem());
            assertFalse(refusal.getMessage().contains("secret"), refusal::getMessage);
            refused(
                    DatabaseException.DatabaseProblem.LOGIN_REFUSED,
                    "the server refused the login",
                    () -> Database.open(url("postgres"), Optional.of("census"), Optional.empty()));
        }

        @Test
        void aMissingDatabase() {
            refused(
                    DatabaseException.DatabaseProblem.NO_SUCH_DATABASE,
                    "\"nowhere\" does not exist",
                    () -> open("nowhere", ONE));
        }

        @Test
        void anotherEncodingAndAReadOnlyServer() throws SQLException {
            create("latin", "ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0");
            refused(DatabaseException.DatabaseProblem.NOT_UTF8, "LATIN1", () -> open("latin", ONE));
            refused(
                    DatabaseException.DatabaseProblem.READ_ONLY,
                    "it accepts no writes",
                    () -> Database.open(
                            url("postgres") + "?options=-c%20default_transaction_read_only=on",
                            Optional.of("census"),
                            Optional.of(server.password()),
                            ONE));
        }
    }

    @Nested
    class TheRunLock {

        @Test
        void hasOneHolderUntilItIsClosed() throws SQLException {
            create("locked", "");
            try (var one = open("locked", ONE);
                    var two = open("locked", ONE)) {
                try (var lock = one.tryRunLock().orElseThrow()) {
                    assertTrue(lock.isHeld());
                    assertTrue(two.tryRunLock().isEmpty());
                    assertTrue(one.tryRunLock().isEmpty(), "not even the same process twice");
                }
                try (var lock = two.tryRunLock().orElseThrow()) {
                    assertTrue(lock.isHeld());
                }
            }
        }

        @Test
        void distinguishesACheckFromARun() throws SQLException {
            create("checked", "");
            try (var one = open("checked", ONE);
                    var two = open("checked", ONE)) {
                assertEquals(Optional.empty(), two.runLockHolder(), "it is free");
                try (var check = one.tryRunLock(RunLock.Holder.CHECK).orElseThrow()) {
                    assertTrue(check.isHeld());
                    assertTrue(two.tryRunLock().isEmpty(), "both use one lock");
                    assertEquals(Optional.of(RunLock.Holder.CHECK), two.runLockHolder());
                }
                try (var run = one.tryRunLock().orElseThrow()) {
                    assertTrue(run.isHeld());
                    assertEquals(Optional.of(RunLock.Holder.RUN), two.runLockHolder());
                    assertTrue(two.tryRunLock(RunLock.Holder.CHECK).isEmpty());
                }
            }
        }

        @Test
        void isLostWithItsSession() throws SQLException {
            create("lost", "");
            try (var database = open("lost", ONE);
                    var lock = database.tryRunLock().orElseThrow()) {
                try (var connection = database.dataSource().getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                            + "WHERE starts_with(application_name, 'census run lock') AND datname = 'lost'");
                }
                assertFalse(lock.isHeld());
                try (var next = database.tryRunLock().orElseThrow()) {
                    assertTrue(next.isHeld());
                }
            }
        }

        @Test
        void isFreeOnceItsHolderWasKilled() throws Exception {
            try (var user = UserProcess.start(directory, EmbeddedUser.RUN_LOCK);
                    var database = Database.openEmbedded(directory, ONE)) {
                assertEquals("true", user.opened()[1]);
                assertTrue(database.tryRunLock().isEmpty());
                user.kill();
                assertTrue(isFreedSoon(database));
            }
        }

        /** The server detects the broken connection soon, but not at once. */
        private boolean isFreedSoon(Database database) {
            var end = System.nanoTime() + 10_000_000_000L;
            while (System.nanoTime() < end) {
                var lock = database.tryRunLock();
                lock.ifPresent(RunLock::close);
                if (lock.isPresent()) return true;
            }
            return false;
        }
    }
}
