package org.starttlscensus.lab;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.lab.Session.Parting;
import org.starttlscensus.lab.Session.TlsHandshake;
import org.starttlscensus.lab.Session.Welcome;

/** A visit while it lasts. Used by the one thread that serves it. */
final class SessionRecorder {

    private static final int LONGEST_COMMAND = 300;

    private final Address address;
    private final Instant startedAt = Instant.now();
    private final List<String> commands = new ArrayList<>();
    private int commandsInAll;
    private int octetsBeforeGreeting;
    private int octetsOutOfTurn;
    private Welcome welcome = Welcome.SERVED;
    private Optional<Instant> greetedAt = Optional.empty();
    private TlsHandshake tlsHandshake = TlsHandshake.NONE;
    private Parting parting = Parting.OUT_OF_TIME;

    SessionRecorder(Address address) {
        this.address = address;
    }

    void received(Welcome how) {
        welcome = how;
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

    void parting(Parting how) {
        parting = how;
    }

    Parting parting() {
        return parting;
    }

    Session finish() {
        return new Session(
                address,
                startedAt,
                Instant.now(),
                welcome,
                greetedAt,
                octetsBeforeGreeting,
                octetsOutOfTurn,
                commands,
                commandsInAll,
                tlsHandshake,
                parting);
    }
}
