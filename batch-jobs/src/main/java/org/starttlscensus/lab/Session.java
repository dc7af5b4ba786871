package org.starttlscensus.lab;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Address;

/**
 * One connection as the server saw it: what a postmaster would find in the log.
 *
 * @param address              of the server
 * @param startedAt            when it was accepted
 * @param endedAt              when it was over on both sides
 * @param octetsBeforeGreeting sent by the client before the final line of the greeting
 * @param octetsOutOfTurn      sent by the client while it owed us patience: behind a command not yet answered, or behind
 *                             STARTTLS before our 220
 * @param commands             as sent, without line ends; the first {@link #MOST_COMMANDS}
 * @param commandsInAll        their number
 * @param welcome            whether it was served, or why not
 * @param greetedAt            when the greeting, or the refusal, was complete; empty if it never was
 * @param tlsHandshake            what became of TLS
 * @param parting              who ended it, and how
 */
public record Session(
        Address address,
        Instant startedAt,
        Instant endedAt,
        AdmissionResult admission,
        Optional<Instant> greetedAt,
        int octetsBeforeGreeting,
        int octetsOutOfTurn,
        List<String> commands,
        int commandsInAll,
        TlsHandshake tlsHandshake,
        SessionEnding ending) {

    public static final int MOST_COMMANDS = 10;

    /** How the house received the caller; what a single server's manner makes of him is another matter. */
    public enum AdmissionResult {
        SERVED,
        /** More at once, or within a minute, than the house bears. */
        LIMITED,
        /** For abuse, or because the house has turned hostile. */
        BLOCKED,
        /** The house serves nobody yet. */
        CLOSED
    }

    /** What became of TLS in a visit. */
    public enum TlsHandshake {
        NONE,
        FINISHED,
        /** The server sent an alert or hung up: its manner, or what came was no TLS it could take. */
        BROKEN_BY_SERVER,
        /** The client sent an alert, or left, before the server was done. */
        BROKEN_BY_CLIENT
    }

    /** How a visit ended. */
    public enum SessionEnding {
        /** The client said QUIT, read the answer and closed in order. */
        QUIT,
        /** The client closed in order without QUIT. */
        CLIENT_CLOSED,
        /** The client reset the connection, after QUIT or without. */
        CLIENT_RESET,
        /** The server hung up: part of its manner; and the client closed in order, QUIT or not. */
        SERVER_CLOSED,
        /** The server's patience, or the lab's life, was over first. */
        OUT_OF_TIME
    }

    public Session {
        commands = List.copyOf(commands);
    }
}
