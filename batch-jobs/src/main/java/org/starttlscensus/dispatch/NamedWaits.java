package org.starttlscensus.dispatch;

import java.time.Instant;
import java.util.Map;
import org.starttlscensus.fact.Address;

/** Until when providers and addresses asked us on earlier nights not to call. */
public record NamedWaits(Map<String, Instant> providers, Map<Address, Instant> addresses) {

    public static final NamedWaits NONE = new NamedWaits(Map.of(), Map.of());

    public NamedWaits {
        providers = Map.copyOf(providers);
        addresses = Map.copyOf(addresses);
    }
}
