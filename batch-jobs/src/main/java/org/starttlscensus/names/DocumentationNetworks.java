package org.starttlscensus.names;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Address;

/**
 * Networks for documentation and benchmarking that a test of the whole program may call as if they were public. They
 * are routed nowhere on the Internet, so nobody can be called by it who did not build the network himself.
 *
 * <p>It is a property of the Java process, and not a setting: no operator needs it.
 *
 * @param networks each inside one of the blocks; empty: none, as in every real night
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5737#section-3">RFC 5737, section 3: TEST-NET-1 to 3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3849#section-2">RFC 3849, section 2: 2001:db8::/32</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2544">RFC 2544: 198.18.0.0/15, for benchmarking</a>
 */
public record DocumentationNetworks(List<Network> networks) {

    public static final String PROPERTY = "census.test.callable-networks";

    private static final List<Network> BLOCKS = List.of(
            Network.of("192.0.2.0/24"),
            Network.of("198.51.100.0/24"),
            Network.of("203.0.113.0/24"),
            Network.of("2001:db8::/32"),
            Network.of("198.18.0.0/15"));

    public DocumentationNetworks {
        networks = List.copyOf(networks);
        for (var network : networks) {
            if (BLOCKS.stream()
                    .noneMatch(block -> block.contains(network.first()) && block.length() <= network.length()))
                throw new IllegalArgumentException("%s has %s, but allowed are only networks inside %s"
                        .formatted(PROPERTY, network, words(BLOCKS)));
        }
    }

    /** @param text networks, comma-separated; blank: none */
    public static DocumentationNetworks of(String text) {
        return new DocumentationNetworks(Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .map(Network::of)
                .toList());
    }

    /** Those that this Java process was started with. */
    public static DocumentationNetworks ofThisProcess() {
        return of(System.getProperty(PROPERTY, ""));
    }

    public boolean areNone() {
        return networks.isEmpty();
    }

    boolean contain(Address address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    @Override
    public String toString() {
        return words(networks);
    }

    private static String words(List<Network> networks) {
        return networks.stream().map(Network::toString).collect(Collectors.joining(", "));
    }
}
