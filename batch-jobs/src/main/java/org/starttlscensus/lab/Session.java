package org.starttlscensus.lab;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Address;

/**
 * One connection as the server saw it: what a postmaster would find in the log.
 *
 * @param address              the server's address
 * @param client               whoever connected
 * @param startedAt            when it was accepted
 * @param endedAt              when both sides had closed
 * @param octetsBeforeGreeting sent by the client before the final line of the greeting
 * @param octetsOutOfTurn      sent by the client when it had to wait: after a command without a reply yet, or after
 *                             STARTTLS and before our 220
 * @param commands             as sent, without line ends; the first {@link #MOST_COMMANDS}
 * @param commandsInAll        the number of all commands
 * @param admission            whether the client was served, or why not
 * @param greetedAt            when the greeting, or the refusal, was complete; empty if it never was
 * @param tlsHandshake         the result of the TLS handshake
 * @param ending               who ended it, and how
 */
public record Session(
        Address address,
        Address client,
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

    /** The decision of the company's throttle. The behavior of the single server may still refuse the client. */
    public enum AdmissionResult {
        SERVED,
        /** More connections at once, or within a minute, than the policy allows. */
        LIMITED,
        /** For abuse, or because the policy blocks after a number of calls. */
        BLOCKED,
        /** The company does not serve clients yet. */
        CLOSED
    }

    /** The result of the TLS handshake in a session. */
    public enum TlsHandshake {
        NONE,
        FINISHED,
        /** The server sent an alert or closed: by its script, or because it could not read what the client sent. */
        BROKEN_BY_SERVER,
        /** The client sent an alert or closed before the handshake was finished. */
        BROKEN_BY_CLIENT
    }

    /** How a session ended. */
    public enum SessionEnding {
        /** The client sent QUIT, read the reply and closed in order. */
        QUIT,
        /** The client closed in order without QUIT. */
        CLIENT_CLOSED,
        /** The client reset the connection, with or without QUIT. */
        CLIENT_RESET,
        /** The server closed first, by its script; the client closed in order, with or without QUIT. */
        SERVER_CLOSED,
        /** The session's deadline passed, or the lab was closed, first. */
        OUT_OF_TIME
    }

    public Session {
        commands = List.copyOf(commands);
    }
}
