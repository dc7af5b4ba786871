package org.starttlscensus.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.starttlscensus.postgres.DatabaseException;
import org.starttlscensus.postgres.DatabaseException.DatabaseProblem;

/**
 * A session of PostgreSQL that exists for the run lock and nothing else: the advisory lock is free as soon as the session ends,
 * however it ends. Not thread-safe.
 *
 * @see <a href="https://www.postgresql.org/docs/18/explicit-locking.html#ADVISORY-LOCKS">PostgreSQL 18: advisory locks</a>
 */
final class LockSession implements AutoCloseable {

    /** "census" in ASCII: the same in every version, and unlikely to be anybody else's. */
    private static final long KEY = 0x63656e737573L;

    /** How long an answer may take before the session counts as lost. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(LockSession.class);

    private final DatabaseServer server;
    private final Connection connection;
    private final JdbcClient jdbc;

    private LockSession(DatabaseServer server, Connection connection) {
        this.server = server;
        this.connection = connection;
        this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    /** @param name by which other sessions see whose it is */
    static LockSession open(DatabaseServer server, String name) {
        var session = new LockSession(server, server.connect());
        try {
            session.connection.setNetworkTimeout(Runnable::run, (int) ANSWER.toMillis());
            session.jdbc
                    .sql(Sql.named("run_lock/settings"))
                    .param("name", name)
                    .param("silence", RunLock.SILENCE.toMillis() + "ms")
                    .query()
                    .singleRow();
            return session;
        } catch (SQLException e) {
            session.close();
            throw server.refused(e);
        } catch (DataAccessException e) {
            session.close();
            throw e;
        }
    }

    /**
     * Takes the lock if nobody has it, or only an earlier session of our own.
     *
     * @param own names of sessions that nobody uses any more
     * @return whether it is ours; if not, somebody else has it
     * @throws DatabaseException if the server does not end the earlier session in time
     */
    boolean take(Collection<String> own) {
        if (asked("try")) return true;
        var ended = jdbc.sql(Sql.named("run_lock/end_earlier"))
                .param("key", KEY)
                .param("names", own.toArray(String[]::new))
                .query(Boolean.class)
                .list();
        if (ended.isEmpty()) return asked("try"); // it may have become free in between
        try {
            jdbc.sql(Sql.named("run_lock/await")).param("key", KEY).query().singleRow();
            return true;
        } catch (DataAccessException e) {
            if (!DatabaseFault.isLockTimeout(e)) throw e;
            // Without its cause, whose SQLSTATE would be taken for an operator's time-out.
            throw new DatabaseException(DatabaseProblem.UNREACHABLE, """
                    database %s: it does not end our own earlier session, which has the run lock. It is asked again.""".formatted(server.where()));
        }
    }

    boolean isHeld() {
        return asked("is_held");
    }

    /** Whether a session whose name begins so has the lock. */
    boolean isWith(String name) {
        return jdbc.sql(Sql.named("run_lock/is_with"))
                .param("key", KEY)
                .param("name", name)
                .query(Boolean.class)
                .single();
    }

    /** Returns when the server has given it up; the end of the session would be noticed later. */
    void release() {
        asked("release");
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    private boolean asked(String question) {
        return jdbc.sql(Sql.named("run_lock/" + question))
                .param("key", KEY)
                .query(Boolean.class)
                .single();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException alreadyGone) {
            LOG.debug("the run lock's session was gone before it was closed", alreadyGone);
        }
    }
}
