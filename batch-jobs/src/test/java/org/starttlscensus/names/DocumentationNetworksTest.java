package org.starttlscensus.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.Address;

class DocumentationNetworksTest {

    @Test
    void opensTheGateForTheseNetworksAndForNothingElse() {
        var gate = AddressGate.publicInternet(
                DocumentationNetworks.of("198.51.100.25, 203.0.113.0/25,2001:db8:25::/48,198.18.7.0/24"));
        for (var own : List.of(
                "198.51.100.25", "::ffff:198.51.100.25", "203.0.113.127", "2001:db8:25::1", "198.18.7.255", "8.8.8.8"))
            assertEquals(Optional.empty(), gate.whyNot(Address.of(own)), own);
        for (var other : List.of(
                "198.51.100.24",
                "203.0.113.128",
                "192.0.2.1",
                "2001:db8:26::1",
                "198.18.6.255",
                "64:ff9b::198.51.100.25",
                "2002:c633:6419::1",
                "2a00:1450::5efe:198.51.100.25",
                "::198.51.100.25",
                "10.0.0.1",
                "127.0.0.1")) assertTrue(gate.whyNot(Address.of(other)).isPresent(), other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/8",
                "127.0.0.0/8",
                "0.0.0.0/0",
                "192.0.0.0/16",
                "198.51.100.0/23",
                "198.51.101.0/24",
                "198.16.0.0/14",
                "2001:db8::/31",
                "2001:db9::1",
                "::/0",
                "fe80::/10",
                "8.8.8.8",
                "192.0.2.0/24,10.0.0.1"
            })
    void cannotNameWhatIsRoutedOrUsedAnywhere(String networks) {
        var refused = assertThrows(IllegalArgumentException.class, () -> DocumentationNetworks.of(networks));
        assertTrue(refused.getMessage().contains("192.0.2.0/24, 198.51.100.0/24"), refused::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", ","})
    void areNoneUnlessSomebodyNamesThem(String text) {
        assertTrue(DocumentationNetworks.of(text).areNone());
        assertTrue(DocumentationNetworks.ofThisProcess().areNone());
    }
}
