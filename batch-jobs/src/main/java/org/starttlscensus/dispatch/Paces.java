package org.starttlscensus.dispatch;

import java.util.Map;
import org.starttlscensus.fact.Address;
import org.starttlscensus.politeness.Pace;

/**
 * The paces of a night after its last call that is over.
 *
 * @param providers every provider that gave any feedback
 * @param addresses every address that was charged with what it answered
 */
public record Paces(Map<String, ProviderPace> providers, Map<Address, AddressPace> addresses) {

    public Paces {
        providers = Map.copyOf(providers);
        addresses = Map.copyOf(addresses);
    }

    /**
     * The pace of an address that is charged with its own refusals.
     *
     * @param provider    its network or pool
     * @param suspensions how often it backed off or was excluded in that night
     */
    public record AddressPace(String provider, Pace pace, int suspensions) {}
}
