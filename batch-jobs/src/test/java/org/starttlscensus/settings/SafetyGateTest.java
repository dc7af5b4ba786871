package org.starttlscensus.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.Address;
import org.starttlscensus.names.Network;

class SafetyGateTest {

    private static CensusSettings set(String... pairs) {
        return SettingsReader.read(List.of(pairs), Optional.empty(), Map.of());
    }

    private static String refused(CensusSettings settings) {
        return assertThrows(SettingException.class, () -> SafetyGate.calling(settings))
                .getMessage();
    }

    @Nested
    class OfALab {

        @Test
        void opensForItsNetworksOnLoopbackAndForNothingOutsideThem() {
            var gate = SafetyGate.calling(
                    set("census.lab.networks=127.8.0.0/16,::1", "census.dns.resolvers=127.0.0.1:5300"));
            for (var inside : List.of("127.8.9.9", "::ffff:127.8.0.1", "::1"))
                assertEquals(Optional.empty(), gate.whyNot(Address.of(inside)), inside);
            for (var outside : List.of("127.9.0.1", "192.0.2.1", "8.8.8.8", "2a00:1450:4001:800::200e"))
                assertTrue(gate.whyNot(Address.of(outside)).isPresent(), outside);
        }

        @Test
        void needsItsResolversOnThisMachine() {
            assertTrue(refused(set("census.lab.networks=::1")).contains("census.dns.resolvers is not set"));
            assertTrue(refused(set("census.lab.networks=::1", "census.dns.resolvers=198.51.100.1:53"))
                    .contains("198.51.100.1:53"));
        }
    }

    /** Where no lab is set, everybody on the Internet may be called, by those who say who they are. */
    @Nested
    class OfTheInternet {

        private static final List<String> COMPLETE = List.of(
                "census.source-addresses=9.9.9.1=census.example.org,2620:fe::1=census6.example.org",
                "census.identity.contact=mailto:census@example.org",
                "census.identity.page=https://census.example.org/",
                "census.dns.resolvers=127.0.0.1:53,9.9.9.53:53");

        private CensusSettings without(String key) {
            return set(COMPLETE.stream().filter(pair -> !pair.startsWith(key)).toArray(String[]::new));
        }

        @Test
        void opensForThoseWhoSayWhoTheyAre() {
            var gate = SafetyGate.calling(without("nothing"));
            for (var server : List.of("8.8.8.8", "2a00:1450:4001:800::200e", "9.9.9.2"))
                assertEquals(Optional.empty(), gate.whyNot(Address.of(server)), server);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "127.0.0.1",
                    "10.0.0.1",
                    "192.0.2.1",
                    "2001:db8::1",
                    "::1",
                    "64:ff9b::10.0.0.1",
                    "2002:a00::1"
                })
        void staysShutForSpecialPurposeAddresses(String address) {
            assertTrue(SafetyGate.calling(without("nothing"))
                    .whyNot(Address.of(address))
                    .isPresent());
        }

