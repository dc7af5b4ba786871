package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.postgres.DatabaseException;
import org.starttlscensus.postgres.EmbeddedPostgresBinaries;
import org.starttlscensus.postgres.EmbeddedPostgresCluster;
import org.starttlscensus.postgres.EmbeddedPostgresPid;
import org.starttlscensus.postgres.EmbeddedUser;
import org.starttlscensus.postgres.UserProcess;

/** The embedded PostgreSQL through the lives and deaths of the processes that use it. */
class EmbeddedDatabaseIT {

    private static final List<String> ONE = List.of("classpath:store/one");

    @TempDir
    Path directory;

    /** As an earlier run left it, for tests that are not about its creation. */
    private void layOut() {
        EmptyDatabase.layOut(directory, ONE);
    }

    private EmbeddedPostgresCluster cluster() {
        return new EmbeddedPostgresCluster(directory);
    }

    private boolean isRunning() throws Exception {
        return Files.isDirectory(cluster().data())
                && EmbeddedPostgresPid.read(cluster().data())
                        .filter(pid -> pid.isServerOf(cluster().data()))
                        .isPresent();
    }

    private long serverProcess() throws Exception {
        return EmbeddedPostgresPid.read(cluster().data()).orElseThrow().process();
    }

    private Database open() {
        return Database.openEmbedded(directory, ONE);
    }

