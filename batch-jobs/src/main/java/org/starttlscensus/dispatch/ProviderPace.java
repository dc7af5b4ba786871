package org.starttlscensus.dispatch;

import org.starttlscensus.politeness.Pace;

/**
 * The pace of a provider after its last call that is over.
 *
 * @param suspensions how often it backed off or was excluded in that night
 */
public record ProviderPace(Pace pace, int suspensions) {}
