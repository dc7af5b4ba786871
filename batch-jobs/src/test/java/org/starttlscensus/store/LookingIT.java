package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.postgres.DatabaseAccess;
import org.starttlscensus.postgres.DatabaseException;
import org.starttlscensus.postgres.DatabaseException.DatabaseProblem;
import org.starttlscensus.postgres.EmbeddedPostgresUse;

/** Commands that only look, and roles with few rights, at a server of the operator's. */
class LookingIT {

    private static final List<String> ONE = List.of("classpath:store/one");
    private static final List<String> TWO = List.of("classpath:store/two");

    @TempDir
    static Path directory;

    private static EmbeddedPostgresUse server;

    @BeforeAll
    static void start() throws SQLException {
        EmptyDatabase.layOut(directory, ONE);
        server = EmbeddedPostgresUse.of(directory);
        execute("postgres", "CREATE ROLE plain LOGIN PASSWORD 'plain'");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void execute(String database, String... statements) throws SQLException {
        try (var connection = DatabaseServer.on(server, database).connect();
                var statement = connection.createStatement()) {
            for (var sql : statements) statement.execute(sql);
        }
    }

    private static Database open(String database, String options, List<String> locations, DatabaseAccess access) {
        return open(database, options, "census", server.password(), locations, access);
    }

    private static Database open(
            String database,
            String options,
            String user,
            String password,
            List<String> locations,
            DatabaseAccess access) {
        var url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database + options;
        var at = DatabaseServer.at(url, Optional.of(user), Optional.of(password));
        return Database.open(at, Optional.empty(), locations, access);
    }

    private static void refused(DatabaseProblem problem, String words, Runnable opening) {
        var refusal = assertThrows(DatabaseException.class, opening::run);
        assertEquals(problem, refusal.databaseProblem(), refusal::getMessage);
        assertTrue(refusal.getMessage().contains(words), refusal::getMessage);
        assertEquals(1, refusal.getMessage().lines().count(), refusal::getMessage);
    }

    private static boolean exists(String database, String relation) throws SQLException {
        try (var connection = DatabaseServer.on(server, database).connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT to_regclass('" + relation + "') IS NOT NULL")) {
            return found.next() && found.getBoolean(1);
        }
    }

    @Test
    void makesNothingInAnEmptyDatabase() throws SQLException {
        execute("postgres", "CREATE DATABASE untouched");
        refused(
                DatabaseProblem.NO_SUCH_DATABASE,
                "it has no tables of the census yet",
                () -> open("untouched", "", ONE, DatabaseAccess.LOOK));
        assertFalse(exists("untouched", "census.flyway_schema_history"));
        refused(
                DatabaseProblem.NO_SUCH_DATABASE,
                "no such database",
                () -> open("nowhere", "", ONE, DatabaseAccess.LOOK));
    }

    @Test
    void migratesNothingAlsoBesideAnotherVersion() throws SQLException {
        execute("postgres", "CREATE DATABASE older");
        open("older", "", ONE, DatabaseAccess.WORK).close();
        refused(
                DatabaseProblem.SCHEMA_OLDER,
                "1 changes are missing",
                () -> open("older", "", TWO, DatabaseAccess.LOOK));
        assertFalse(exists("older", "census.second_thing"));
        open("older", "", TWO, DatabaseAccess.WORK).close();
        open("older", "", TWO, DatabaseAccess.LOOK).close();
        refused(DatabaseProblem.SCHEMA_NEWER, "version 2", () -> open("older", "", ONE, DatabaseAccess.LOOK));
        refused(
                DatabaseProblem.SCHEMA_NOT_CARRIED_OVER,
                "schema version 2",
                () -> open("older", "", List.of("classpath:store/baseline"), DatabaseAccess.LOOK));
    }

    @Test
    void mayBeAtAStandby() throws SQLException {
        execute("postgres", "CREATE DATABASE replica");
        open("replica", "", ONE, DatabaseAccess.WORK).close();
        var standby = "?options=-c%20default_transaction_read_only=on";
        open("replica", standby, ONE, DatabaseAccess.LOOK).close();
        refused(
                DatabaseProblem.READ_ONLY,
                "it accepts no writes",
                () -> open("replica", standby, ONE, DatabaseAccess.WORK));
    }

    @Test
    void aRoleThatMayNotMakeTablesIsToldWhatToDo() throws SQLException {
        execute("postgres", "CREATE DATABASE foreign_one");
        refused(
                DatabaseProblem.MISSING_RIGHTS,
                "ALTER DATABASE foreign_one OWNER TO plain",
                () -> open("foreign_one", "", "plain", "plain", ONE, DatabaseAccess.WORK));
        assertFalse(exists("foreign_one", "census.flyway_schema_history"));
    }

    @Test
    void aRoleThatMayNotMakeTablesCanUseThoseThatAreThere() throws SQLException {
        execute("postgres", "CREATE DATABASE shared");
        open("shared", "", ONE, DatabaseAccess.WORK).close();
        refused(
                DatabaseProblem.MISSING_RIGHTS,
                "plain may not",
                () -> open("shared", "", "plain", "plain", ONE, DatabaseAccess.LOOK));
        execute(
                "shared",
                "GRANT USAGE ON SCHEMA census TO plain",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA census TO plain");
        open("shared", "", "plain", "plain", ONE, DatabaseAccess.WORK).close();
        refused(
                DatabaseProblem.MISSING_RIGHTS,
                "plain may not",
                () -> open("shared", "", "plain", "plain", TWO, DatabaseAccess.WORK));
        assertFalse(exists("shared", "census.second_thing"));
    }

    @Test
    void tablesAreNotMigratedUnderANightThatIsAtWork() throws SQLException {
        execute("postgres", "CREATE DATABASE busy");
        try (var running = open("busy", "", ONE, DatabaseAccess.WORK);
                var lock = running.tryRunLock().orElseThrow()) {
            var refusal = assertThrows(FencedException.class, () -> open("busy", "", TWO, DatabaseAccess.WORK));
            assertTrue(refusal.getMessage().contains("is at work. Nothing was changed"), refusal::getMessage);
            assertTrue(lock.isHeld());
            assertFalse(exists("busy", "census.second_thing"));
        }
        open("busy", "", TWO, DatabaseAccess.WORK).close();
        assertTrue(exists("busy", "census.second_thing"));
    }
}
