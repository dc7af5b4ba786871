package org.starttlscensus.verdict;

import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import org.starttlscensus.fact.Octets;

/**
 * The names that one issuer may certify. A malformed constraint or name can be compared with nothing, so it allows
 * nothing. A wildcard stands for many names: it is refused if one of them is excluded or not permitted. A common name
 * is no DNS name.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.10">RFC 5280, section 4.2.1.10: name
 *     constraints</a>
 */
record NameConstraints(NameSubtrees permitted, NameSubtrees excluded) {

    private static final int PERMITTED = 0xa0;
    private static final int EXCLUDED = 0xa1;
    private static final String LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?+";
    static final Pattern HOST = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*+");

    /** A host is what follows {@code //} and any user, up to a port, a path, a query or a fragment. */
    private static final Pattern URI_WITH_HOST = Pattern.compile("[^:/?#]++://(?:[^@/?#]*@)?([^:/?#]++).*");

    private static final String WILDCARD = "*.";

    /**
     * @param der the extension's value
     * @throws RuntimeException if it cannot be read, or contains no constraint
     */
    static NameConstraints read(byte[] der) {
        var permitted = NameSubtrees.NONE;
        var excluded = NameSubtrees.NONE;
        var lists = Der.of(der).parts();
        if (lists.isEmpty()) throw new IllegalArgumentException("the name constraints contain no constraint");
        for (var list : lists) {
            switch (list.tag()) {
                case PERMITTED -> permitted = NameSubtrees.read(list);
                case EXCLUDED -> excluded = NameSubtrees.read(list);
                default -> throw new IllegalArgumentException("name constraints contain an unknown list");
            }
        }
        return new NameConstraints(permitted, excluded);
    }

    /**
     * Whether the issuer may certify these names.
     *
     * @param alternativeNames the value of a subject alternative name extension
     * @throws RuntimeException if they cannot be read
     */
    boolean allow(byte[] alternativeNames) {
        return Der.of(alternativeNames).parts().stream().allMatch(this::allowsName);
    }

    /**
     * Whether the issuer may certify this subject: the name as a whole, and the mail addresses in it.
     *
     * @throws RuntimeException if it cannot be read
     */
    boolean allowSubject(byte[] name) {
        var subject = Der.of(name);
        if (subject.parts().isEmpty()) return true;
        return allowsDirectory(subject)
                && DirectoryName.mailboxes(subject).stream().allMatch(this::allowsMailbox);
    }

    private boolean allowsName(Der name) {
        return switch (name.tag()) {
            case NameSubtrees.MAILBOX -> allowsMailbox(name.latin1());
            case NameSubtrees.DNS_NAME -> allowsDnsName(name.latin1().toLowerCase(Locale.ROOT));
            case NameSubtrees.DIRECTORY -> allowsDirectory(name.parts().getFirst());
            case NameSubtrees.URI -> allowsUri(name.latin1().toLowerCase(Locale.ROOT));
            case NameSubtrees.IP_ADDRESS -> allowsAddress(name.content());
            default ->
                !permitted.otherKinds().contains(name.tag())
                        && !excluded.otherKinds().contains(name.tag());
        };
    }

    private boolean allowsDnsName(String name) {
        if (permitted.dnsNames().isEmpty() && excluded.dnsNames().isEmpty()) return true;
        var isWildcard = name.startsWith(WILDCARD);
        var host = isWildcard ? name.substring(WILDCARD.length()) : name;
        if (!HOST.matcher(host).matches()) return false;
        if (isWildcard && excluded.dnsNames().stream().anyMatch(tree -> host.equals(parentOf(tree)))) return false;
        return allows(host, permitted.dnsNames(), excluded.dnsNames(), NameConstraints::isWithin);
    }

    private boolean allowsAddress(Octets address) {
        if (permitted.networks().isEmpty() && excluded.networks().isEmpty()) return true;
        if (address.size() != 4 && address.size() != 16) return false;
        return allows(address, permitted.networks(), excluded.networks(), (one, network) -> network.contains(one));
    }

    private boolean allowsDirectory(Der name) {
        if (permitted.directories().isEmpty() && excluded.directories().isEmpty()) return true;
        return allows(DirectoryName.of(name), permitted.directories(), excluded.directories(), DirectoryName::isWithin);
    }

    private boolean allowsMailbox(String mailbox) {
        if (permitted.mailboxes().isEmpty() && excluded.mailboxes().isEmpty()) return true;
        if (mailbox.lastIndexOf('@') <= 0) return false;
        return allows(mailbox, permitted.mailboxes(), excluded.mailboxes(), NameConstraints::isMailOf);
    }

    private boolean allowsUri(String uri) {
        if (permitted.uriHosts().isEmpty() && excluded.uriHosts().isEmpty()) return true;
        var host = URI_WITH_HOST.matcher(uri);
        if (!host.matches()) return false;
        return allows(host.group(1), permitted.uriHosts(), excluded.uriHosts(), NameConstraints::isHostOf);
    }

    private static <N, T> boolean allows(N name, List<T> permitted, List<T> excluded, BiPredicate<N, T> isWithin) {
        return excluded.stream().noneMatch(tree -> isWithin.test(name, tree))
                && (permitted.isEmpty() || permitted.stream().anyMatch(tree -> isWithin.test(name, tree)));
    }

    private static boolean isWithin(String host, String tree) {
        return tree.isEmpty() || host.equals(tree) || host.endsWith("." + tree);
    }

    /** A mail address, a host, or with a leading dot all hosts below one. Only the part before the @ has a case. */
    private static boolean isMailOf(String mailbox, String tree) {
        int at = mailbox.lastIndexOf('@');
        var host = mailbox.substring(at + 1).toLowerCase(Locale.ROOT);
        int atInTree = tree.lastIndexOf('@');
        if (atInTree < 0) return isHostOf(host, tree.toLowerCase(Locale.ROOT));
        return mailbox.substring(0, at).equals(tree.substring(0, atInTree))
                && host.equals(tree.substring(atInTree + 1).toLowerCase(Locale.ROOT));
    }

    private static boolean isHostOf(String host, String tree) {
        return tree.startsWith(".") ? host.endsWith(tree) : host.equals(tree);
    }

    private static String parentOf(String tree) {
        return tree.substring(tree.indexOf('.') + 1);
    }
}
