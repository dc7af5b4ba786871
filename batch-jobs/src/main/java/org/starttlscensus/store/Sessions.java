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
 * The connections of the pool and the processes of the server behind them. A statement may rightly compute for minutes and send
 * nothing, so no time-out can tell it from one whose answer was lost on a silent path. The server can: it ends a session that
 * nobody speaks to or hears. Whoever still waits at our end of such a session is told. Thread-safe.
 */
final class Sessions extends DelegatingDataSource {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final long BETWEEN_LOOKS_NANOS = 10_000_000_000L;

    private final Map<Connection, Integer> processes = new ConcurrentHashMap<>();
    private long lookedAt = System.nanoTime();

    Sessions(DataSource source) {
        super(source);
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        try (var statement = connection.createStatement()) {
            int process = process(statement);
            // Behind a pooler the two may differ, and the process of today is not that of tomorrow: nothing is
            // concluded.
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

    /** Once in ten seconds at most, however often it is asked for. */
    synchronized void closeEnded(JdbcClient asker) {
        if (System.nanoTime() - lookedAt < BETWEEN_LOOKS_NANOS) return;
        lookedAt = System.nanoTime();
        closeEndedNow(asker);
    }

    void closeEndedNow(JdbcClient asker) {
        processes.keySet().removeIf(Sessions::isClosed);
        var before = Map.copyOf(processes);
        var known = new HashSet<>(asker.sql(Sql.named("session/known"))
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
        LOG.warn("the server has ended session {}, and its end did not reach us: whoever waits there is told", process);
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.warn("the connection of session {} cannot be closed", process, e);
        }
    }
}
