package org.starttlscensus.lab;

import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Address;

/**
 * A mail server of the lab.
 *
 * @param company the company that runs it; empty for a self-hosted server
 * @param names   the names in its certificate; the server uses the first in its replies
 */
record LabHost(Address address, Optional<LabCompany> company, ServerBehavior behavior, List<String> names) {

    LabHost {
        names = List.copyOf(names);
    }
}
