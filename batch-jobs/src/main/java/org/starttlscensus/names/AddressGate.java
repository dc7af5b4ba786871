package org.starttlscensus.names;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
     * Allows addresses that IANA's registries call globally reachable unicast, unless a translator makes IPv4 addresses
     * of them, or they embed an IPv4 address that is not.
     */
    static AddressGate publicInternet() {
        return publicInternet(DocumentationNetworks.ofThisProcess());
    }

    /** The same, where a test has made an Internet of its own of these networks. */
    static AddressGate publicInternet(DocumentationNetworks own) {
        return address -> own.contain(address) ? Optional.empty() : SpecialPurpose.whyNot(address);
    }

    /**
     * The same gate, but for some addresses.
     *
     * @param reason why these must not be called
     */
    default AddressGate without(Collection<Address> addresses, String reason) {
        var refused = Set.copyOf(addresses);
        return address -> refused.contains(address) ? Optional.of(reason) : whyNot(address);
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
