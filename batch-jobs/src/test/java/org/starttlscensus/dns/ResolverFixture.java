package org.starttlscensus.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.MailExchange;
import org.starttlscensus.fact.MailRoute;
import org.starttlscensus.lab.LabDns;
import org.starttlscensus.lab.LabZone;

/** The lab's DNS with one zone, a resolver that queries it, and short methods for expected values. */
final class ResolverFixture {

    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    static final MailDomain SHOP = new MailDomain("shop.test");

    private ResolverFixture() {}

    static LabDns open(LabZone.Builder zone) throws IOException {
        return LabDns.open(zone.build(), LOOPBACK, 0);
    }

    static ResolverSettings settings(InetSocketAddress... resolvers) {
        return new ResolverSettings(List.of(resolvers), Duration.ofMillis(500), 2, 100);
    }

    static MailRoute route(LabZone.Builder zone) throws IOException {
        try (var lab = open(zone);
                var resolver = new MailResolver(settings(lab.address()))) {
            return resolver.route(SHOP);
        }
    }

    static HostAddresses host(LabZone.Builder zone) throws IOException {
        return route(zone).hosts().getFirst();
    }

    static MailExchange exchange(int preference, String host) {
        return new MailExchange(preference, new Hostname(host));
    }

    static List<Address> addresses(String... literals) {
        return Stream.of(literals).map(Address::of).toList();
    }
}
