package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.postgres.EmbeddedPostgresUse;
import org.starttlscensus.store.ReaderRole.ReaderPart;

/** The role of readers on a server of the operator's: told in SQL, never made. */
class OwnServerReaderIT {

    @TempDir
    Path directory;

    private static void execute(EmbeddedPostgresUse server, String database, List<String> statements)
            throws SQLException {
        try (var connection = DatabaseServer.on(server, database).connect();
                var statement = connection.createStatement()) {
            for (var sql : statements) statement.execute(sql);
        }
    }

    private static Database open(EmbeddedPostgresUse server) {
        return Database.open(
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/own", Optional.of("owner"), Optional.of("secret"));
    }

    private void withServer(String rights, Check check) throws Exception {
        EmptyDatabase.layOut(directory, DatabaseSchema.LOCATIONS);
        try (var server = EmbeddedPostgresUse.of(directory)) {
            execute(
                    server,
                    "postgres",
                    List.of(
                            "CREATE ROLE owner LOGIN PASSWORD 'secret' " + rights,
                            "CREATE DATABASE own OWNER owner TEMPLATE template0"));
            try (var database = open(server)) {
                check.of(server, database);
            }
        }
    }

    private interface Check {
        void of(EmbeddedPostgresUse server, Database database) throws Exception;
    }

    @Test
    void everythingIsTold() throws Exception {
        withServer("", (server, database) -> {
            var role = new ReaderRole(database);
            assertEquals(Arrays.asList(ReaderPart.values()), role.prepare());
            var told = role.missing().stream().map(ReaderPart::sql).toList();
            execute(server, "own", told);
            assertEquals(List.of(), role.missing());
            assertEquals(List.of(), role.prepare());
            execute(server, "own", List.of("ALTER ROLE census_reader PASSWORD 'reader'"));
            try (var reader = DriverManager.getConnection(database.address().jdbcUrl(), ReaderRole.NAME, "reader");
                    var statement = reader.createStatement()) {
                statement.execute("SELECT * FROM pub.adoption");
                var refusal = assertThrows(
                        SQLException.class, () -> statement.execute("SELECT pg_try_advisory_lock(109261787198323)"));
                assertEquals("42501", refusal.getSQLState());
            }
            try (var lock = database.tryRunLock().orElseThrow()) {
                assertTrue(lock.isHeld(), "the owner may still take it");
            }
            open(server).close();
        });
    }

    /** Parts of it would hold for everybody in that database. */
    @Test
    void alsoAStrongRoleChangesNothingAndOtherDatabasesDoNotCount() throws Exception {
        withServer("SUPERUSER", (server, database) -> {
            var role = new ReaderRole(database);
            assertEquals(Arrays.asList(ReaderPart.values()), role.prepare());
            assertEquals(Arrays.asList(ReaderPart.values()), role.missing(), "it made something");
            execute(server, "own", role.missing().stream().map(ReaderPart::sql).toList());
            execute(server, "own", List.of("ALTER ROLE census_reader IN DATABASE postgres SET work_mem = '8MB'"));
            assertEquals(List.of(), role.missing());
            execute(server, "own", List.of("ALTER ROLE census_reader IN DATABASE own SET work_mem = '8MB'"));
            assertEquals(List.of(ReaderPart.SETTINGS), role.prepare());
        });
    }
}
