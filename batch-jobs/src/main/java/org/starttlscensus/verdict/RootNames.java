package org.starttlscensus.verdict;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/** Names of the organisations that operate roots, as the trust store spells them. */
final class RootNames {

    private static final List<String> PREFERRED_ATTRIBUTES = List.of("O", "CN", "OU");

    private RootNames() {}

    /** The organisation of a root; if it states none, its common name or organisational unit. */
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
        return PREFERRED_ATTRIBUTES.indexOf(part.getType().toUpperCase(Locale.ROOT));
    }
}
