package org.starttlscensus.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.starttlscensus.postgres.DatabaseException;
import org.starttlscensus.postgres.DatabaseException.DatabaseProblem;

/**
 * A PostgreSQL session that is used only for the run lock: the advisory lock is free as soon as the session ends,
 * however it ends. Not thread-safe.
 *
 * @see <a href="https://www.postgresql.org/docs/18/explicit-locking.html#ADVISORY-LOCKS">PostgreSQL 18</a>
 */
final class LockSession implements AutoCloseable {

    /** "census" in ASCII: the same in every version, and unlikely to be used by another program. */
    private static final long KEY = 0x63656e737573L;

    /** If an answer takes longer, the session counts as lost. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(LockSession.class);

    private final DatabaseServer server;
    private final Connection connection;
    private final JdbcClient jdbc;

    private LockSession(DatabaseServer server, Connection connection) {
        this.server = server;
        this.connection = connection;
        this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    /** @param name of the session, by which other sessions recognise its owner */
    static LockSession open(DatabaseServer server, String name) {
        var session = new LockSession(server, server.connect());
        try {
            session.connection.setNetworkTimeout(Runnable::run, (int) ANSWER_TIMEOUT.toMillis());
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
     * Takes the lock if it is free, or if only an earlier session of this process has it.
     *
     * @param own names of this process's sessions that are no longer used
     * @return whether this session has the lock; if not, another process has it
     * @throws DatabaseException if the server does not end the earlier session in time
     */
    boolean take(Collection<String> own) {
        if (ask("try")) return true;
        var ended = jdbc.sql(Sql.named("run_lock/end_earlier"))
                .param("key", KEY)
                .param("names", own.toArray(String[]::new))
                .query(Boolean.class)
                .list();
        if (ended.isEmpty()) return ask("try"); // it may have become free in between
        try {
            jdbc.sql(Sql.named("run_lock/await")).param("key", KEY).query().singleRow();
            return true;
        } catch (DataAccessException e) {
            if (!DatabaseFault.isLockTimeout(e)) throw e;
            // Without its cause: that SQLSTATE would be classified as a fault that only the operator can correct.
            throw new DatabaseException(DatabaseProblem.UNREACHABLE, """
                    database %s: it has not yet ended an earlier session of this process, which has the run lock. \
                    This is tried again.""".formatted(server.where()));
        }
    }

    boolean isHeld() {
        return ask("is_held");
    }

    /** The name of the session that has the lock; empty if it is free. */
    Optional<String> holderName() {
        return jdbc.sql(Sql.named("run_lock/holder"))
                .param("key", KEY)
                .query(String.class)
                .optional();
    }

    /** Returns when the server has released the lock; it would notice the end of the session later. */
    void release() {
        ask("release");
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    private boolean ask(String statement) {
        return jdbc.sql(Sql.named("run_lock/" + statement))
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
