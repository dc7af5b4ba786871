package org.starttlscensus.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.starttlscensus.postgres.ServerDirectory.insert;
import static org.starttlscensus.postgres.ServerDirectory.query;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;

/** The embedded PostgreSQL: its settings, its users in one and in several processes, and what it refuses. */
class EmbeddedServerIT {

    @TempDir
    Path directory;

    private ServerDirectory server() {
        return new ServerDirectory(directory);
    }

    @AfterEach
    void stop() throws Exception {
        server().stop();
    }

    @Test
    void isDurableUtf8ReachableFromThisMachineOnlyAndWithAPasswordOnly() throws Exception {
        EmptyDatabase.linkPrograms(directory);
        try (var database = server().open()) {
            for (var parameter : List.of("fsync", "full_page_writes", "synchronous_commit", "data_checksums")) {
                assertEquals("on", query(database, "SHOW " + parameter), parameter);
            }
            assertEquals("UTF8", query(database, "SHOW server_encoding"));
            assertEquals("127.0.0.1", query(database, "SHOW listen_addresses"));
            assertEquals("", query(database, "SHOW unix_socket_directories"));
            assertEquals("ÄÉ", query(database, "SELECT upper('äé')"), "non-ASCII letters");
            assertEquals(
                    EmbeddedPostgresBinaries.VERSION,
                    query(database, "SHOW server_version").split(" ")[0],
                    "the version of the pom's artifact");
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("password"))));
            var refusal = assertThrows(
                    DatabaseException.class,
                    () -> Database.open(database.address().jdbcUrl(), Optional.of("census"), Optional.of("guess")));
            assertEquals(DatabaseException.DatabaseProblem.LOGIN_REFUSED, refusal.databaseProblem());
        }
    }

    private static String modes(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** From an empty directory: the programs are unpacked too. */
    @Test
    void keepsItsDataAndStopsWithItsLastUser() throws Exception {
        try (var database = server().open()) {
            insert(database, 7);
        }
        assertFalse(server().isRunning());
        var inner = new ServerDirectory(directory.resolve("made/pg"));
        try (var _ = inner.open()) {
            assertEquals("rwx------", modes(directory.resolve("made/pg")), "nobody else may enter it");
            assertNotEquals("rwx------", modes(directory.resolve("made")), "folders above it are ordinary ones");
        }
        try (var database = server().open()) {
            assertEquals("7", query(database, "SELECT id FROM census.first_thing"));
        }
    }

    @Test
    void closesAnOlderDirectoryToOthersButNoSharedOne() throws Exception {
        var open = PosixFilePermissions.fromString("rwxrwxrwx");
        for (var made : List.of("older", "empty", "shared")) {
            var place = Files.createDirectories(directory.resolve(made));
            Files.setPosixFilePermissions(place, open);
            if (made.equals("shared")) Files.createFile(place.resolve("file of somebody"));
            if (made.equals("older"))
                Files.createFile(Files.createDirectory(place.resolve("data")).resolve("PG_VERSION"));
            new EmbeddedPostgresOwner(place).closeToOthers();
            assertEquals(made.equals("shared") ? "rwxrwxrwx" : "rwx------", modes(place), made);
        }
    }

    @Nested
    class UsedBySeveral {

        @Test
        void databasesOfOneProcess() throws Exception {
            server().layOut();
            try (var second = twice()) {
                assertEquals("1", query(second, "SELECT 1"), "closing the first one does not stop the server");
            }
            assertFalse(server().isRunning());
        }

        private Database twice() {
            try (var first = server().open()) {
                var second = server().open();
                assertEquals(first.address(), second.address());
                return second;
            }
        }

        @Test
        void processesOfWhichTheLastStopsIt() throws Exception {
            server().layOut();
            try (var user = UserProcess.start(directory)) {
                var where = user.opened()[0];
                try (var database = server().open()) {
                    assertEquals(where, database.address().jdbcUrl());
                    assertEquals(0, user.leave());
                    assertTrue(server().isRunning(), "its first user has left, but we still use it");
                    assertEquals("1", query(database, "SELECT 1"));
                }
            }
            assertFalse(server().isRunning());
        }

        @Test
        void processesThatStartAtTheSameTime() throws Exception {
            EmptyDatabase.linkPrograms(directory);
            var users = IntStream.range(0, 3)
                    .mapToObj(_ -> UserProcess.start(directory))
                    .toList();
            try {
                var urls = new ArrayList<String>();
                for (var user : users) urls.add(user.opened()[0]);
                assertEquals(1, urls.stream().distinct().count(), urls::toString);
                for (var user : users) assertEquals(0, user.leave());
                assertFalse(server().isRunning());
            } finally {
                for (var user : users) user.close();
            }
        }
    }

    @Nested
    class Refuses {

        private DatabaseException refused(Path path) {
            return assertThrows(
                    DatabaseException.class,
                    () -> new ServerDirectory(path).open().close());
        }

        @Test
        void dataOfAnotherMajorVersion() throws Exception {
            server().layOut();
            Files.writeString(server().cluster().data().resolve("PG_VERSION"), "17\n");
            var refusal = refused(directory);
            assertEquals(DatabaseException.DatabaseProblem.DIRECTORY, refusal.databaseProblem());
            assertTrue(
                    refusal.getMessage().contains("of PostgreSQL 17, this program brings PostgreSQL 18"),
                    refusal::getMessage);
        }

        @Test
        void aDataDirectoryOfAnotherServer() throws Exception {
            Files.writeString(directory.resolve("PG_VERSION"), "18\n");
            assertTrue(refused(directory).getMessage().contains("the data directory of another PostgreSQL server"));
        }

        /** Only root can give a directory away, so only root sees this. */
        @Test
        void aDirectoryOfAnotherUserAndLeavesNothingThere() throws Exception {
            assumeTrue("root".equals(System.getProperty("user.name")), "skipped: only root can give files away");
            var theirs = Files.createDirectory(directory.resolve("theirs"));
            Files.setAttribute(theirs, "unix:uid", 65_534);
            var refusal = refused(theirs);
            assertEquals(DatabaseException.DatabaseProblem.DIRECTORY, refusal.databaseProblem());
            assertTrue(refusal.getMessage().contains("runuser -u "), refusal::getMessage);
            try (var files = Files.list(theirs)) {
                assertEquals(0, files.count());
            }
        }

        @Test
        void aDirectoryThatIsAFile() throws Exception {
            var file = Files.createFile(directory.resolve("file"));
            var refusal = refused(file);
            assertEquals(DatabaseException.DatabaseProblem.DIRECTORY, refusal.databaseProblem());
            assertTrue(refusal.getMessage().contains(file + ": the directory cannot be used"), refusal::getMessage);
        }

        @Test
        void toStartADamagedServerAndShowsItsOutput() throws Exception {
            server().layOut();
            Files.delete(server().cluster().data().resolve("global/pg_control"));
            var refusal = refused(directory);
            assertTrue(
                    refusal.getMessage().contains("it does not start")
                            && refusal.getMessage().contains("pg_control"),
                    refusal::getMessage);
        }
    }
}
