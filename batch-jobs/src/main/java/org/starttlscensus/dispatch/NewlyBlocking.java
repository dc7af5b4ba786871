package org.starttlscensus.dispatch;

import java.util.List;
import org.starttlscensus.fact.Address;

/**
 * Whose block must be stored for later nights.
 *
 * @param addresses those that are charged with their own block
 */
public record NewlyBlocking(List<String> providers, List<Address> addresses) {

    public NewlyBlocking {
        providers = List.copyOf(providers);
        addresses = List.copyOf(addresses);
    }

    public boolean isEmpty() {
        return providers.isEmpty() && addresses.isEmpty();
    }
}
