package org.starttlscensus.ledger;

import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;

/** Whoever makes a permitted call. Blocks until it is over; never throws for a peer's failure. */
@FunctionalInterface
public interface Callers {
    Observation call(Permit permit);
}
