package org.starttlscensus.store;

import java.util.List;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;

/**
 * What a night has to do with one address.
 *
 * @param names     by which it is called, with what leads there
 * @param notCalled how many more names it has in the plan, by which it is not called
 * @param nights    that have it in their plan, the last one first
 */
public record ExplainedAddress(
        Address address, CensusNight night, List<Name> names, int notCalled, List<Night> nights) {

    public ExplainedAddress {
        names = List.copyOf(names);
        nights = List.copyOf(nights);
    }

    /**
     * @param domains  how many listed domains have their mail there
     * @param examples the first of them by rank
     */
    public record Name(ExplainedServer server, long domains, List<Example> examples) {
        public Name {
            examples = List.copyOf(examples);
        }
    }

    /** @param lists on which it stands, with its ranks */
    public record Example(String domain, String lists) {}

    public record Night(CensusNight night, long connections) {}
}
