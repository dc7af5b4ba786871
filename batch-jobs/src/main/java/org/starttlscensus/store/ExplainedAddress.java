package org.starttlscensus.store;

import java.util.List;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;

/**
 * What one night planned and did at one address.
 *
 * @param names     by which it is called, with the domains that lead there
 * @param notCalled number of its other names in the plan, by which it is not called
 * @param nights    whose plan contains it, latest first
 */
public record ExplainedAddress(
        Address address, CensusNight night, List<Name> names, int notCalled, List<Night> nights) {

    public ExplainedAddress {
        names = List.copyOf(names);
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

    /** @param lists that contain it, with its ranks */
    public record Example(String domain, String lists) {}

    public record Night(CensusNight night, long connections) {}
}
