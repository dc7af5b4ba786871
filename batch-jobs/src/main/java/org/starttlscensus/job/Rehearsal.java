package org.starttlscensus.job;

import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightRemoval;
import org.starttlscensus.store.NightStatus;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.RunLock;
import org.starttlscensus.store.StepState;

/**
 * A night that is only tried out. Closing it removes what was stored for it. Its row is marked before anything else is
 * stored, so the next run can remove what a process that died has left.
 */
final class Rehearsal implements AutoCloseable {

    private final Database database;
    private final CensusNight night;
    private final RunLock lock;

    Rehearsal(Database database, CensusNight night, RunLock lock) {
        this.database = database;
        this.night = night;
        this.lock = lock;
    }

    /** The caller holds the run lock, so whoever tried these nights out is dead. */
    static void removeLeftOver(Database database) {
        var removal = new NightRemoval(database);
        new Nights(database).rehearsals().forEach(removal::remove);
    }

    /** The step is then stopped or complete; in another state it did not come to its end. */
    boolean isPlanned() {
        var state = new NightStatus(database).steps(night).get(NightStep.PLAN);
        return state == StepState.COMPLETED || state == StepState.STOPPED;
    }

    /** Without the run lock nothing is removed: another process may try out the same night. The next holder does it. */
    @Override
    public void close() {
        if (lock.isHeld() && new Nights(database).rehearsals().contains(night))
            new NightRemoval(database).remove(night);
    }
}
