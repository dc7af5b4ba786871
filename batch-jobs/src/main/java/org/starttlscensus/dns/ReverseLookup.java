package org.starttlscensus.dns;

import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.Type;

/**
 * Looks up the names of an address: its PTR records. Follows a CNAME, by which a network gives the names of a few
 * addresses into other hands. A PTR record that names no host counts as none.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2317#section-4">RFC 2317, section 4: classless delegation</a>
 */
final class ReverseLookup {

    private final Resolvers resolvers;

    ReverseLookup(Resolvers resolvers) {
        this.resolvers = resolvers;
    }

    LookedUp<Hostname> lookUp(Address address) {
        var name = ReverseMap.fromAddress(address.toInetAddress());
        return resolvers
                .ask(DnsQuery.of(name, Type.PTR))
                .values(record -> AnswerReader.asHostname(((PTRRecord) record).getTarget()));
    }
}
