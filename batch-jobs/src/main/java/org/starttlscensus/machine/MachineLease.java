package org.starttlscensus.machine;

import java.time.Instant;

/** The right of one database to call from this machine. Thread-safe. */
public final class MachineLease {

    private final MachineContacts contacts;
    private final CallingDatabase database;
    private Instant until = Instant.MIN;

    MachineLease(MachineContacts contacts, CallingDatabase database) {
        this.contacts = contacts;
        this.database = database;
    }

    /**
     * To be called right before each call. Once a minute it looks whether the right still holds, and moves the record.
     *
     * @throws MachineTakenException if another database has got the right since
     * @throws MachineFileException  if the record cannot be read, trusted or written
     */
    public synchronized void beforeCall() {
        if (contacts.now().isAfter(until)) renew();
    }

    synchronized void renew() {
        until = contacts.claim(database, until.equals(Instant.MIN));
    }
}
