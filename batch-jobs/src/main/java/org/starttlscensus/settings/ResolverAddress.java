package org.starttlscensus.settings;

import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.starttlscensus.fact.Address;

/**
 * The address of a DNS resolver. It cannot be a name, which would have to be resolved first; but {@code localhost}
 * means 127.0.0.1.
 *
 * @param port 1 to 65535; the default is 53
 */
public record ResolverAddress(Address address, int port) {

    private static final int DNS_PORT = 53;
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)\\]|([^\\[\\]:]+))(?::([0-9]{1,5}))?");

    static ResolverAddress of(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches())
            throw new IllegalArgumentException("it does not have the form ADDRESS:PORT or [IPV6-ADDRESS]:PORT");
        var literal = parts.group(1) != null ? parts.group(1) : parts.group(2);
        var address = literal.equals("localhost") ? Address.of("127.0.0.1") : Address.of(literal);
        return new ResolverAddress(address, parts.group(3) == null ? DNS_PORT : Parsing.port(parts.group(3)));
    }

    public InetSocketAddress toInetSocketAddress() {
        return new InetSocketAddress(address.toInetAddress(), port);
    }

    @Override
    public String toString() {
        return (address.isIpv6() ? "[" + address + "]" : address) + ":" + port;
    }
}
