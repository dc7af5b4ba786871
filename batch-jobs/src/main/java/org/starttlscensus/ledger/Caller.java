package org.starttlscensus.ledger;

import java.time.Instant;
import java.util.function.Consumer;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;

/** Makes permitted calls, on this machine or elsewhere. */
@FunctionalInterface
public interface Caller {

    /**
     * Makes one call. Blocks until it is over; never throws for a peer's failure. Safe for many calls at once.
     *
     * @param dialled told once, when the first packet is about to leave: from then the gaps to other calls count, however long the
     *                permit had waited in somebody's queue. Not told if nothing is sent
     */
    Observation call(Permit permit, Consumer<Instant> dialled);
}
