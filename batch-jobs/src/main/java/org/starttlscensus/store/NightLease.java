package org.starttlscensus.store;

import org.starttlscensus.fact.CensusNight;

/**
 * One process's ownership of a night. A process that takes the night over increments its epoch; writes under an older
 * epoch are rejected.
 */
public record NightLease(CensusNight night, int epoch) {}
