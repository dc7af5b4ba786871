package org.starttlscensus.fact;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One IP address, without a name. IPv4-mapped IPv6 addresses become the IPv4 address that a connection would reach.
 *
 * @param octets 4 or 16 octets in network order
 */
public record Address(Octets octets) implements Comparable<Address> {

    public Address {
        if (octets.size() != 4 && octets.size() != 16) {
            throw new IllegalArgumentException("an IP address has 4 or 16 octets, not " + octets.size());
        }
        if (octets.size() == 16) octets = Octets.of(inet(octets).getAddress());
    }

    public static Address of(InetAddress inet) {
        return new Address(Octets.of(inet.getAddress()));
    }

    /** Parses a literal such as {@code 192.0.2.1} or {@code 2001:db8::1}; sends no DNS query. */
    public static Address of(String literal) {
        return of(InetAddress.ofLiteral(literal));
    }

    public boolean isIpv6() {
        return octets.size() == 16;
    }

    /** For sockets. Carries no host name, so nothing causes a reverse look-up. */
    public InetAddress toInetAddress() {
        return inet(octets);
    }

    /**
     * The network that has limits of its own, beside the address: the /24 of an IPv4 address, the /48 of an IPv6
     * address. For example {@code 192.0.2.0/24}.
     */
    public String prefix() {
        var network = network();
        return new Address(Octets.of(Arrays.copyOf(network.toArray(), octets.size()))) + "/" + network.size() * 8;
    }

    /** The octets that all addresses of one {@link #prefix()} share. */
    public Octets network() {
        return octets.first(isIpv6() ? 6 : 3);
    }

    @Override
    public int compareTo(Address other) {
        return octets.compareTo(other.octets);
    }

    /**
     * The literal; IPv6 in the form of RFC 5952.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc5952#section-4">RFC 5952, section 4: canonical text</a>
     */
    @Override
    public String toString() {
        return isIpv6() ? compressed() : toInetAddress().getHostAddress();
    }

    private String compressed() {
        var groups = new int[8];
        for (int i = 0; i < 8; i++) groups[i] = (octets.at(2 * i) & 0xff) << 8 | (octets.at(2 * i + 1) & 0xff);
        int longest = 0;
        int from = -1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && groups[i + run] == 0) run++;
            if (run > longest) {
                longest = run;
                from = i;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (longest > 1 && i == from) {
                text.append("::");
                i += longest - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') text.append(':');
            text.append(HexFormat.of().toHexDigits(groups[i]).replaceFirst("^0{0,7}", ""));
        }
        return text.toString();
    }

    private static InetAddress inet(Octets octets) {
        try {
            var inet = InetAddress.getByAddress(octets.toArray());
            return inet instanceof Inet6Address six ? Inet6Address.getByAddress(null, six.getAddress(), -1) : inet;
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 or 16 octets were checked before", impossible);
        }
    }
}
