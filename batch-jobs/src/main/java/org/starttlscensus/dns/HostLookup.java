package org.starttlscensus.dns;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.starttlscensus.dns.Answer.Kind;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.HostAddresses.Status;
import org.starttlscensus.fact.Hostname;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Looks up A, then AAAA, of one host and combines the answers. */
final class HostLookup {

    private static final Comparator<Address> IPV4_FIRST =
            Comparator.comparing(Address::isIpv6).thenComparing(Comparator.naturalOrder());

    private final Resolvers resolvers;

    HostLookup(Resolvers resolvers) {
        this.resolvers = resolvers;
    }

    /**
     * Addresses win over a failure of the other type. A failure wins over "no address", because the failed look-up
     * might have returned some.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8020#section-2">RFC 8020, section 2: NXDOMAIN is for all
     *     types</a>
     */
    HostAddresses lookUp(Hostname host) {
        var dnsQuery = DnsQuery.of(host.ascii(), Type.A);
        var ipv4 = resolvers.ask(dnsQuery);
        if (ipv4.kind() == Kind.NXDOMAIN) return without(host, Status.NXDOMAIN, ipv4);
        var ipv6 = resolvers.ask(dnsQuery.then(Type.AAAA, ipv4));

        if (ipv4.kind() == Kind.RECORDS || ipv6.kind() == Kind.RECORDS) return found(host, ipv4, ipv6);
        if (ipv4.kind().isFailure()) return without(host, ipv4.kind().status(), ipv4);
        if (ipv6.kind().isFailure()) return without(host, ipv6.kind().status(), ipv4);
        return without(host, Status.NO_ADDRESS, ipv4);
    }

    private static HostAddresses found(Hostname host, Answer ipv4, Answer ipv6) {
        var addresses = Stream.concat(ipv4.records().stream(), ipv6.records().stream())
                .map(HostLookup::address)
                .distinct()
                .sorted(IPV4_FIRST)
                .toList();
        var kept = addresses.subList(0, Math.min(addresses.size(), HostAddresses.MOST_ADDRESSES));
        var aliases = ipv4.kind() == Kind.RECORDS ? ipv4.aliases() : ipv6.aliases();
        return new HostAddresses(host, Status.FOUND, aliases, kept, addresses.size());
    }

    private static HostAddresses without(Hostname host, Status status, Answer answer) {
        return new HostAddresses(host, status, answer.aliases(), List.of(), 0);
    }

    private static Address address(Record record) {
        return Address.of(record instanceof AAAARecord ipv6 ? ipv6.getAddress() : ((ARecord) record).getAddress());
    }
}
