package org.starttlscensus.cli;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.store.ExplainedHost;
import org.starttlscensus.verdict.ChainJudge;

/** A mail host with its servers. */
record ExplainedHostJson(
        String mxHost,
        Optional<Integer> preference,
        Optional<String> status,
        Optional<LocalDate> since,
        List<String> aliases,
        List<String> addresses,
        List<ExplainedServerJson> servers) {

    static ExplainedHostJson of(ExplainedHost host, Optional<ChainJudge> chains) {
        return new ExplainedHostJson(
                host.host().ascii(),
                host.preference(),
                host.status().map(HostAddresses.Status::label),
                host.since().map(CensusNight::date),
                host.aliases(),
                host.addresses().stream().map(Address::toString).toList(),
                host.servers().stream()
                        .map(server -> ExplainedServerJson.of(server, chains))
                        .toList());
    }
}
