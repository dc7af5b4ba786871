package org.starttlscensus.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.Address;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.0/8, 127.0.0.0/8",
        "192.0.2.1, 192.0.2.1/32",
        "0.0.0.0/0, 0.0.0.0/0",
        "::1, ::1/128",
        "2001:DB8:0::/32, 2001:db8::/32",
        "::/0, ::/0"
    })
    void hasACanonicalForm(String text, String canonical) {
        assertEquals(canonical, Network.of(text).toString());
        assertEquals(Network.of(text), Network.of(canonical));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.0/8, 127.0.0.0, true",
        "127.0.0.0/8, 127.255.255.255, true",
        "127.0.0.0/8, 128.0.0.0, false",
        "127.0.0.0/8, ::ffff:127.0.0.1, true",
        "100.64.0.0/10, 100.127.255.255, true",
        "100.64.0.0/10, 100.128.0.0, false",
        "100.64.0.0/10, 100.63.255.255, false",
        "192.0.2.1/32, 192.0.2.1, true",
        "192.0.2.1/32, 192.0.2.0, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 192.0.2.1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::, false"
    })
    void contains(String network, String address, boolean inside) {
        assertEquals(inside, Network.of(network).contains(Address.of(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "127.0.0.0/",
                "127.0.0.0/x",
                "127.0.0.0/-1",
                "127.0.0.0/08",
                "127.0.0.0/8/8",
                "127.1/8",
                "0177.0.0.1",
                "2130706433",
                "localhost",
                "example.org/24",
                "fe80::1%lo/64",
                "1.2.3.4.5",
                "256.0.0.0/8",
                ":::/8",
                " ::1"
            })
    void refusesOtherTextsAndSaysWhatIsExpected(String text) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Network.of(text));
        assertTrue(
                refusal.getMessage().startsWith("\"" + text + "\" is not a network: allowed is "),
                refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.0/33|127.0.0.0/33 is not a network: the length is 0 to 32",
                "::/129|::/129 is not a network: the length is 0 to 128",
                "127.0.0.1/8|127.0.0.1/8 is not a network: it has bits beyond its length; the network is 127.0.0.0/8",
                "2001:db8::1/32|2001:db8::1/32 is not a network: it has bits beyond its length;"
                        + " the network is 2001:db8::/32"
            })
    void refusesALengthThatDoesNotFit(String text, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Network.of(text))
                        .getMessage());
    }
}
