package org.starttlscensus.names;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Address;

/**
 * Decides whether an address may be called at all, regardless of the name that resolved to it.
 *
 * <p>Pass the address that a socket is connected to, or is about to connect to. An earlier DNS answer is not enough.
 */
@FunctionalInterface
public interface AddressGate {

    /**
     * Empty if the address may be called. Otherwise the reason: the block that contains it, for example
     * {@code 10.0.0.0/8 Private-Use (RFC 1918)}.
     */
    Optional<String> whyNot(Address address);

    /**
     * Allows addresses that IANA's registries call globally reachable unicast, unless they embed an IPv4 address that
     * is not.
     */
    static AddressGate publicInternet() {
        return SpecialPurpose::whyNot;
    }

    /** Allows only these networks: the lab. */
    static AddressGate only(List<Network> networks) {
        if (networks.isEmpty())
            throw new IllegalArgumentException("an address gate needs at least one allowed network");
        var allowed = List.copyOf(networks);
        var reason = "outside " + allowed.stream().map(Network::toString).collect(Collectors.joining(", "))
                + ", the only networks that may be called";
        return address -> allowed.stream().anyMatch(network -> network.contains(address))
                ? Optional.empty()
                : Optional.of(reason);
    }
}
