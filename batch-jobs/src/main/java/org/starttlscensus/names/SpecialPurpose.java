package org.starttlscensus.names;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Octets;

/**
 * Addresses that no mail server on the public Internet can have.
 *
 * <p>The most specific block of the registries decides. The registries do not list multicast and unallocated IPv6
 * blocks; {@link #UNLISTED} adds those. It also refuses 64:ff9b::/96, which the registry calls globally reachable: a
 * translator of our own network would call an IPv4 address, and neither its opt-out nor its limits would be asked
 * about. A server reachable so has that IPv4 address as well. In an ISATAP address the IPv4 address decides. All 6to4
 * and Teredo addresses are refused, because the registry does not call them globally reachable. An operator's own
 * translation prefix cannot be recognised.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6890">RFC 6890: special-purpose IP address registries</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6052#section-2">RFC 6052, section 2: IPv4-embedded IPv6 addresses</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5214#section-6.1">RFC 5214, section 6.1: ISATAP interface
 *     identifiers</a>
 */
final class SpecialPurpose {

    private static final Network GLOBAL_UNICAST = Network.of("2000::/3");

    private static final List<SpecialBlock> UNLISTED = List.of(
            new SpecialBlock(Network.of("224.0.0.0/4"), "Multicast", "RFC 5771", false),
            new SpecialBlock(Network.of("ff00::/8"), "Multicast", "RFC 4291", false),
            new SpecialBlock(Network.of("fec0::/10"), "Site-Local, deprecated", "RFC 3879", false),
            new SpecialBlock(Network.of("::/96"), "IPv4-compatible, deprecated", "RFC 4291", false),
            new SpecialBlock(Network.of("::ffff:0:0:0/96"), "IPv4-translated", "RFC 2765", false),
            new SpecialBlock(Network.of("64:ff9b::/96"), "IPv4-embedded, translated by NAT64", "RFC 6052", false),
            new SpecialBlock(Network.of("::/0"), "outside Global Unicast 2000::/3", "RFC 4291", false),
            new SpecialBlock(GLOBAL_UNICAST, "Global Unicast", "RFC 4291", true));

    /** The most specific first; of two blocks that are the same, ours. */
    private static final List<SpecialBlock> BLOCKS = Stream.of(
                    UNLISTED,
                    SpecialBlock.registry("iana-ipv4-special-registry-1.csv"),
                    SpecialBlock.registry("iana-ipv6-special-registry-1.csv"))
            .flatMap(List::stream)
            .sorted(Comparator.comparingInt(
                            (SpecialBlock block) -> block.network().length())
                    .reversed())
            .toList();

    private SpecialPurpose() {}

    static Optional<String> whyNot(Address address) {
        return BLOCKS.stream()
                .filter(block -> block.network().contains(address))
                .findFirst()
                .filter(block -> !block.reachable())
                .map(SpecialBlock::toString)
                .or(() -> insideIsatap(address));
    }

    private static Optional<String> insideIsatap(Address address) {
        if (!address.isIpv6() || !isIsatap(address)) return Optional.empty();
        return whyNot(lastFour(address)).map(reason -> reason + ", inside an ISATAP address");
    }

    /**
     * The interface identifier 0000:5efe or 0200:5efe, then the IPv4 address. The identifier's group bit may be set.
     */
    private static boolean isIsatap(Address address) {
        var octets = address.octets();
        return (octets.at(8) & 0xfc) == 0 && octets.at(9) == 0 && octets.at(10) == 0x5e && octets.at(11) == (byte) 0xfe;
    }

    private static Address lastFour(Address address) {
        var octets = address.octets().toArray();
        return new Address(Octets.of(new byte[] {octets[12], octets[13], octets[14], octets[15]}));
    }
}
