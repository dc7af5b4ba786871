package org.starttlscensus.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.starttlscensus.dispatch.Paces;
import org.starttlscensus.dispatch.Paces.AddressPace;
import org.starttlscensus.dispatch.ProviderPace;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.Pace;
import org.starttlscensus.store.Database;

/**
 * The pace of every provider of a night, and of every address that is charged with its own refusals, for read-only
 * commands. It comes from the same replay as the dispatcher of a run.
 */
public final class ProviderPaces {

    private final Paces paces;
    private final Map<String, Integer> suspensions;

    private ProviderPaces(Paces paces) {
        this.paces = paces;
        this.suspensions = paces.providers().entrySet().stream()
                .filter(one -> one.getValue().suspensions() > 0)
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, one -> one.getValue().suspensions()));
    }

    public static ProviderPaces of(Database database, CensusNight night, Limits limits) {
        return new ProviderPaces(new LedgerReader(database, night, limits)
                .readOnly()
                .dispatcher()
                .paces());
    }

    /** Empty for a provider without any feedback. */
    public Optional<Pace> pace(String provider) {
        return Optional.ofNullable(paces.providers().get(provider)).map(ProviderPace::pace);
    }

    /** By provider, for every provider with feedback. */
    public Map<String, ProviderPace> all() {
        return paces.providers();
    }

    /** By address, for every one that was charged with what it answered. */
    public Map<Address, AddressPace> addresses() {
        return paces.addresses();
    }

    /** How often each provider backed off or was excluded; providers that never did are missing. */
    public Map<String, Integer> suspensions() {
        return suspensions;
    }

    /** How many addresses of each provider backed off or were excluded themselves; missing are those without any. */
    public Map<String, Integer> suspendedAddresses() {
        var counts = new HashMap<String, Integer>();
        paces.addresses().values().stream()
                .filter(address -> address.suspensions() > 0)
                .forEach(address -> counts.merge(address.provider(), 1, Integer::sum));
        return Map.copyOf(counts);
    }
}
