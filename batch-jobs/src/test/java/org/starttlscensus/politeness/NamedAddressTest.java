package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback.RefusalTarget;

class NamedAddressTest {

    private static Optional<RefusalTarget> named(String text, String source) {
        return NamedAddress.in(text, Address.of(source));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "blocked: 198.51.100.0/24.",
                "[198.51.100.0/24] is listed",
                "your range 198.51.0.0/16 sends spam",
                "198.51.100.0/31",
                "Client host [198.51.100.1] blocked; the whole 198.51.100.0/24 is",
                "198.51.100/24 is denied",
                "198.51.100.7/24 is denied",
                "no mail from 198.51.100.*",
                "no mail from 198.51.*.*",
                "no mail from 198.51.100.x.",
                "198.51.100.0-198.51.100.255",
                "198.51.100.0 - 255 is denied",
                "198.0.0.0-198.255.255.255 is denied",
                "your network 198.51.100 is denied",
                "your network 198.51.100.0 is denied",
                "first line\n198.51.100.0/24"
            })
    void aRangeThatContainsOurs(String text) {
        assertEquals(Optional.of(RefusalTarget.OUR_RANGE), named(text, "198.51.100.1"), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "198.51.100.7 is blocked",
                "rejected [198.51.100.7].",
                "http://list.example/198.51.100.7",
                "198.51.100.7/32",
                "::ffff:198.51.100.7 is blocked",
                "198.51.100.7: your network administrator can help",
                "198.51.100.7 is not in 192.0.2.0/24"
            })
    void ourAddressAlone(String text) {
        assertEquals(Optional.of(RefusalTarget.US), named(text, "198.51.100.7"), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "198.51.100.77 is not you",
                "1198.51.100.7",
                "198.51.100.7.9",
                "198.51.101.0/24",
                "0.0.0.0/0 is denied",
                "0.0.0.0-255.255.255.255 is denied",
                "1.0.0.0-223.255.255.255 is denied",
                "197.255.255.255-198.255.255.255 is denied",
                "192.0.0.0/4 is denied",
                "999.51.100.0/24",
                "198.51.100.0/240",
                "198.51.100.8-198.51.100.9",
                "198.51.99.*",
                "your network administrator can help",
                "part of your network is on our list",
                "552 5.198.51 no",
                ""
            })
    void neither(String text) {
        assertEquals(Optional.empty(), named(text, "198.51.100.7"), text);
    }

    /** Our own address may look like an enhanced status code. */
    @ParameterizedTest
    @CsvSource({
        "550 5.7.1 rejected, 5.7.1.9, ",
        "550 5.7.1 no mail from 5.7.1.9, 5.7.1.9, US",
        "5.7.1.*, 5.7.1.9, OUR_RANGE"
    })
    void anEnhancedCodeIsNoRange(String text, String source, RefusalTarget expected) {
        assertEquals(Optional.ofNullable(expected), named(text, source));
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::7 is blocked, US",
        "[2001:0db8:0:0:0:0:0:7], US",
        "2001:DB8::7., US",
        "2001:db8::/32 is blocked, OUR_RANGE",
        "2001:db8::7/64, OUR_RANGE",
        "2001:db8::7/128, US",
        "2001:db9::/32, ",
        "2001::/16, ",
        "2001:d00::/31, ",
        "2001:db8::8, ",
        "::/0, ",
        "12:34:56 is the time, "
    })
    void ipv6(String text, RefusalTarget expected) {
        assertEquals(Optional.ofNullable(expected), named(text, "2001:db8::7"), text);
    }
}
