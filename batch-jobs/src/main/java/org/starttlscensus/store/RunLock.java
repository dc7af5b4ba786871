package org.starttlscensus.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to call servers on behalf of a database: one run at a time, wherever it runs. An advisory lock of a
 * PostgreSQL session that exists for nothing else, so it is free as soon as that session ends, however it ends; a
 * machine that vanishes from the network holds it for about a minute.
 *
 * <p>Thread-safe.
 */
public final class RunLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

    /** "census" in ASCII: the same in every version, and unlikely to be anybody else's. */
    private static final long KEY = 0x63656e737573L;

    /** How long an answer may take before the lock counts as lost. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private static final String SESSION = """
            SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3;
            SET idle_session_timeout = 0; SET application_name = 'census run lock'""";

    private static final String TAKE = "SELECT pg_try_advisory_lock(?)";

    private static final String IS_HELD = """
            SELECT EXISTS (
                SELECT FROM pg_locks
                WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()
                    AND objsubid = 1 AND classid::bigint << 32 | objid::bigint = ?)""";

    private final Connection connection;

    private RunLock(Connection connection) {
        this.connection = connection;
    }

    /** Empty if another run holds it. Owns the connection from now on. */
    static Optional<RunLock> tryTake(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, (int) ANSWER.toMillis());
            statement.execute(SESSION);
            if (isTrue(connection, TAKE)) return Optional.of(new RunLock(connection));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        connection.close();
        return Optional.empty();
    }

    /**
     * Asks the server. False once the session is gone, for example after the server was restarted; then another run may
     * have the lock, and nobody may be called any more.
     */
    public synchronized boolean isHeld() {
        try {
            return isTrue(connection, IS_HELD);
        } catch (SQLException lost) {
            LOG.debug("the run lock's session is gone", lost);
            return false;
        }
    }

    private static boolean isTrue(Connection connection, String question) throws SQLException {
        try (var statement = connection.prepareStatement(question)) {
            statement.setLong(1, KEY);
            try (var result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException alreadyGone) {
            LOG.debug("the run lock's session was gone before it was closed", alreadyGone);
        }
    }
}
