package org.starttlscensus.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, 192.0.2.0/24",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1, 2001:db8::/48",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1, 2001:db8::/48",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1, 2001::/48",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1, 2001:db8::/48",
        "::, ::, ::/48",
        "::1, ::1, ::/48",
        "fe80::, fe80::, fe80::/48"
    })
    void hasOneSpellingAndAPrefix(String literal, String text, String prefix) {
        assertEquals(text, Address.of(literal).toString());
        assertEquals(prefix, Address.of(literal).prefix());
    }

    @Test
    void mappedAddressesAreTheAddressTheyReach() {
        assertEquals(Address.of("192.0.2.1"), Address.of("::ffff:192.0.2.1"));
        assertFalse(Address.of("::ffff:192.0.2.1").isIpv6());
    }
}
