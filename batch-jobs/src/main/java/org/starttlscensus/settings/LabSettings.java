package org.starttlscensus.settings;

import java.util.List;
import org.starttlscensus.fact.Address;
import org.starttlscensus.names.Network;

/**
 * The lab on loopback: where it is, and how much faster its clock runs.
 *
 * @param networks      every address that may be called, none of which leaves this machine; at least one
 * @param timeScale     0 to 1, for {@link org.starttlscensus.politeness.Limits#scaled}; 0 = pacing off
 * @param patienceScale 0 to 1, for the deadlines of a call
 */
public record LabSettings(List<Network> networks, double timeScale, double patienceScale) {

    public LabSettings {
        networks = List.copyOf(networks);
    }

    /** To be asked of the address itself, last, at connect. */
    public boolean contains(Address address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
