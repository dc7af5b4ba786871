package org.starttlscensus.lab;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.lab.Visit.Handshake;
import org.starttlscensus.lab.Visit.Parting;
import org.starttlscensus.lab.Visit.Reception;

/** A visit while it lasts. Used by the one thread that serves it. */
final class VisitNotes {

    private static final int LONGEST_COMMAND = 300;

    private final Address address;
    private final Instant startedAt = Instant.now();
    private final List<String> commands = new ArrayList<>();
    private int commandsInAll;
    private int octetsBeforeGreeting;
    private int octetsOutOfTurn;
    private Reception reception = Reception.SERVED;
    private Optional<Instant> greetedAt = Optional.empty();
    private Handshake handshake = Handshake.NONE;
    private Parting parting = Parting.OUT_OF_TIME;

    VisitNotes(Address address) {
        this.address = address;
    }

    void received(Reception how) {
        reception = how;
    }

    void greeted() {
        greetedAt = Optional.of(Instant.now());
    }

    void command(String line) {
        commandsInAll++;
        if (commands.size() < Visit.MOST_COMMANDS) {
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

    void handshake(Handshake result) {
        handshake = result;
    }

    void parting(Parting how) {
        parting = how;
    }

    Parting parting() {
        return parting;
    }

    Visit finish() {
        return new Visit(address, startedAt, Instant.now(), reception, greetedAt, octetsBeforeGreeting, octetsOutOfTurn, commands,
                commandsInAll, handshake, parting);
    }
}
