package org.starttlscensus.job;

import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightRemoval;
import org.starttlscensus.store.NightStatus;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.StepState;

/**
 * A night that is only tried out. Closing it removes what was stored for it. Its row is marked before anything else is
 * stored, so the next run can remove what a process that died has left.
 */
final class Rehearsal implements AutoCloseable {

    private final Database database;
    private final CensusNight night;

    Rehearsal(Database database, CensusNight night) {
        this.database = database;
        this.night = night;
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

    @Override
    public void close() {
        if (new Nights(database).rehearsals().contains(night)) new NightRemoval(database).remove(night);
    }
}
