package org.starttlscensus.cli;

import org.starttlscensus.store.Outage;

/** After which faults a night is begun anew, behind what it had stored. All others end the run. */
final class NightRestarts {

    private static final int MOST_CONFLICTS = 3;

    private int conflicts;

    /** Why a night is begun anew. */
    enum RestartReason {
        /** When the database is back. */
        OUTAGE,
        /** At once: two transactions were in each other's way. */
        CONFLICT
    }

    /** @throws RuntimeException the fault itself, if it ends the run */
    RestartReason after(RuntimeException fault) {
        if (Outage.isCausedBy(fault)) return RestartReason.OUTAGE;
        if (Outage.isConflict(fault) && ++conflicts <= MOST_CONFLICTS) return RestartReason.CONFLICT;
        throw fault;
    }
}
