package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.SilentPath;
import org.starttlscensus.postgres.EmbeddedPostgresUse;

/**
 * A caller that waits on a session that the server has ended gets an exception. A caller whose statement still runs is
 * not interrupted.
 */
class SessionsIT {

    @TempDir
    static Path directory;

    private static EmbeddedPostgresUse server;

    @BeforeAll
    static void start() {
        EmptyDatabase.layOut(directory, List.of("classpath:store/one"));
        server = EmbeddedPostgresUse.of(directory);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static DatabaseServer at(int port) {
        var url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
        return DatabaseServer.at(url, Optional.of("census"), Optional.of(server.password()));
    }

    private static CompletableFuture<Boolean> waiting(Connection connection, String sql) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (var statement = connection.createStatement()) {
                        return statement.execute(sql);
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                },
                command -> Thread.ofVirtual().start(command));
    }

    @Test
    void ofWhichTheServerEndsOneBehindASilentNetwork() throws Exception {
        var here = at(server.port());
        try (var path = SilentPath.to(server.port());
                var observer = LockSession.open(here, "observer");
                var holder = here.connect()) {
            var sessions = new Sessions(at(path.port()).source());
            var others = new Sessions(here.source());
            try (var lost = sessions.getConnection();
                    var computing = others.getConnection();
                    var statements = holder.createStatement()) {
                statements.execute("SELECT pg_advisory_lock(1)");
                var lostAnswer = waiting(lost, "SELECT 'lost', pg_advisory_lock(1)");
                var answer = waiting(computing, "SELECT 'computing', pg_advisory_lock(1)");
                awaitWaiting(observer, 2);
                path.fallSilent();
                observer.jdbc()
                        .sql("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                                + "WHERE query LIKE 'SELECT ''lost''%'")
                        .query()
                        .listOfRows();
                path.speakAndForgetOldConnections();
                sessions.closeEndedNow(observer.jdbc());
                others.closeEndedNow(observer.jdbc());
                var fault = assertThrows(ExecutionException.class, () -> lostAnswer.get(20, TimeUnit.SECONDS));
                assertTrue(Outage.isCausedBy(fault), fault::toString);
                assertFalse(answer.isDone());
                statements.execute("SELECT pg_advisory_unlock(1)");
                assertTrue(answer.get(20, TimeUnit.SECONDS));
            }
        }
    }

    private static void awaitWaiting(LockSession observer, int sessions) {
        var end = System.nanoTime() + 20_000_000_000L;
        var waiting = observer.jdbc().sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
        while (waiting.query(Integer.class).single() < sessions) {
            if (System.nanoTime() > end) throw new AssertionError("the sessions do not wait");
        }
    }

    @Test
    void haveTheServersTimeOuts() throws SQLException {
        try (var connection = new Sessions(at(server.port()).source()).getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery("""
                        SELECT string_agg(name || '=' || setting, ' ' ORDER BY name)
                        FROM pg_settings
                        WHERE unit = 'ms' AND source = 'session'""")) {
            result.next();
            assertEquals(
                    "client_connection_check_interval=10000 idle_in_transaction_session_timeout=60000 "
                            + "idle_session_timeout=60000",
                    result.getString(1));
        }
    }
}