        @Test
        void staysShutForOurOwnAddressesAndResolvers() {
            var gate = SafetyGate.calling(without("nothing"));
            for (var own : List.of("9.9.9.1", "2620:fe::1", "::ffff:9.9.9.1"))
                assertEquals(
                        Optional.of("an address that the census itself calls from"), gate.whyNot(Address.of(own)), own);
            assertEquals(Optional.of("the resolver of the census itself"), gate.whyNot(Address.of("9.9.9.53")));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "census.source-addresses",
                    "census.identity.contact",
                    "census.identity.page",
                    "census.dns.resolvers"
                })
        void refusesWhoeverDoesNotAndNamesWhatIsMissing(String key) {
            var message = refused(without(key));
            assertTrue(message.contains(key + " is not set"), message);
            assertTrue(message.contains("Your first night") && message.contains("safety gate"), message);
            COMPLETE.stream()
                    .map(pair -> pair.split("=")[0])
                    .filter(other -> !other.equals(key))
                    .forEach(other -> assertFalse(message.contains(other + " is not set"), message));
        }

        @Test
        void namesEverythingThatIsMissingAtOnce() {
            var message = refused(set("census.smtp.port=2525"));
            for (var missing : List.of(
                    "census.source-addresses is not set",
                    "census.identity.contact is not set",
                    "census.identity.page is not set",
                    "census.dns.resolvers is not set",
                    "census.smtp.port is 2525")) assertTrue(message.contains(missing), message);
        }

        @Test
        void noOtherPortIsCalled() {
            var other = COMPLETE.toArray(new String[COMPLETE.size() + 1]);
            other[COMPLETE.size()] = "census.smtp.port=2525";
            var message = refused(set(other));
            assertTrue(message.contains("census.smtp.port is 2525; outside a lab only port 25 is called"), message);
            assertFalse(message.contains("is not set"), message);
        }

        @Test
        void aPlanNeedsOnlyResolvers() {
            var gate = SafetyGate.planning(set("census.dns.resolvers=127.0.0.1:53"));
            assertEquals(Optional.empty(), gate.whyNot(Address.of("8.8.8.8")));
            assertTrue(gate.whyNot(Address.of("10.0.0.1")).isPresent());
            var message = assertThrows(SettingException.class, () -> SafetyGate.planning(set()))
                    .getMessage();
            assertTrue(message.contains("census.dns.resolvers is not set"), message);
            assertFalse(message.contains("census.identity"), message);
        }
    }

    /** The routing table of a network namespace with routes of every kind, as the kernel printed it. */
    @Nested
    class ByTheRoutingTable {

        private static final List<String> FIB_TRIE = """
                Main:
                  +-- 0.0.0.0/0 3 0 5
                     |-- 0.0.0.0
                        /0 universe UNICAST
                     +-- 127.0.0.0/8 2 0 2
                        +-- 127.0.0.0/31 1 0 0
                           |-- 127.0.0.0
                              /8 host LOCAL
                           |-- 127.0.0.1
                              /32 host LOCAL
                        |-- 127.255.255.255
                           /32 link BROADCAST
                     +-- 192.0.0.0/4 2 0 2
                        |-- 192.0.2.0
                           /24 link UNICAST
                        |-- 192.0.2.2
                           /32 host LOCAL
                        +-- 198.18.0.0/15 2 0 2
                           |-- 198.18.0.0
                              /32 host LOCAL
                              /15 host LOCAL
                           |-- 198.18.5.0
                              /24 link UNICAST
                           |-- 198.19.255.255
                              /32 link BROADCAST
                        |-- 203.0.113.0
                           /24 host LOCAL
                """.lines().toList();

        private static final List<String> IPV6_ROUTE = """
                fd120000000000000000000000000000 40 00000000000000000000000000000000 00 \
                00000000000000000000000000000000 00000100 00000002 00000000 00200200       lo
                00000000000000000000000000000000 00 00000000000000000000000000000000 00 \
                00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
                00000000000000000000000000000001 80 00000000000000000000000000000000 00 \
                00000000000000000000000000000000 00000000 00000002 00000000 80200001       lo
                fd130000000000000000000000000000 20 00000000000000000000000000000000 00 \
                00000000000000000000000000000000 00000400 00000002 00000000 80000001       lo
                00000000000000000000ffff00000000 60 00000000000000000000000000000000 00 \
                00000000000000000000000000000000 00000400 00000002 00000000 00000001     eth0
                """.lines().toList();

        private final LoopbackRoutes routes = LoopbackRoutes.of(FIB_TRIE, IPV6_ROUTE);

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "127.0.0.0/8",
                    "127.1.2.3",
                    "::1",
                    "203.0.113.0/24",
                    "203.0.113.128/25",
                    "198.18.6.0/24",
                    "198.19.0.0/16",
                    "192.0.2.2",
                    "fd13::/32",
                    "fd13:0:5::/48"
                })
        void whatIsDeliveredHereIsLoopback(String network) {
            assertTrue(routes.contain(Network.of(network)));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "0.0.0.0/0",
                    "126.0.0.0/7",
                    "198.18.0.0/15",
                    "198.18.4.0/22",
                    "198.18.5.0/24",
                    "192.0.2.0/24",
                    "192.0.2.3",
                    "203.0.112.0/23",
                    "8.8.8.8",
                    "fd12::/64",
                    "::/0",
                    "fd13::/31"
                })
        void whatIsNotOrNotWhollyIsNot(String network) {
            assertFalse(routes.contain(Network.of(network)));
        }

        @Test
        void ofThisMachineKnowsItsLoopback() {
            assertTrue(LoopbackRoutes.ofThisMachine().contain(Network.of("127.0.0.0/8")));
        }
    }
}
