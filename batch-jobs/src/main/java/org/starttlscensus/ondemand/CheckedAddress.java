package org.starttlscensus.ondemand;

import java.util.List;
import org.starttlscensus.fact.CensusNight;

/**
 * The result of looking again at an address.
 *
 * @param night   the night whose plan has it
 * @param servers its servers in that plan; empty if there is none, or whoever runs it asked to be left out
 */
public record CheckedAddress(CensusNight night, List<CheckedServer> servers) {

    public CheckedAddress {
        servers = List.copyOf(servers);
    }
}
