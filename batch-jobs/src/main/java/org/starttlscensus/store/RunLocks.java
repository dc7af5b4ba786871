package org.starttlscensus.store;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes run locks of one database for this process. It remembers its earlier sessions by name: a session that was
 * closed while the network was silent may still have the lock at the server, and is not another run. Thread-safe.
 */
final class RunLocks {

    private final DatabaseServer server;
    private final Sessions sessions;
    private final SecureRandom random = new SecureRandom();
    /** Names of sessions that were closed without the server's answer. */
    private final Set<String> unreleased = ConcurrentHashMap.newKeySet();

    RunLocks(DatabaseServer server, Sessions sessions) {
        this.server = server;
        this.sessions = sessions;
    }

    RunLockAnswer ask(RunLock.Holder holder) {
        var name = holder.sessionPrefix() + " " + token();
        return RunLockAnswer.of(() -> session(name).map(session -> new RunLock(this, name, session)), this::holder);
    }

    /** The kind of process that has it; empty if it is free. */
    Optional<RunLock.Holder> holder() {
        try (var session = LockSession.open(server, "census")) {
            return session.holderName().map(RunLock.Holder::ofSession);
        }
    }

    /** Opens a session of that name which has the lock; empty if another process has it. */
    Optional<LockSession> session(String name) {
        var own = new HashSet<>(unreleased);
        own.add(name);
        var session = LockSession.open(server, name);
        try {
            if (session.take(own)) return Optional.of(session);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
        session.close();
        return Optional.empty();
    }

    void addUnreleased(String name) {
        unreleased.add(name);
    }

    /** Closes connections whose session the server has ended, so that callers waiting on them fail at once. */
    void closeEndedSessions(LockSession lockSession) {
        sessions.closeEnded(lockSession.jdbc());
    }

    /** 64 random bits: unique to this session, and the name stays within PostgreSQL's 63 octets. */
    private String token() {
        var octets = new byte[8];
        random.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }
}
