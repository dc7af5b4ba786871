package org.starttlscensus.lab;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.starttlscensus.fact.Address;
import org.starttlscensus.lab.Visit.Handshake;
import org.starttlscensus.lab.Visit.Parting;

/** A visit while it lasts. Used by the one thread that serves it. */
final class VisitNotes {

    private static final int LONGEST_COMMAND = 300;

    private final Address address;
    private final Instant startedAt = Instant.now();
    private final List<String> commands = new ArrayList<>();
    private int commandsInAll;
    private int octetsBeforeGreeting;
    private int octetsOutOfTurn;
    private Handshake handshake = Handshake.NONE;
    private Parting parting = Parting.OUT_OF_TIME;

    VisitNotes(Address address) {
        this.address = address;
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
        return new Visit(address, startedAt, Instant.now(), octetsBeforeGreeting, octetsOutOfTurn, commands, commandsInAll,
                handshake, parting);
    }
}
