package org.starttlscensus.verdict;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.starttlscensus.fact.Octets;

/**
 * The DNS names and addresses that one issuer may certify. Stricter than the JDK's PKIX validation, which skips what it
 * cannot read and treats a wildcard as a single name.
 *
 * <p>A malformed constraint or name can be compared with nothing, so it allows nothing. A wildcard stands for many
 * names: it is refused if one of them is excluded or not permitted.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.10">RFC 5280, section 4.2.1.10: name
 *     constraints</a>
 */
record NameConstraints(Subtrees permitted, Subtrees excluded) {

    private static final int PERMITTED = 0xa0;
    private static final int EXCLUDED = 0xa1;
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;
    private static final String LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?+";
    private static final Pattern HOST = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*+");
    private static final String WILDCARD = "*.";

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

    /** One of the two lists: DNS names in lower case (the empty name means all names), and networks. */
    record Subtrees(List<String> names, List<ConstrainedNetwork> constrainedNetworks) {

        static final Subtrees NONE = new Subtrees(List.of(), List.of());
    }

    /**
     * @param der the extension's value
     * @throws IllegalArgumentException if it cannot be read, or contains no constraint
     */
    static NameConstraints read(byte[] der) {
        var permitted = Subtrees.NONE;
        var excluded = Subtrees.NONE;
        var lists = Der.of(der).parts();
        if (lists.isEmpty()) throw new IllegalArgumentException("the name constraints contain no constraint");
        for (var list : lists) {
            switch (list.tag()) {
                case PERMITTED -> permitted = subtrees(list);
                case EXCLUDED -> excluded = subtrees(list);
                default -> throw new IllegalArgumentException("name constraints contain an unknown list");
            }
        }
        return new NameConstraints(permitted, excluded);
    }

    /**
     * Whether the issuer may certify these names.
     *
     * @param alternativeNames the value of a subject alternative name extension
     */
    boolean allow(byte[] alternativeNames) {
        for (var name : Der.of(alternativeNames).parts()) {
            if (name.tag() == DNS_NAME && !allowsName(lower(name))) return false;
            if (name.tag() == IP_ADDRESS && !allowsAddress(name.content())) return false;
        }
        return true;
    }

    private boolean allowsName(String name) {
        if (permitted.names.isEmpty() && excluded.names.isEmpty()) return true;
        var isWildcard = name.startsWith(WILDCARD);
        var host = isWildcard ? name.substring(WILDCARD.length()) : name;
        if (!HOST.matcher(host).matches()) return false;
        if (excluded.names.stream()
                .anyMatch(tree -> isWithin(host, tree) || (isWildcard && host.equals(parentOf(tree))))) return false;
        return permitted.names.isEmpty() || permitted.names.stream().anyMatch(tree -> isWithin(host, tree));
    }

    private boolean allowsAddress(Octets address) {
        if (permitted.constrainedNetworks.isEmpty() && excluded.constrainedNetworks.isEmpty()) return true;
        if (address.size() != 4 && address.size() != 16) return false;
        if (excluded.constrainedNetworks.stream().anyMatch(constrainedNetwork -> constrainedNetwork.contains(address)))
            return false;
        return permitted.constrainedNetworks.isEmpty()
                || permitted.constrainedNetworks.stream()
                        .anyMatch(constrainedNetwork -> constrainedNetwork.contains(address));
    }

    private static boolean isWithin(String host, String tree) {
        return tree.isEmpty() || host.equals(tree) || host.endsWith("." + tree);
    }

    private static String parentOf(String tree) {
        return tree.substring(tree.indexOf('.') + 1);
    }

    private static Subtrees subtrees(Der list) {
        var names = new ArrayList<String>();
        var constrainedNetworks = new ArrayList<ConstrainedNetwork>();
        if (list.parts().isEmpty()) throw new IllegalArgumentException("a list of name constraints is empty");
        for (var subtree : list.parts()) {
            var base = subtree.parts().getFirst();
            if (base.tag() == DNS_NAME) names.add(wellFormed(lower(base)));
            if (base.tag() == IP_ADDRESS)
                constrainedNetworks.add(network(base.content().toArray()));
        }
        return new Subtrees(names, constrainedNetworks);
    }

    private static String wellFormed(String tree) {
        if (!tree.isEmpty() && !HOST.matcher(tree).matches())
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

    private static String lower(Der name) {
        return name.latin1().toLowerCase(Locale.ROOT);
    }
}
