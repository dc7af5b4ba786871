package org.starttlscensus.store;

import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.NotAttempted;
import org.starttlscensus.fact.Provider;

/**
 * What one night planned and did at one address.
 *
 * @param providers of all its names
 * @param names     by which it is called, with the domains that lead there
 * @param notCalled its other names in the plan, by which it is not called
 * @param nights    whose plan contains it, latest first
 */
public record ExplainedAddress(
        Address address,
        CensusNight night,
        List<Provider> providers,
        List<Name> names,
        List<NotCalledName> notCalled,
        List<Night> nights) {

    public ExplainedAddress {
        providers = List.copyOf(providers);
        names = List.copyOf(names);
        notCalled = List.copyOf(notCalled);
        nights = List.copyOf(nights);
    }

    /**
     * @param domains  number of listed domains whose mail goes there
     * @param examples the first of them by rank
     */
    public record Name(ExplainedServer server, long domains, List<Example> examples) {
        public Name {
            examples = List.copyOf(examples);
        }
    }

    /** @param detail more on the reason, in our words */
    public record NotCalledName(Hostname host, NotAttempted reason, Optional<String> detail) {}

    /** @param lists that contain it, with its ranks */
    public record Example(String domain, String lists) {}

    /** @param connections empty: its contacts were pruned */
    public record Night(CensusNight night, Optional<Long> connections) {}
}
