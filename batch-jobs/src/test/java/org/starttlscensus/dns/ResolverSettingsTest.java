package org.starttlscensus.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolverSettingsTest {

    private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 53);

    @ParameterizedTest
    @CsvSource({
        "0,5,2,500",
        "5,5,2,500",
        "1,0,2,500",
        "1,-1,2,500",
        "1,61,2,500",
        "1,5,0,500",
        "1,5,6,500",
        "1,5,2,0",
        "1,5,2,2001"
    })
    void refuseValuesOutsideTheirLimits(int resolvers, int seconds, int tries, int inFlight) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ResolverSettings(
                        Collections.nCopies(resolvers, LOCAL), Duration.ofSeconds(seconds), tries, inFlight));
    }

    @Test
    void refuseAnUnresolvedName() {
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> ResolverSettings.of(List.of(InetSocketAddress.createUnresolved("resolver.test", 53))));
        assertEquals(
                "DNS resolver: resolver.test/<unresolved>:53, but allowed is an IP address and a port", e.getMessage());
    }

    @Test
    void acceptTheirMaximumValues() {
        assertEquals(2_000, new ResolverSettings(List.of(LOCAL), Duration.ofMinutes(1), 5, 2_000).inFlight());
    }
}
