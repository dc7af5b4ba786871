package org.starttlscensus.job;

import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;
import org.starttlscensus.fact.Address;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SourceAddress;

/** The IP versions that we can call from, at least one. Servers of the other version are not called at all. */
public record IpVersions(boolean ipv4, boolean ipv6) {

    public IpVersions {
        if (!ipv4 && !ipv6) throw new IllegalArgumentException("without IPv4 and IPv6 no server can be called");
    }

    public static IpVersions of(CensusSettings settings) {
        try (var machine = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)) {
            return of(settings.sourceAddresses(), settings.lab().isPresent(), machine);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param sources the configured ones; if there are none, the operating system chooses one of the machine's
     *                addresses
     * @param lab     whether calls may be made from loopback addresses
     * @param machine the machine's addresses
     */
    static IpVersions of(List<SourceAddress> sources, boolean lab, Stream<InetAddress> machine) {
        if (sources.isEmpty()) return new IpVersions(true, machine.anyMatch(address -> isIpv6(address, lab)));
        return new IpVersions(
                sources.stream().anyMatch(source -> !source.address().isIpv6()),
                sources.stream().anyMatch(source -> source.address().isIpv6()));
    }

    public boolean include(Address address) {
        return address.isIpv6() ? ipv6 : ipv4;
    }

    private static boolean isIpv6(InetAddress address, boolean lab) {
        if (address.isLinkLocalAddress() || (address.isLoopbackAddress() && !lab)) return false;
        return address instanceof Inet6Address;
    }
}
