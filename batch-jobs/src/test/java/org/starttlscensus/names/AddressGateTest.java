package org.starttlscensus.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Octets;

class AddressGateTest {

    @Nested
    class OfThePublicInternet {

        private final AddressGate gate = AddressGate.publicInternet();

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "10.1.2.3|10.0.0.0/8 Private-Use (RFC 1918)",
                    "0.0.0.0|0.0.0.0/32 This host on this network (RFC 1122)",
                    "0.0.0.1|0.0.0.0/8 This network (RFC 791)",
                    "127.0.0.1|127.0.0.0/8 Loopback (RFC 1122)",
                    "169.254.169.254|169.254.0.0/16 Link Local (RFC 3927)",
                    "192.0.0.171|192.0.0.171/32 NAT64/DNS64 Discovery (RFC 8880, RFC 7050)",
                    "192.88.99.2|192.88.99.2/32 6a44-relay anycast address (RFC 6751)",
                    "224.0.0.1|224.0.0.0/4 Multicast (RFC 5771)",
                    "255.255.255.255|255.255.255.255/32 Limited Broadcast (RFC 8190, RFC 919)",
                    "::|::/128 Unspecified Address (RFC 4291)",
                    "::1|::1/128 Loopback Address (RFC 4291)",
                    "::ffff:10.0.0.1|10.0.0.0/8 Private-Use (RFC 1918)",
                    "::8.8.8.8|::/96 IPv4-compatible, deprecated (RFC 4291)",
                    "::ffff:0:8.8.8.8|::ffff:0:0:0/96 IPv4-translated (RFC 2765)",
                    "64:ff9b::10.0.0.1|64:ff9b::/96 IPv4-embedded, translated by NAT64 (RFC 6052)",
                    "64:ff9b::8.8.8.8|64:ff9b::/96 IPv4-embedded, translated by NAT64 (RFC 6052)",
                    "64:ff9b:1::8.8.8.8|64:ff9b:1::/48 IPv4-IPv6 Translat. (RFC 8215)",
                    "2001:0:808:808::1|2001::/32 TEREDO (RFC 4380, RFC 8190)",
                    "2002:808:808::1|2002::/16 6to4 (RFC 3056)",
                    "2001:2::1|2001:2::/48 Benchmarking (RFC 5180, RFC Errata 1752)",
                    "2a00:1450::5efe:10.0.0.1|10.0.0.0/8 Private-Use (RFC 1918), inside an ISATAP address",
                    "2a00:1450::200:5efe:a9fe:a9fe|169.254.0.0/16 Link Local (RFC 3927), inside an ISATAP address",
                    "fec0::1|fec0::/10 Site-Local, deprecated (RFC 3879)",
                    "ff02::1|ff00::/8 Multicast (RFC 4291)",
                    "4000::1|::/0 outside Global Unicast 2000::/3 (RFC 4291)"
                })
        void namesTheBlock(String address, String reason) {
            assertEquals(Optional.of(reason), gate.whyNot(Address.of(address)));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "8.8.8.8",
                    "1.1.1.1",
                    "223.255.255.255",
                    "192.0.0.9",
                    "192.0.0.10",
                    "192.31.196.1",
                    "11.0.0.0",
                    "2a00:1450:4001:800::200e",
                    "2620:4f:8000::1",
                    "2001:4860::1",
                    "2001:1::1",
                    "2001:20::1",
                    "3fff:1000::",
                    "2003::",
                    "2a00:1450::5efe:8.8.8.8",
                    "::ffff:8.8.8.8"
                })
        void allowsGloballyReachableAddresses(String address) {
            assertEquals(Optional.empty(), gate.whyNot(Address.of(address)));
        }

        static Stream<SpecialBlock> refusedIpv4Blocks() {
            return SpecialBlock.registry("iana-ipv4-special-registry-1.csv").stream()
                    .filter(block -> !block.reachable());
        }

        static Stream<SpecialBlock> refusedIpv6Blocks() {
            return SpecialBlock.registry("iana-ipv6-special-registry-1.csv").stream()
                    .filter(block -> !block.reachable());
        }

        @Test
        void knowsEveryBlockOfTheRegistries() {
            assertEquals(21, refusedIpv4Blocks().count());
            assertEquals(16 - 1, refusedIpv6Blocks().count(), "IPv4-mapped addresses are IPv4 addresses here");
        }

        @ParameterizedTest
        @MethodSource("refusedIpv4Blocks")
        void refusesEveryIpv4BlockAtItsEdgesInEveryEncoding(SpecialBlock block) {
            for (var edge : List.of(first(block.network()), last(block.network()))) {
                for (var encoded : encodings(edge)) {
                    assertTrue(gate.whyNot(encoded).isPresent(), () -> encoded + " for " + edge);
                }
            }
        }

        @ParameterizedTest
        @MethodSource("refusedIpv6Blocks")
        void refusesEveryIpv6BlockAtItsEdges(SpecialBlock block) {
            assertTrue(gate.whyNot(first(block.network())).isPresent());
            assertTrue(gate.whyNot(last(block.network())).isPresent());
        }

        /**
         * A neighbour of a block is refused only if it lies in another block. The expectation uses the registry's rows
         * alone.
         */
        @ParameterizedTest
        @MethodSource({"refusedIpv4Blocks", "refusedIpv6Blocks"})
        void allowsNeighboursOfBlocks(SpecialBlock block) {
            for (var outside : neighbours(block.network())) {
                var reason = gate.whyNot(outside);
                assertTrue(
                        reason.isEmpty()
                                || Network.of(reason.get().split(" ")[0]).contains(outside),
                        outside.toString());
                assertTrue(reason.isEmpty() || !reason.get().startsWith(block.network() + " "), outside.toString());
                if (!outside.isIpv6()
                        && refusedIpv4Blocks()
                                .noneMatch(other -> other.network().contains(outside))) {
                    assertEquals(outside.octets().at(0) == (byte) 239, reason.isPresent(), outside.toString());
                }
            }
        }

        private static List<Address> encodings(Address ipv4) {
            var hex = ipv4.octets().hex();
            return List.of(
                    ipv4,
                    of("00000000000000000000ffff" + hex),
                    of("0064ff9b0000000000000000" + hex),
                    of("2002" + hex + "00000000000000000001"),
                    of("000000000000000000000000" + hex),
                    of("2a0014500000000000005efe" + hex));
        }
    }

    @Nested
    class OfALab {

        private final AddressGate gate = AddressGate.only(List.of(Network.of("127.0.0.0/8"), Network.of("::1")));

        @ParameterizedTest
        @ValueSource(strings = {"127.0.0.1", "127.255.255.255", "::1", "::ffff:127.0.0.1"})
        void allowsItsOwnAddresses(String address) {
            assertEquals(Optional.empty(), gate.whyNot(Address.of(address)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"8.8.8.8", "128.0.0.0", "::2", "::127.0.0.1", "64:ff9b::127.0.0.1"})
        void refusesEverythingElse(String address) {
            assertEquals(
                    Optional.of("outside 127.0.0.0/8, ::1/128, the only networks that may be called"),
                    gate.whyNot(Address.of(address)));
        }

        @Test
        void needsANetwork() {
            assertThrows(IllegalArgumentException.class, () -> AddressGate.only(List.of()));
        }
    }

    private static Address of(String hex) {
        return new Address(Octets.of(HexFormat.of().parseHex(hex)));
    }

    private static Address first(Network network) {
        return network.first();
    }

    private static Address last(Network network) {
        return plus(
                        network.first(),
                        BigInteger.TWO
                                .pow(network.first().octets().size() * 8 - network.length())
                                .subtract(BigInteger.ONE))
                .orElseThrow();
    }

    private static List<Address> neighbours(Network network) {
        return Stream.of(plus(first(network), BigInteger.ONE.negate()), plus(last(network), BigInteger.ONE))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Address> plus(Address address, BigInteger step) {
        int size = address.octets().size();
        var value = new BigInteger(1, address.octets().toArray()).add(step);
        if (value.signum() < 0 || value.bitLength() > size * 8) return Optional.empty();
        var bytes = new byte[size];
        var shortest = value.toByteArray();
        int kept = Math.min(shortest.length, size);
        System.arraycopy(shortest, shortest.length - kept, bytes, size - kept, kept);
        return Optional.of(new Address(Octets.of(bytes)));
    }
}
