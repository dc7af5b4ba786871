package org.starttlscensus.names;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;

/**
 * Who asked to be left out, as it was known at one moment: names, each with all names below it, and networks. A look-up
 * costs as many steps as a name has labels, or as there are different sizes of networks, however long the register is.
 *
 * <p>Immutable.
 */
public final class OptOutRegister {

    public static final OptOutRegister EMPTY = new OptOutRegister(Set.of(), Set.of());

    private final Set<String> names;
    private final Set<Network> networks;
    private final Set<Integer> lengths;

    /** @param names canonical: lower case, A-labels, no trailing dot */
    public OptOutRegister(Collection<String> names, Collection<Network> networks) {
        this.names = Set.copyOf(names);
        this.networks = Set.copyOf(networks);
        var seen = new TreeSet<Integer>();
        networks.forEach(network -> seen.add(network.length()));
        this.lengths = Set.copyOf(new HashSet<>(seen));
    }

    /** Whether a name, or a name above it, opted out. For mail domains, mail hosts and policy hosts alike. */
    public boolean hasName(String canonical) {
        for (int from = 0; from >= 0; from = after(canonical.indexOf('.', from))) {
            if (names.contains(canonical.substring(from))) return true;
        }
        return false;
    }

    private static int after(int dot) {
        return dot < 0 ? dot : dot + 1;
    }

    /** Whether an address is in a network that opted out. */
    public boolean hasAddress(Address address) {
        return whose(address).isPresent();
    }

    /** Whether a whole network is in one that opted out. */
    public boolean hasNetwork(Network network) {
        return whose(network.first())
                .filter(wider -> wider.length() <= network.length())
                .isPresent();
    }

    private Optional<Network> whose(Address address) {
        int bits = address.octets().size() * 8;
        return lengths.stream()
                .filter(length -> length <= bits)
                .sorted()
                .map(length -> Network.around(address, length))
                .filter(networks::contains)
                .findFirst();
    }

    /** Whether a server is to be left alone: because of its name, or of its address. */
    public boolean has(Hostname host, Address address) {
        return hasName(host.ascii()) || hasAddress(address);
    }

    public boolean isEmpty() {
        return names.isEmpty() && networks.isEmpty();
    }
}
