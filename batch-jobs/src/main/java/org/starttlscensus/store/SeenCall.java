package org.starttlscensus.store;

import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.Permit;

/** A call and its observation. */
public record SeenCall(Permit permit, Observation observation) {}
