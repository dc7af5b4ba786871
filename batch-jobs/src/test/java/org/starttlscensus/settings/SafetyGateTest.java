package org.starttlscensus.settings;

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
        return assertThrows(SettingException.class, () -> SafetyGate.requireLab(settings))
                .getMessage();
    }

    @Test
    void opensForALabOnLoopbackAndForNothingOutsideIt() {
        var lab = SafetyGate.requireLab(
                set("census.lab.networks=127.8.0.0/16,::1", "census.dns.resolvers=127.0.0.1:5300"));
        assertTrue(lab.contains(Address.of("127.8.9.9")));
        assertTrue(lab.contains(Address.of("::ffff:127.8.0.1")), "the address that would be reached");
        assertTrue(lab.contains(Address.of("::1")));
        assertFalse(lab.contains(Address.of("127.9.0.1")));
        assertFalse(lab.contains(Address.of("192.0.2.1")));
    }

    @Test
    void refusesOtherwiseAndSaysWhatIsMissing() {
        var message = refused(set());
        assertTrue(
                message.contains("safety gate")
                        && message.contains("census.lab.networks is not set")
                        && message.contains("census demo"),
                message);
        assertTrue(refused(set("census.lab.networks=::1")).contains("census.dns.resolvers is not set"));
        assertTrue(refused(set("census.lab.networks=::1", "census.dns.resolvers=198.51.100.1:53"))
                .contains("198.51.100.1:53"));
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
