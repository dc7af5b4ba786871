package org.starttlscensus.lab;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.lab.Session.AdmissionResult;
import org.starttlscensus.lab.Session.SessionEnding;
import org.starttlscensus.lab.Session.TlsHandshake;

/** Records a {@link Session} while it lasts. Not thread-safe: only the thread that serves the session uses it. */
final class SessionRecorder {

    private static final int LONGEST_COMMAND = 300;

    private final Address address;
    private final Address client;
    private final Instant startedAt = Instant.now();
    private final List<String> commands = new ArrayList<>();
    private int commandsInAll;
    private int octetsBeforeGreeting;
    private int octetsOutOfTurn;
    private AdmissionResult admission = AdmissionResult.SERVED;
    private Optional<Instant> greetedAt = Optional.empty();
    private TlsHandshake tlsHandshake = TlsHandshake.NONE;
    private SessionEnding ending = SessionEnding.OUT_OF_TIME;

    SessionRecorder(Address address, Address client) {
        this.client = client;
        this.address = address;
    }

    void admitted(AdmissionResult result) {
        admission = result;
    }

    void greeted() {
        greetedAt = Optional.of(Instant.now());
    }

    void command(String line) {
        commandsInAll++;
        if (commands.size() < Session.MOST_COMMANDS) {
            commands.add(line.length() <= LONGEST_COMMAND ? line : line.substring(0, LONGEST_COMMAND));
        }
    }

    int commandsInAll() {
        return commandsInAll;
    }

    void beforeGreeting(int octets) {
        octetsBeforeGreeting += octets;
    }

    int octetsBeforeGreeting() {
        return octetsBeforeGreeting;
    }

    void outOfTurn(int octets) {
        octetsOutOfTurn += octets;
    }

    void handshake(TlsHandshake result) {
        tlsHandshake = result;
    }

    void ended(SessionEnding how) {
        ending = how;
    }

    SessionEnding ending() {
        return ending;
    }

    Session finish() {
        return new Session(
                address,
                client,
                startedAt,
                Instant.now(),
                admission,
                greetedAt,
                octetsBeforeGreeting,
                octetsOutOfTurn,
                commands,
                commandsInAll,
                tlsHandshake,
                ending);
    }
}
