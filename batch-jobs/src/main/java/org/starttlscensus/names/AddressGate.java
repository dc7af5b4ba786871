package org.starttlscensus.names;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Address;

/**
 * Whether an address may be called at all, whoever's name led to it.
 *
 * <p>Ask with the address that a socket is connected to, or is about to be: what the DNS said a moment ago is no
 * evidence.
 */
@FunctionalInterface
public interface AddressGate {

    /** Empty if the address may be called; else the block that it lies in, for example {@code 10.0.0.0/8 Private-Use (RFC 1918)}. */
    Optional<String> whyNot(Address address);

    /** Lets through what is globally reachable unicast by IANA's registries, and embeds no IPv4 address that is not. */
    static AddressGate publicInternet() {
        return SpecialPurpose::whyNot;
    }

    /** Lets through these networks and nothing else: the lab. */
    static AddressGate only(List<Network> networks) {
        if (networks.isEmpty()) throw new IllegalArgumentException("a gate needs a network to let through");
        var allowed = List.copyOf(networks);
        var reason = "outside " + allowed.stream().map(Network::toString).collect(Collectors.joining(", "))
                + ", which is all that may be called";
        return address -> allowed.stream().anyMatch(network -> network.contains(address))
                ? Optional.empty()
                : Optional.of(reason);
    }
}
