package org.starttlscensus.store;

import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.Hostname;

/**
 * A mail host on a night.
 *
 * @param preference of the MX record that names it; empty if the host itself was looked up
 * @param status     result of its address lookup; empty before the lookup
 * @param since      first night of the current span; empty for a failure, which belongs to this night alone
 * @param aliases    CNAME targets in the order they were followed
 * @param seen       addresses before the cap of 4
 */
public record ExplainedHost(
        Hostname host,
        Optional<Integer> preference,
        Optional<HostAddresses.Status> status,
        Optional<CensusNight> since,
        List<String> aliases,
        List<Address> addresses,
        int seen,
        List<ExplainedServer> servers) {

    public ExplainedHost {
        aliases = List.copyOf(aliases);
        addresses = List.copyOf(addresses);
        servers = List.copyOf(servers);
    }
}
