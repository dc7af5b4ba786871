package org.starttlscensus.store;

import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;

/** A call that was made and what it showed. */
public record SeenCall(Permit permit, Observation observation) {}
