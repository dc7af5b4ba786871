package org.starttlscensus.verdict;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Octets;

/**
 * One of the two lists of name constraints, permitted or excluded.
 *
 * @param dnsNames    in lower case; the empty name means all names
 * @param networks    of addresses
 * @param directories beginnings of distinguished names
 * @param mailboxes   mail addresses, hosts, or with a leading dot all hosts below one
 * @param uriHosts    in lower case; hosts, or with a leading dot all hosts below one
 * @param otherKinds  tags of kinds that we cannot compare; a name of such a kind is not allowed
 */
record NameSubtrees(
        List<String> dnsNames,
        List<ConstrainedNetwork> networks,
        List<List<String>> directories,
        List<String> mailboxes,
        List<String> uriHosts,
        Set<Integer> otherKinds) {

    static final int MAILBOX = 0x81;
    static final int DNS_NAME = 0x82;
    static final int DIRECTORY = 0xa4;
    static final int URI = 0x86;
    static final int IP_ADDRESS = 0x87;

    private static final Set<Integer> COMPARED = Set.of(MAILBOX, DNS_NAME, DIRECTORY, URI, IP_ADDRESS);

    static final NameSubtrees NONE = new NameSubtrees(List.of(), List.of(), List.of(), List.of(), List.of(), Set.of());

    /** An address and a mask of the same length. */
    record ConstrainedNetwork(Octets address, Octets mask) {

        boolean contains(Octets other) {
            if (other.size() != address.size()) return false;
            for (int i = 0; i < address.size(); i++) {
                if (((address.at(i) ^ other.at(i)) & mask.at(i)) != 0) return false;
            }
            return true;
        }
    }

    NameSubtrees {
        dnsNames = List.copyOf(dnsNames);
        networks = List.copyOf(networks);
        directories = List.copyOf(directories);
        mailboxes = List.copyOf(mailboxes);
        uriHosts = List.copyOf(uriHosts);
        otherKinds = Set.copyOf(otherKinds);
    }

    /** @throws RuntimeException if the list is empty or cannot be read */
    static NameSubtrees read(Der list) {
        var bases =
                list.parts().stream().map(subtree -> subtree.parts().getFirst()).toList();
        if (bases.isEmpty()) throw new IllegalArgumentException("a list of name constraints is empty");
        return new NameSubtrees(
                of(DNS_NAME, bases, base -> wellFormed(base.latin1().toLowerCase(Locale.ROOT))),
                of(IP_ADDRESS, bases, base -> network(base.content().toArray())),
                of(DIRECTORY, bases, base -> DirectoryName.of(base.parts().getFirst())),
                of(MAILBOX, bases, Der::latin1),
                of(URI, bases, base -> base.latin1().toLowerCase(Locale.ROOT)),
                bases.stream()
                        .map(Der::tag)
                        .filter(tag -> !COMPARED.contains(tag))
                        .collect(Collectors.toSet()));
    }

    private static <T> List<T> of(int tag, List<Der> bases, Function<Der, T> reading) {
        return bases.stream().filter(base -> base.tag() == tag).map(reading).toList();
    }

    private static String wellFormed(String tree) {
        if (!tree.isEmpty() && !NameConstraints.HOST.matcher(tree).matches())
            throw new IllegalArgumentException("a DNS name constraint is not a host name");
        return tree;
    }

    /** RFC 4632: the mask is a prefix. */
    private static ConstrainedNetwork network(byte[] both) {
        if (both.length != 8 && both.length != 32)
            throw new IllegalArgumentException("an address constraint is not a network");
        var half = both.length / 2;
        var address = Arrays.copyOf(both, half);
        var mask = Arrays.copyOfRange(both, half, both.length);
        var beyondPrefix =
                BigInteger.ONE.shiftLeft(8 * half).subtract(BigInteger.ONE).subtract(new BigInteger(1, mask));
        if (beyondPrefix.and(beyondPrefix.add(BigInteger.ONE)).signum() != 0)
            throw new IllegalArgumentException("the mask of an address constraint is not a prefix");
        return new ConstrainedNetwork(Octets.of(address), Octets.of(mask));
    }
}
