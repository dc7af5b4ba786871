package org.starttlscensus.store;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The run locks of one database that this process asks for. It knows its earlier sessions by their names: one that was given up
 * over a silent path still has the lock at the server, and is no other run. Thread-safe.
 */
final class RunLocks {

    private final DatabaseServer server;
    private final Sessions sessions;
    private final SecureRandom random = new SecureRandom();
    /** Names of sessions that we closed without the server's answer. */
    private final Set<String> leftBehind = ConcurrentHashMap.newKeySet();

    RunLocks(DatabaseServer server, Sessions sessions) {
        this.server = server;
        this.sessions = sessions;
    }

    /** Empty if another run has it. */
    Optional<RunLock> tryTake(RunLock.Holder holder) {
        var name = holder.session() + " " + token();
        return session(name).map(session -> new RunLock(this, name, session));
    }

    /** Whether nobody but a check has it, which will give it back soon. */
    boolean isWithACheck() {
        try (var session = LockSession.open(server, "census")) {
            return session.isWith(RunLock.Holder.CHECK.session());
        }
    }

    /** A session of that name which has the lock; empty if somebody else has it. */
    Optional<LockSession> session(String name) {
        var own = new HashSet<>(leftBehind);
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

    void leftBehind(String name) {
        leftBehind.add(name);
    }

    /** By the way: whoever waits for an answer of a session that the server has ended waits no longer. */
    void closeEndedSessions(LockSession asker) {
        sessions.closeEnded(asker.jdbc());
    }

    /** 64 random bits: no other process has the same, and the name stays within PostgreSQL's 63 octets. */
    private String token() {
        var octets = new byte[8];
        random.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }
}
