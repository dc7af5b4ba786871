package org.starttlscensus.store;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to call servers on behalf of a database: one run at a time, wherever it runs. An advisory lock of a
 * PostgreSQL session that exists for nothing else, so it is free as soon as that session ends, however it ends.
 *
 * <p>Its holder shows once a second that it is alive, by {@link #renew}. A process that is stopped, or whose machine has vanished
 * from the network, does not, and the server ends its session after {@link #SILENCE}: then another run can take over. Until then
 * the lock of a session that was lost is our own still, and is taken anew from it.
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

        /** How the names of its sessions begin. */
        String session() {
            return session;
        }
    }

    /** What asking for the lock came to. */
    public enum LockState {
        /** It is ours. */
        HELD,
        /** The server cannot be reached, so it is nobody's for now; without a ledger nobody is called either. */
        AWAY,
        /** Another run has it. */
        TAKEN
    }

    /**
     * Asks the server, and takes the lock anew where its session is gone, for example after the server was restarted. Another
     * run may have had it in between: the epoch of the night tells.
     *
     * @throws RuntimeException what is no outage, for example that we are not let in any more
     */
    public synchronized LockState renew() {
        if (closed) throw new IllegalStateException("the run lock was given back");
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
            LOG.debug("the run lock cannot be asked for", e);
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

    /** Whether its session was ever lost: then answers to other sessions may have been lost, too. */
    public synchronized boolean wasLost() {
        return wasLost;
    }

    /** Gives it back. Where the server cannot be told, it is known as ours to whoever asks next in this process. */
    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        try {
            session.release();
        } catch (RuntimeException untold) {
            LOG.debug("the run lock's session was gone before the lock was given back", untold);
            locks.leftBehind(name);
        }
        session.close();
    }
}
