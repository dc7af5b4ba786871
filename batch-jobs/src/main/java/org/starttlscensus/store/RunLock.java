package org.starttlscensus.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to call servers on behalf of a database: one run at a time, wherever it runs. An advisory lock of a
 * PostgreSQL session that exists for nothing else, so it is free as soon as that session ends, however it ends.
 *
 * <p>Its holder shows once a second that it is alive, by {@link #renew}. A process that is stopped, or whose machine has vanished
 * from the network, does not, and the server ends its session after {@link #SILENCE}: then another run can take over.
 *
 * <p>Thread-safe.
 */
public final class RunLock implements AutoCloseable {

    /** How long the holder may be silent before the server takes the lock from it. */
    static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

    /** "census" in ASCII: the same in every version, and unlikely to be anybody else's. */
    private static final long KEY = 0x63656e737573L;

    /** How long an answer may take before the session counts as lost. */
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private static final String SESSION = """
            SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3;
            SET idle_session_timeout = %d; SET application_name = '%s'""";

    private static final String IS_WITH_A_CHECK = """
            SELECT EXISTS (
                SELECT FROM pg_locks
                JOIN pg_stat_activity USING (pid)
                WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND classid::bigint << 32 | objid::bigint = ?
                    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND application_name = '%s')""".formatted(Holder.CHECK.session);

    private static final String TAKE = "SELECT pg_try_advisory_lock(?)";

    private static final String IS_HELD = """
            SELECT EXISTS (
                SELECT FROM pg_locks
                WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()
                    AND objsubid = 1 AND classid::bigint << 32 | objid::bigint = ?)""";

    private final DatabaseServer server;
    private final Holder holder;
    private Connection session;

    private RunLock(DatabaseServer server, Holder holder, Connection session) {
        this.server = server;
        this.holder = holder;
        this.session = session;
    }

    /** Who asks for it. */
    public enum Holder {
        /** A night: as long as it takes. */
        RUN("census run lock"),
        /** A few calls that somebody asked for by name: some minutes at most, so a run waits for it. */
        CHECK("census check lock");

        private final String session;

        Holder(String session) {
            this.session = session;
        }
    }

    /** What asking for the lock came to. */
    public enum Standing {
        /** It is ours. */
        HELD,
        /** The server cannot be reached, so it is nobody's for now; without a ledger nobody is called either. */
        AWAY,
        /** Another run has it. */
        TAKEN
    }

    /**
     * Empty if another run holds it.
     *
     * @throws DatabaseException if the server cannot be reached
     */
    static Optional<RunLock> tryTake(DatabaseServer server, Holder holder) throws SQLException {
        return session(server, holder).map(session -> new RunLock(server, holder, session));
    }

    /** Whether nobody but a check holds it, which will give it back soon. */
    static boolean isWithACheck(DatabaseServer server) throws SQLException {
        try (var session = server.connect()) {
            return isTrue(session, IS_WITH_A_CHECK);
        }
    }

    /**
     * Asks the server, and takes the lock anew where its session is gone, for example after the server was restarted. Another
     * run may have had it in between: the epoch of the night tells.
     */
    public synchronized Standing renew() {
        if (isHeld()) return Standing.HELD;
        close();
        try {
            var next = session(server, holder);
            next.ifPresent(taken -> session = taken);
            return next.isPresent() ? Standing.HELD : Standing.TAKEN;
        } catch (SQLException | DatabaseException away) {
            LOG.debug("the run lock cannot be asked for", away);
            return Standing.AWAY;
        }
    }

    /** Whether the session is alive and has the lock. */
    public synchronized boolean isHeld() {
        try {
            return isTrue(session, IS_HELD);
        } catch (SQLException lost) {
            LOG.debug("the run lock's session is gone", lost);
            return false;
        }
    }

    @Override
    public synchronized void close() {
        try {
            session.close();
        } catch (SQLException alreadyGone) {
            LOG.debug("the run lock's session was gone before it was closed", alreadyGone);
        }
    }

    private static Optional<Connection> session(DatabaseServer server, Holder holder) throws SQLException {
        var session = server.connect();
        try (var statement = session.createStatement()) {
            session.setNetworkTimeout(Runnable::run, (int) ANSWER.toMillis());
            statement.execute(SESSION.formatted(SILENCE.toMillis(), holder.session));
            if (isTrue(session, TAKE)) return Optional.of(session);
        } catch (SQLException e) {
            session.close();
            throw e;
        }
        session.close();
        return Optional.empty();
    }

    private static boolean isTrue(Connection session, String question) throws SQLException {
        try (var statement = session.prepareStatement(question)) {
            statement.setLong(1, KEY);
            try (var result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }
}
