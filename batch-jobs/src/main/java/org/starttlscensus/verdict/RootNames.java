package org.starttlscensus.verdict;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** How a trust store calls those who run its roots: words of the store, not of a peer. */
final class RootNames {

    private static final List<String> TELLING = List.of("O", "CN", "OU");

    private RootNames() {}

    /** The organisation; of a root that states none its common name, or its unit. */
    static String organisation(X500Principal subject) {
        try {
            return new LdapName(subject.getName(X500Principal.RFC2253))
                    .getRdns().stream()
                            .filter(rdn -> rank(rdn) >= 0 && rdn.getValue() instanceof String)
                            .min(Comparator.comparingInt(RootNames::rank))
                            .map(rdn -> (String) rdn.getValue())
                            .orElse(subject.getName(X500Principal.RFC2253));
        } catch (InvalidNameException unreadable) {
            return subject.getName(X500Principal.RFC2253);
        }
    }

    private static int rank(Rdn part) {
        return TELLING.indexOf(part.getType().toUpperCase(Locale.ROOT));
    }
}
