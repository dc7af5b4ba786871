package org.starttlscensus.lab;

import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Address;

/**
 * A mail server of the lab.
 *
 * @param company whose it is; empty for one that somebody keeps for himself
 * @param names   what its certificate is for; the first is how it calls itself
 */
record LabHost(Address address, Optional<LabCompany> company, ServerBehavior behavior, List<String> names) {

    LabHost {
        names = List.copyOf(names);
    }
}
