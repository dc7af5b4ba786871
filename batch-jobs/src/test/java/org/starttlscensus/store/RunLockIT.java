package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.SilentPath;
import org.starttlscensus.postgres.EmbeddedPostgresUse;
import org.starttlscensus.store.RunLock.LockState;

/**
 * The run lock over a network that falls silent: the server then still has our earlier session, which is not another
 * run.
 */
class RunLockIT {

    private static final List<String> ONE = List.of("classpath:store/one");

    @TempDir
    static Path directory;

    private static EmbeddedPostgresUse server;
    private SilentPath path;
    private Database near;
    private Database far;

    @BeforeAll
    static void start() {
        EmptyDatabase.layOut(directory, ONE);
        server = EmbeddedPostgresUse.of(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() throws Exception {
        path = SilentPath.to(server.port());
        near = open(server.port());
        far = open(path.port());
    }

    @AfterEach
    void close() throws Exception {
        path.close();
        far.close();
        near.close();
    }

    private static Database open(int port) {
        var url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
        return Database.open(url, Optional.of("census"), Optional.of(server.password()), ONE);
    }

    private static void endSessions(String application) throws SQLException {
        var sql = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE starts_with(application_name, ?)";
        try (var connection = DatabaseServer.on(server, "postgres").connect();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, application);
            statement.executeQuery();
        }
    }

    @Test
    void isTakenFromOurOwnEarlierSession() {
        try (var lock = far.tryRunLock().orElseThrow()) {
            path.fallSilent();
            assertEquals(LockState.AWAY, lock.renew());
            path.speakAndForgetOldConnections();
            assertEquals(LockState.HELD, lock.renew());
            assertTrue(near.tryRunLock().isEmpty(), "another run still cannot take it");
            assertEquals(LockState.HELD, lock.renew());
        }
        near.tryRunLock().orElseThrow().close();
    }

    @Test
    void isLostIfAnotherRunWasFirst() throws SQLException {
        try (var lock = far.tryRunLock().orElseThrow()) {
            path.fallSilent();
            endSessions("census run lock");
            try (var other = near.tryRunLock().orElseThrow()) {
                path.speakAndForgetOldConnections();
                assertEquals(LockState.TAKEN, lock.renew());
                assertTrue(other.isHeld(), "the session of another run is not ended");
                assertEquals(LockState.TAKEN, lock.renew());
            }
            assertEquals(LockState.HELD, lock.renew());
        }
    }

    /** The server process of our earlier session hangs and cannot be ended yet: it is not another run either. */
    @Test
    void isAwayWhileTheServerDoesNotEndOurEarlierSession() throws Exception {
        try (var lock = near.tryRunLock().orElseThrow()) {
            var holder = holder();
            signal("STOP", holder);
            try {
                assertEquals(LockState.AWAY, lock.renew());
            } finally {
                signal("CONT", holder);
            }
            assertEquals(LockState.HELD, lock.renew());
            assertFalse(holder == holder(), "it has another session now");
        }
    }

    private static int holder() throws SQLException {
        try (var connection = DatabaseServer.on(server, "postgres").connect();
                var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT pid FROM pg_stat_activity JOIN pg_locks USING (pid) "
                        + "WHERE locktype = 'advisory' AND granted")) {
            result.next();
            return result.getInt("pid");
        }
    }

    private static void signal(String name, int process) throws Exception {
        var kill = new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, process));
        assertEquals(0, kill.start().waitFor());
    }

    @Test
    void canBeTakenAgainByTheProcessThatReleasedItOverASilentNetwork() {
        var lock = far.tryRunLock().orElseThrow();
        path.fallSilent();
        lock.close();
        path.speakAndForgetOldConnections();
        assertTrue(near.tryRunLock().isEmpty(), "other processes cannot take it until the server ends that session");
        try (var next = far.tryRunLock().orElseThrow()) {
            assertTrue(next.isHeld());
            assertFalse(lock.isHeld());
        }
    }

    @Test
    void isFreeForOthersAsSoonAsItIsClosed() {
        for (int count = 0; count < 40; count++) {
            near.tryRunLock().orElseThrow().close();
            far.tryRunLock().orElseThrow().close();
        }
    }
}
