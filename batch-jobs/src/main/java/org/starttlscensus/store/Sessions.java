package org.starttlscensus.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The connections of the pool and their server processes. A statement may compute for minutes and send nothing, so no
 * time-out can distinguish it from one whose answer was lost in the network. The server can: it ends a session whose
 * client is silent or unreachable. This class closes the connections of such sessions, so that callers waiting on them
 * fail. Thread-safe.
 */
final class Sessions extends DelegatingDataSource {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final long BETWEEN_CHECKS_NANOS = 10_000_000_000L;

    private final Map<Connection, Integer> processes = new ConcurrentHashMap<>();
    private long checkedAt = System.nanoTime();

    Sessions(DataSource source) {
        super(source);
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        try (var statement = connection.createStatement()) {
            int process = process(statement);
            // Behind a connection pooler the two may differ and change later: then the connection is not watched.
            if (process == connection.unwrap(PGConnection.class).getBackendPID()) processes.put(connection, process);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static int process(Statement statement) throws SQLException {
        try (var result = statement.executeQuery(Sql.named("session/settings"))) {
            result.next();
            return result.getInt("process");
        }
    }

    /** Checks at most once in ten seconds, however often it is called. */
    synchronized void closeEnded(JdbcClient jdbc) {
        if (System.nanoTime() - checkedAt < BETWEEN_CHECKS_NANOS) return;
        checkedAt = System.nanoTime();
        closeEndedNow(jdbc);
    }

    void closeEndedNow(JdbcClient jdbc) {
        processes.keySet().removeIf(Sessions::isClosed);
        var before = Map.copyOf(processes);
        var known = new HashSet<>(jdbc.sql(Sql.named("session/known"))
                .param("pids", before.values().toArray(Integer[]::new))
                .query(Integer.class)
                .list());
        before.forEach((connection, process) -> {
            if (!known.contains(process)) abort(connection, process);
        });
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException unknown) {
            LOG.debug("a connection cannot say whether it is closed", unknown);
            return false;
        }
    }

    private static void abort(Connection connection, int process) {
        if (isClosed(connection)) return;
        LOG.warn("the server has ended session {} without our being notified: its connection is closed", process);
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.warn("the connection of session {} cannot be closed", process, e);
        }
    }
}
