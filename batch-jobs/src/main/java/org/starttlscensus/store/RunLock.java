package org.starttlscensus.store;

import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to call servers for a database: one run at a time, on any machine. It is an advisory lock of a PostgreSQL
 * session that is used for nothing else, so it is free as soon as that session ends, however it ends.
 *
 * <p>Its holder calls {@link #renew} once a second to show that it is alive. If a process is suspended, or its machine
 * loses the network, the server ends its session after {@link #SILENCE}: then another run can take over. Until then the
 * lock of a lost session still belongs to this process, which can take it again.
 *
 * <p>Thread-safe.
 */
public final class RunLock implements AutoCloseable {

    /** How long the holder may be silent before the server takes the lock from it. */
    static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

    private final RunLocks locks;
    private final String name;
    private LockSession session;
    private boolean closed;
    private boolean wasLost;

    RunLock(RunLocks locks, String name, LockSession session) {
        this.locks = locks;
        this.name = name;
        this.session = session;
    }

    /** The kind of process that takes the lock. */
    public enum Holder {
        /** A run of a night: holds it for the whole run. */
        RUN("census run lock"),
        /** A few on-demand calls: holds it for some minutes at most, so a run waits for it. */
        CHECK("census check lock"),
        /** Work on what is stored, without calls. */
        WORK("census work lock");

        private final String sessionPrefix;

        Holder(String sessionPrefix) {
            this.sessionPrefix = sessionPrefix;
        }

        /** Prefix of its session names. */
        String sessionPrefix() {
            return sessionPrefix;
        }

        /** A session of any other name counts as a run: nobody knows how long it keeps the lock. */
        static Holder ofSession(String name) {
            return Arrays.stream(values())
                    .filter(holder -> name.startsWith(holder.sessionPrefix))
                    .findFirst()
                    .orElse(RUN);
        }
    }

    /** The result of checking the lock. */
    public enum LockState {
        /** This process has it. */
        HELD,
        /** The server cannot be reached, so its state is unknown. Without a ledger no calls are made anyway. */
        AWAY,
        /** Another run has it. */
        TAKEN
    }

    /**
     * Checks the lock at the server, and takes it again if its session has ended, for example after a restart of the
     * server. Another run may have had it in between: then the epoch of the night has changed.
     *
     * @throws RuntimeException for any fault but an outage, for example a refused login
     */
    public synchronized LockState renew() {
        if (closed) throw new IllegalStateException("the run lock was released");
        try {
            if (isHeld()) {
                locks.closeEndedSessions(session);
                return LockState.HELD;
            }
            wasLost = true;
            session.close();
            var next = locks.session(name);
            next.ifPresent(taken -> session = taken);
            return next.isPresent() ? LockState.HELD : LockState.TAKEN;
        } catch (RuntimeException e) {
            if (!Outage.isCausedBy(e)) throw e;
            LOG.debug("the run lock cannot be checked", e);
            return LockState.AWAY;
        }
    }

    /** Whether the session is alive and has the lock. */
    public synchronized boolean isHeld() {
        try {
            return session.isHeld();
        } catch (RuntimeException lost) {
            LOG.debug("the run lock's session is gone", lost);
            return false;
        }
    }

    /** Whether its session was ever lost: then answers to other sessions may have been lost too. */
    public synchronized boolean wasLost() {
        return wasLost;
    }

    /**
     * Releases the lock. If the server cannot be reached, the next attempt of this process to take it knows the old
     * session as its own.
     */
    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        try {
            session.release();
        } catch (RuntimeException unreachable) {
            LOG.debug("the run lock's session was gone before the lock was released", unreachable);
            locks.addUnreleased(name);
        }
        session.close();
    }
}
