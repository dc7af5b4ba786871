package org.starttlscensus.ledger;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.starttlscensus.dispatch.ProviderPace;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.Pace;
import org.starttlscensus.store.Database;

/**
 * The pace of every provider of a night, for read-only commands. It comes from the same replay as the dispatcher of a
 * run.
 */
public final class ProviderPaces {

    private final Map<String, ProviderPace> paces;
    private final Map<String, Integer> suspensions;

    private ProviderPaces(Map<String, ProviderPace> paces) {
        this.paces = paces;
        this.suspensions = paces.entrySet().stream()
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
        return Optional.ofNullable(paces.get(provider)).map(ProviderPace::pace);
    }

    /** By provider, for every provider with feedback. */
    public Map<String, ProviderPace> all() {
        return paces;
    }

    /** How often each provider backed off or was excluded; providers that never did are missing. */
    public Map<String, Integer> suspensions() {
        return suspensions;
    }
}
