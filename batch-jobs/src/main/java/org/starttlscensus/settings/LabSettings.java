package org.starttlscensus.settings;

import java.util.List;
import org.starttlscensus.fact.Address;
import org.starttlscensus.names.Network;

/**
 * The lab on loopback: its networks, and the factors for its times.
 *
 * @param networks      the addresses that may be called, at least one network; none of them leaves this machine
 * @param timeScale     0 to 1, for {@link org.starttlscensus.politeness.Limits#scaled}; 0 = pacing off
 * @param patienceScale 0 to 1, for the deadlines of a call
 */
public record LabSettings(List<Network> networks, double timeScale, double patienceScale) {

    public LabSettings {
        networks = List.copyOf(networks);
    }

    /** To be checked for the address itself, immediately before connecting. */
    public boolean contains(Address address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
