package org.starttlscensus.lab;

import java.util.List;
import org.starttlscensus.fact.Address;

/**
 * A mail server of the lab.
 *
 * @param names what its certificate is for; the first is how it calls itself
 */
record LabHost(Address address, Manner manner, List<String> names) {

    LabHost {
        names = List.copyOf(names);
    }
}
