package org.starttlscensus.machine;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Who may call from this machine: the database that called last, or any other a day after that call, or after the
 * operator's word.
 */
public final class MachineContacts {

    /**
     * Where the record is: in the first folder that exists. The last one is made if none does. A record in any of them
     * counts, so that making the first one later hides nobody.
     */
    public static final List<Path> PLACES =
            List.of(Path.of("/var/lib/starttls-census"), Path.of("/var/tmp/starttls-census"));

    /** How long after its last call a database keeps the machine. */
    static final Duration KEEPS = Duration.ofDays(1);

    /** The record is this far ahead while calls are made, so that it is not written for each. */
    static final Duration AHEAD = Duration.ofMinutes(1);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Path> places;
    private final InstantSource clock;
    private final Duration patience;

    /** @param clock of this machine, which all its databases share */
    public MachineContacts(List<Path> places, InstantSource clock) {
        this(places, clock, PATIENCE);
    }

    MachineContacts(List<Path> places, InstantSource clock, Duration patience) {
        if (places.isEmpty()) throw new IllegalArgumentException("no place for the record");
        this.places = List.copyOf(places);
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * The right of a database to call from this machine. It is written down before this returns.
     *
     * @throws MachineTakenException if another database has it
     * @throws MachineFileException  if the record cannot be read, trusted or written
     */
    public MachineLease lease(CallingDatabase database) {
        var lease = new MachineLease(this, database);
        lease.renew();
        return lease;
    }

    /**
     * Looks whether a database may call from this machine. Nothing is made or written.
     *
     * @throws MachineTakenException if another database has it
     * @throws MachineFileException  if the record cannot be read or trusted, or could not be written
     */
    public void requireFree(CallingDatabase database) {
        var now = clock.instant();
        var there = there();
        there.forEach(place ->
                LastContactFile.look(place).ifPresent(contact -> requireOursOrOld(contact, database, now, place)));
        there.stream().findFirst().ifPresent(ContactPlace::requireWritable);
    }

    /** The last call from this machine, as far as it is recorded. Nothing is made or written. */
    public Optional<LastContact> latest() {
        return there().stream()
                .map(LastContactFile::look)
                .flatMap(Optional::stream)
                .reduce((one, other) -> one.at().isBefore(other.at()) ? other : one);
    }

    /** The file of the record, whether it exists or not. */
    public Path file() {
        var there = there();
        return there.isEmpty()
                ? new ContactPlace(places.getLast(), 0).file()
                : there.getFirst().file();
    }

    /** From when on any database may call. */
    public static Instant freeAt(LastContact contact) {
        return contact.at().plus(KEEPS);
    }

    /**
     * The operator's word that the database which called last calls no more.
     *
     * @return what was forgotten
     * @throws MachineTakenException if it is calling now
     */
    public Optional<LastContact> release() {
        var now = clock.instant();
        Optional<LastContact> latest = latest();
        for (var place : there()) {
            LastContactFile.locked(place, patience, file -> {
                var record = file.read();
                record.filter(contact -> isAtWork(contact, now)).ifPresent(contact -> {
                    throw MachineTakenException.atWork(contact, place.file());
                });
                if (record.isPresent()) file.clear();
                return record;
            });
        }
        return latest;
    }

    /** A record further ahead than ours ever are is not of a call that is being made, but of a wrong clock. */
    private static boolean isAtWork(LastContact contact, Instant now) {
        return contact.at().isAfter(now) && !contact.at().isAfter(now.plus(AHEAD));
    }

    /**
     * Checks that no other database has the machine, and writes that this one calls.
     *
     * @return until when that holds
     */
    Instant claim(CallingDatabase database, boolean durably) {
        var now = clock.instant();
        var there = there();
        var main = there.isEmpty() ? ContactPlace.made(places.getLast()) : there.getFirst();
        there.stream()
                .skip(1)
                .forEach(place -> LastContactFile.look(place)
                        .ifPresent(contact -> requireOursOrOld(contact, database, now, place)));
        return LastContactFile.locked(main, patience, file -> {
            file.read().ifPresent(contact -> requireOursOrOld(contact, database, now, main));
            var until = now.plus(AHEAD);
            file.write(new LastContact(database, until), durably);
            return until;
        });
    }

    private static void requireOursOrOld(
            LastContact contact, CallingDatabase database, Instant now, ContactPlace place) {
        var isOurs = contact.database().identity().equals(database.identity());
        if (!isOurs && now.isBefore(freeAt(contact)))
            throw MachineTakenException.by(contact, place.file(), freeAt(contact));
    }

    private List<ContactPlace> there() {
        return places.stream()
                .filter(ContactPlace::isThere)
                .map(ContactPlace::at)
                .toList();
    }

    Instant now() {
        return clock.instant();
    }
}
