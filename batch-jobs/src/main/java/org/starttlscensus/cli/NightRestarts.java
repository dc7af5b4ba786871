package org.starttlscensus.cli;

import org.starttlscensus.store.Outage;

/** Decides after which faults a night is started again, from what it had stored. All other faults end the run. */
final class NightRestarts {

    private static final int MOST_CONFLICTS = 3;

    private int conflicts;

    /** Why a night is started again. */
    enum RestartReason {
        /** The database was away; restart when it is back. */
        OUTAGE,
        /** Two transactions conflicted; restart at once. */
        CONFLICT
    }

    /** @throws RuntimeException the fault itself, if it ends the run */
    RestartReason after(RuntimeException fault) {
        if (Outage.isCausedBy(fault)) return RestartReason.OUTAGE;
        if (Outage.isConflict(fault) && ++conflicts <= MOST_CONFLICTS) return RestartReason.CONFLICT;
        throw fault;
    }
}
