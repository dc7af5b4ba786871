package org.starttlscensus.store;

import org.starttlscensus.fact.CensusNight;

/**
 * A night in the hands of one process. Whoever takes the night over raises its epoch; what an older one still tries to write
 * is refused.
 */
public record NightLease(CensusNight night, int epoch) {}
