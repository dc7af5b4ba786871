package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.settings.SourceAddress;

class IpVersionsTest {

    /** Other addresses of the machine do not matter: a socket bound to one IP version cannot reach the other. */
    @ParameterizedTest
    @CsvSource({"192.0.2.1, true, false", "2001:db8::1, false, true", "192.0.2.1 2001:db8::1, true, true"})
    void areThoseOfTheSourceAddresses(String sources, boolean ipv4, boolean ipv6) {
        var given = Arrays.stream(sources.split(" "))
                .map(Address::of)
                .map(address -> new SourceAddress(address, new Hostname("census.example.org"), true))
                .toList();
        assertEquals(new IpVersions(ipv4, ipv6), IpVersions.of(given, false, machine("192.0.2.1 2001:db8::1")));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1 ::1 192.0.2.1 2001:db8::1, false, true",
        "127.0.0.1 ::1 192.0.2.1 fe80::1,     false, false",
        "127.0.0.1 ::1,                       true,  true",
        "127.0.0.1,                           true,  false"
    })
    void areThoseOfTheMachineWhereTheSystemChooses(String addresses, boolean lab, boolean ipv6) {
        assertEquals(new IpVersions(true, ipv6), IpVersions.of(List.of(), lab, machine(addresses)));
    }

    @Test
    void areAtLeastOne() {
        assertThrows(IllegalArgumentException.class, () -> new IpVersions(false, false));
    }

    private static Stream<InetAddress> machine(String addresses) {
        return Arrays.stream(addresses.split(" ")).map(InetAddress::ofLiteral);
    }
}
