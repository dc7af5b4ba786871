package org.starttlscensus.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.postgres.ServerDirectory.query;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who stops the embedded server, if some of its users only look, and some are killed. */
class LookingUsersIT {

    @TempDir
    Path directory;

    private ServerDirectory server() {
        return new ServerDirectory(directory);
    }

    @AfterEach
    void stop() throws Exception {
        server().stop();
    }

    private void look() {
        try (var database = server().look()) {
            assertEquals("1", query(database, "SELECT 1"));
        }
    }

    @Test
    void makeNoDatabaseAndNoDirectory() throws Exception {
        for (var place : new Path[] {directory.resolve("missing"), Files.createDirectory(directory.resolve("empty"))}) {
            var before = Files.exists(place);
            var refusal = assertThrows(
                    DatabaseException.class,
                    () -> new ServerDirectory(place).look().close());
            assertEquals(DatabaseException.DatabaseProblem.NO_SUCH_DATABASE, refusal.databaseProblem());
            assertTrue(refusal.getMessage().contains("no database in " + place), refusal::getMessage);
            assertThrows(DatabaseException.class, () -> EmbeddedPostgresUse.portOfRunning(place));
            assertEquals(before, Files.exists(place));
            if (before)
                try (var files = Files.list(place)) {
                    assertEquals(0, files.count());
                }
        }
    }

    @Test
    void stopTheServerThatOneOfThemStarted() throws Exception {
        server().layOut();
        assertTrue(EmbeddedPostgresUse.portOfRunning(directory).isEmpty());
        try (var other = UserProcess.start(directory, EmbeddedUser.LOOK)) {
            other.opened();
            look();
            assertTrue(server().isRunning(), "the other one still looks");
            try (var database = server().look()) {
                assertEquals(0, other.leave());
                assertEquals("1", query(database, "SELECT 1"), "its starter has left, but we still look");
                assertEquals(
                        database.address().port(),
                        EmbeddedPostgresUse.portOfRunning(directory).orElseThrow());
            }
        }
        assertFalse(server().isRunning());
    }

    @Test
    void leaveTheServerOfAKilledRunToTheRunThatGoesOn() throws Exception {
        server().layOut();
        try (var run = UserProcess.start(directory, EmbeddedUser.SERVER)) {
            run.opened();
            run.kill();
        }
        look();
        look();
        assertTrue(server().isRunning());
        server().open().close();
        assertFalse(server().isRunning());
    }

    @Test
    void leaveAServerThatWasStartedByHand() throws Exception {
        server().layOut();
        look(); // leaves a duty for a process that has ended
        server().cluster().start();
        look();
        assertTrue(server().isRunning());
    }

    @Test
    void stopTheServerOfAKilledOne() throws Exception {
        server().layOut();
        try (var other = UserProcess.start(directory, EmbeddedUser.LOOK)) {
            other.opened();
            other.kill();
        }
        assertTrue(server().isRunning());
        look();
        assertFalse(server().isRunning());
    }

    @Test
    void stopTheServerOfOneThatWasKilledWhileItStarted() throws Exception {
        server().layOut();
        server().cluster().start();
        Files.writeString(directory.resolve("stop-when-unused"), "starting\n");
        look();
        assertFalse(server().isRunning());
    }

    /** As a root that looked once left it, before the owner was checked. */
    @Test
    void replaceAFileThatTheyMayNotWrite() throws Exception {
        server().layOut();
        var duty = Files.writeString(directory.resolve("stop-when-unused"), "1\n");
        var same = Files.createLink(directory.resolve("same file"), duty);
        look();
        assertEquals("1\n", Files.readString(same), "it was written in place");
        assertFalse(server().isRunning());
    }

    @Test
    void stopItInsteadOfARunThatHasLeftBefore() throws Exception {
        server().layOut();
        try (var run = UserProcess.start(directory, EmbeddedUser.SERVER)) {
            run.opened();
            look();
            assertTrue(server().isRunning(), "the run still uses it");
            try (var database = server().look()) {
                assertEquals(0, run.leave());
                assertEquals("1", query(database, "SELECT 1"));
            }
        }
        assertFalse(server().isRunning());
    }

    @Test
    void leaveItToARunThatIsKilledBesideThem() throws Exception {
        server().layOut();
        try (var run = UserProcess.start(directory, EmbeddedUser.SERVER)) {
            run.opened();
            try (var database = server().look()) {
                run.kill();
                assertEquals("1", query(database, "SELECT 1"));
            }
        }
        assertTrue(server().isRunning());
    }
}
