package org.starttlscensus.dispatch;

import org.starttlscensus.politeness.Pace;

/**
 * How a provider stands behind the last call that is over.
 *
 * @param suspensions how often it was left alone in that night, for a while or for the rest of it
 */
public record ProviderPace(Pace pace, int suspensions) {}