    private static String asked(DataSource source, String question) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(question)) {
            result.next();
            return result.getString(1);
        }
    }

    private static void run(DataSource source, String statementText) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(statementText);
        }
    }

    private static void signal(String name, long process) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("sh", "-c", "kill -" + name + " " + process)
                        .start()
                        .waitFor());
    }

    private void awaitItsEnd() throws Exception {
        for (var end = System.nanoTime() + 60_000_000_000L; isRunning(); Thread.sleep(10)) {
            if (System.nanoTime() > end) throw new AssertionError("the server does not end");
        }
    }

    @AfterEach
    void stopWhatATestLeft() throws Exception {
        if (Files.isDirectory(cluster().data())) assertTrue(cluster().stop());
    }

    @Test
    void isDurableUtf8ReachableFromThisMachineOnlyAndWithAPasswordOnly() throws Exception {
        EmptyDatabase.lendPrograms(directory);
        try (var database = open()) {
            var source = database.dataSource();
            for (var parameter : List.of("fsync", "full_page_writes", "synchronous_commit", "data_checksums")) {
                assertEquals("on", asked(source, "SHOW " + parameter), parameter);
            }
            assertEquals("UTF8", asked(source, "SHOW server_encoding"));
            assertEquals("127.0.0.1", asked(source, "SHOW listen_addresses"));
            assertEquals("", asked(source, "SHOW unix_socket_directories"));
            assertEquals("ÄÉ", asked(source, "SELECT upper('äé')"), "letters beyond ASCII");
            assertEquals(
                    EmbeddedPostgresBinaries.VERSION,
                    asked(source, "SHOW server_version").split(" ")[0],
                    "the version of the pom's artifact");
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("password"))));
            var stranger = assertThrows(
                    DatabaseException.class,
                    () -> Database.open(database.where(), Optional.of("census"), Optional.of("guess"), ONE));
            assertEquals(DatabaseException.DatabaseProblem.LOGIN_REFUSED, stranger.databaseProblem());
        }
    }

    /** From nothing at all, programs included. */
    @Test
    void keepsItsDataAndStopsWithItsLastUser() throws Exception {
        try (var database = open()) {
            run(database.dataSource(), "INSERT INTO census.first_thing VALUES (7)");
        }
        assertFalse(isRunning());
        try (var database = open()) {
            assertEquals("7", asked(database.dataSource(), "SELECT id FROM census.first_thing"));
        }
    }

    @Nested
    class UsedBySeveral {

        @Test
        void databasesOfOneProcessIsOneServer() throws Exception {
            layOut();
            try (var second = twice()) {
                assertEquals("1", asked(second.dataSource(), "SELECT 1"), "the first to leave stops nothing");
            }
            assertFalse(isRunning());
        }

        private Database twice() {
            try (var first = open()) {
                var second = open();
                assertEquals(first.where(), second.where());
                return second;
            }
        }

        @Test
        void processesIsOneServerThatTheLastOneStops() throws Exception {
            layOut();
            try (var guest = UserProcess.start(directory)) {
                var where = guest.opened()[0];
                try (var database = open()) {
                    assertEquals(where, database.where());
                    assertEquals(0, guest.leave());
                    assertTrue(isRunning(), "the starter left, but we are still in");
                    assertEquals("1", asked(database.dataSource(), "SELECT 1"));
                }
            }
            assertFalse(isRunning());
        }

        @Test
        void processesThatAllStartAtOnce() throws Exception {
            EmptyDatabase.lendPrograms(directory);
            var guests = IntStream.range(0, 3)
                    .mapToObj(_ -> UserProcess.start(directory))
                    .toList();
            try {
                var places = new ArrayList<String>();
                for (var guest : guests) places.add(guest.opened()[0]);
                assertEquals(1, places.stream().distinct().count(), places::toString);
                for (var guest : guests) assertEquals(0, guest.leave());
                assertFalse(isRunning());
            } finally {
                for (var guest : guests) guest.close();
            }
        }
    }

    @Nested
    class AfterACrash {

        @BeforeEach
        void somethingWasThere() {
            layOut();
        }

        @Test
        void ofTheProcessItsServerIsAdoptedAndStopped() throws Exception {
            long orphan;
            try (var guest = UserProcess.start(directory, EmbeddedUser.SERVER)) {
                guest.opened();
                guest.kill();
                orphan = serverProcess();
                assertTrue(isRunning(), "the orphan");
            }
            try (var database = open()) {
                assertEquals(orphan, serverProcess());
                assertEquals("0", asked(database.dataSource(), "SELECT count(*) FROM census.first_thing"));
            }
            assertFalse(isRunning());
        }

        @Test
        void ofTheServerAsWellItIsStartedAgainAtItsOldPortWithAllThatWasCommitted() throws Exception {
            var where = orphanedWithARow();
            signal("KILL", serverProcess());
            try (var database = open()) {
                assertEquals(where, database.where());
                assertEquals("8", asked(database.dataSource(), "SELECT id FROM census.first_thing"));
            }
        }

        @Test
        void ofTheServerAloneItIsStartedAgainForWhoeverIsAtWork() throws Exception {
            try (var database = open()) {
                int time = 0;
                for (var how : List.of("KILL", "INT", "QUIT")) {
                    signal(how, serverProcess());
                    if (!how.equals("KILL")) awaitItsEnd();
                    time++;
                    var found = new String[1];
                    var jdbc = JdbcClient.create(database.dataSource());
                    database.persist(() -> jdbc.sql("INSERT INTO census.first_thing VALUES (1)")
                            .update());
                    database.persist(() -> found[0] = jdbc.sql("SELECT count(*) FROM census.first_thing")
                            .query(String.class)
                            .single());
                    assertEquals(String.valueOf(time), found[0]);
                }
                signal("KILL", serverProcess());
                database.await(Duration.ofMinutes(1));
            }
            assertFalse(isRunning());
        }

        @Test
        void itsNumberMayBelongToAnotherProgramNow() throws Exception {
            orphanedWithARow();
            signal("KILL", serverProcess());
            var pidFile = cluster().data().resolve("postmaster.pid");
            var lines = Files.readAllLines(pidFile);
            lines.set(0, Long.toString(ProcessHandle.current().pid()));
            Files.write(pidFile, lines);
            try (var database = open()) {
                assertEquals("8", asked(database.dataSource(), "SELECT id FROM census.first_thing"));
            }
        }

        @Test
        void itsFileMayBeEmptyAndItsCreationHalfDone() throws Exception {
            Files.createDirectories(directory.resolve("creating-123/base"));
            orphanedWithARow();
            signal("KILL", serverProcess());
            Files.writeString(cluster().data().resolve("postmaster.pid"), "");
            try (var database = open()) {
                assertEquals("8", asked(database.dataSource(), "SELECT id FROM census.first_thing"));
            }
            assertFalse(Files.exists(directory.resolve("creating-123")));
        }

        private String orphanedWithARow() throws Exception {
            try (var guest = UserProcess.start(directory, EmbeddedUser.SERVER)) {
                var where = guest.opened()[0];
                try (var database = open()) {
                    run(database.dataSource(), "INSERT INTO census.first_thing VALUES (8)");
                }
                guest.kill();
                return where;
            }
        }
    }

    @Nested
    class Refuses {

        private DatabaseException refused(Path place) {
            return assertThrows(
                    DatabaseException.class,
                    () -> Database.openEmbedded(place, ONE).close());
        }

        @Test
        void dataOfAnotherMajorVersion() throws Exception {
            layOut();
            Files.writeString(cluster().data().resolve("PG_VERSION"), "17\n");
            var said = refused(directory);
            assertEquals(DatabaseException.DatabaseProblem.DIRECTORY, said.databaseProblem());
            assertTrue(
                    said.getMessage().contains("of PostgreSQL 17, this program brings PostgreSQL 18"),
                    said::getMessage);
        }

        @Test
        void aForeignDataDirectory() throws Exception {
            Files.writeString(directory.resolve("PG_VERSION"), "18\n");
            assertTrue(refused(directory).getMessage().contains("not one of ours"));
        }

        @Test
        void aDirectoryThatIsAFile() throws Exception {
            var file = Files.createFile(directory.resolve("file"));
            var said = refused(file);
            assertEquals(DatabaseException.DatabaseProblem.DIRECTORY, said.databaseProblem());
            assertTrue(said.getMessage().contains(file + ": the directory cannot be used"), said::getMessage);
        }

        @Test
        void toStartADamagedServerAndShowsWhatItSaid() throws Exception {
            layOut();
            Files.delete(cluster().data().resolve("global/pg_control"));
            var said = refused(directory);
            assertTrue(
                    said.getMessage().contains("it does not start")
                            && said.getMessage().contains("pg_control"),
                    said::getMessage);
        }
    }
}
