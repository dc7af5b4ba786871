package org.starttlscensus.ledger;

import java.time.Instant;
import java.util.function.Consumer;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;

/** Makes permitted calls, on this machine or elsewhere. */
@FunctionalInterface
public interface Caller {

    /**
     * Makes one call. Blocks until it is over. Never throws for a failure of the peer. Thread-safe.
     *
     * @param dialled called once, when the first packet is about to leave. The gaps to other calls count from then,
     *                however long the permit had waited in a queue. Not called if nothing is sent
     */
    Observation call(Permit permit, Consumer<Instant> dialled);

    /** The last question before a call: whether its permit may be used at all. May block for a moment. Thread-safe. */
    default Clearance clearance(Permit permit) {
        return Clearance.CLEARED;
    }

    /** Whether a permit may be used now. */
    enum Clearance {
        CLEARED,
        /** Whoever runs the server asked to be left out: no call of this endpoint tonight. */
        OPTED_OUT,
        /** That cannot be known now. The permit lapses, and the call is chosen again later. */
        UNKNOWN
    }
}
