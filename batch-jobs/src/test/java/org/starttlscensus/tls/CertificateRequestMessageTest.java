package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages as octets; the authorities are {@code dead} and nothing, which are no names at all. */
class CertificateRequestMessageTest {

    @ParameterizedTest
    @CsvSource({
        "0101 0002 0804 0006 0002dead 0000, 0101 0002 0804 0000",
        "00   0002 0804 0000,               0101 0002 0804 0000",
        "024001 0004 04010804 0000,         024001 0004 04010804 0000"
    })
    void inTls12OnlyTheAuthoritiesAreLeftOut(String sent, String expected) throws IOException {
        assertEquals(expected.replace(" ", ""), hex(CertificateRequestMessage.withoutAuthorities(octets(sent), true)));
    }

    @Test
    void beforeTls12ThereAreNoSchemes() throws IOException {
        assertEquals(
                "01010000", hex(CertificateRequestMessage.withoutAuthorities(octets("0101 0004 0002dead"), false)));
    }

    @Test
    void inTls13OnlyTheExtensionWithTheAuthoritiesIsLeftOut() throws IOException {
        assertEquals(
                "00" + "0008" + "000d0004" + "00020804",
                hex(CertificateRequestMessage.withoutAuthorities13(
                        octets("00 0014 002f0008 0006dead0002beef 000d0004 00020804"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0101", "0101 0002 0804", "0101 0002 0804 0003 0002de", "0101 0002 0804 0000 00"})
    void whatDoesNotFillTheMessageIsRefused(String sent) {
        assertThrows(IOException.class, () -> CertificateRequestMessage.withoutAuthorities(octets(sent), true), sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "00 0004 000d00", "00 0005 000d0004 00", "00 0000 00"})
    void whatDoesNotFillTheMessageOfTls13IsRefused(String sent) {
        assertThrows(IOException.class, () -> CertificateRequestMessage.withoutAuthorities13(octets(sent)), sent);
    }

    private static ByteArrayInputStream octets(String hex) {
        return new ByteArrayInputStream(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static String hex(ByteArrayInputStream message) {
        return HexFormat.of().formatHex(message.readAllBytes());
    }
}
