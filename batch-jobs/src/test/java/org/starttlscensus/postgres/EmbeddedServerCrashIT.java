package org.starttlscensus.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.postgres.ServerDirectory.insert;
import static org.starttlscensus.postgres.ServerDirectory.query;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The embedded PostgreSQL after a crash of its user, of the server, or of both. */
class EmbeddedServerCrashIT {

    @TempDir
    Path directory;

    private ServerDirectory server() {
        return new ServerDirectory(directory);
    }

    @AfterEach
    void stop() throws Exception {
        server().stop();
    }

    @BeforeEach
    void layOut() {
        server().layOut();
    }

    @Test
    void ofItsUserTheServerIsAdoptedAndThenStopped() throws Exception {
        long process;
        try (var user = UserProcess.start(directory, EmbeddedUser.SERVER)) {
            user.opened();
            user.kill();
            process = server().serverProcess();
            assertTrue(server().isRunning(), "the server outlives its user");
        }
        try (var database = server().open()) {
            assertEquals(process, server().serverProcess());
            assertEquals("0", query(database, "SELECT count(*) FROM census.first_thing"));
        }
        assertFalse(server().isRunning());
    }

    @Test
    void ofBothItIsStartedAgainAtItsOldPortWithAllCommittedRows() throws Exception {
        var where = serverLeftWithARow();
        server().signal("KILL");
        try (var database = server().open()) {
            assertEquals(where, database.address().jdbcUrl());
            assertEquals("8", query(database, "SELECT id FROM census.first_thing"));
        }
    }

    @Test
    void ofTheServerAloneItIsStartedAgainForItsUsers() throws Exception {
        try (var database = server().open()) {
            int rows = 0;
            for (var signal : List.of("KILL", "INT", "QUIT")) {
                server().signal(signal);
                if (!signal.equals("KILL")) server().awaitItsEnd();
                rows++;
                var found = new String[1];
                var jdbc = JdbcClient.create(database.dataSource());
                database.persist(() ->
                        jdbc.sql("INSERT INTO census.first_thing VALUES (1)").update());
                database.persist(() -> found[0] = jdbc.sql("SELECT count(*) FROM census.first_thing")
                        .query(String.class)
                        .single());
                assertEquals(String.valueOf(rows), found[0]);
            }
            server().signal("KILL");
            database.await(Duration.ofMinutes(1));
        }
        assertFalse(server().isRunning());
    }

    @Test
    void itsProcessIdMayBelongToAnotherProgram() throws Exception {
        serverLeftWithARow();
        server().signal("KILL");
        var pidFile = server().cluster().data().resolve("postmaster.pid");
        var lines = Files.readAllLines(pidFile);
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(pidFile, lines);
        try (var database = server().open()) {
            assertEquals("8", query(database, "SELECT id FROM census.first_thing"));
        }
    }

    @Test
    void itsPidFileMayBeEmptyAndItsCreationUnfinished() throws Exception {
        Files.createDirectories(directory.resolve("creating-123/base"));
        serverLeftWithARow();
        server().signal("KILL");
        Files.writeString(server().cluster().data().resolve("postmaster.pid"), "");
        try (var database = server().open()) {
            assertEquals("8", query(database, "SELECT id FROM census.first_thing"));
        }
        assertFalse(Files.exists(directory.resolve("creating-123")));
    }

    private String serverLeftWithARow() throws Exception {
        try (var user = UserProcess.start(directory, EmbeddedUser.SERVER)) {
            var where = user.opened()[0];
            try (var database = server().open()) {
                insert(database, 8);
            }
            user.kill();
            return where;
        }
    }
}
