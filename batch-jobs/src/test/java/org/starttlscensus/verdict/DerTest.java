package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.Octets;

class DerTest {

    private static Der of(String hex) {
        return Der.of(HexFormat.of().parseHex(hex));
    }

    @Test
    void isTagAndContent() {
        assertEquals(
                new Der(0x82, Octets.of("a.example")),
                of("8209" + HexFormat.of().formatHex("a.example".getBytes(StandardCharsets.US_ASCII))));
        assertEquals(new Der(0x30, Octets.NONE), of("3000"));
        assertEquals("\u00e9", of("8201e9").latin1());
    }

    @Test
    void hasPartsInTheirOrder() {
        assertEquals(
                List.of(new Der(0x82, Octets.of("a")), new Der(0x87, Octets.of("bc")), new Der(0x82, Octets.NONE)),
                of("3009" + "820161" + "87026263" + "8200").parts());
        assertEquals(List.of(), of("3000").parts());
    }

    @ParameterizedTest
    @CsvSource({"7f, 127", "8180, 128", "81ff, 255", "820100, 256", "820203, 515", "83010000, 65536", "83010203, 66051"
    })
    void mayHaveALengthOfSeveralOctets(String length, int octets) {
        var value = "04" + length + "ab".repeat(octets);
        assertEquals(octets, of(value).content().size());
        assertEquals(octets, Der.of(of(value).encoded()).content().size());
        assertThrows(IllegalArgumentException.class, () -> of(value.substring(2)));
        assertThrows(IllegalArgumentException.class, () -> of(value.substring(0, value.length() - 2)));
        assertThrows(IllegalArgumentException.class, () -> of(value + "00"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "3001",
                "3081",
                "308180",
                "30820001",
                "3080",
                "308400000001aa",
                "3000ff",
                "30003000",
                "8202ab",
                "308103aabb"
            })
    void isRefusedUnlessItIsExactlyOneValue(String hex) {
        assertThrows(IllegalArgumentException.class, () -> of(hex));
    }

    @Test
    void isRefusedIfAPartIsLongerThanTheWhole() {
        var whole = of("3003" + "820261");
        assertThrows(IllegalArgumentException.class, whole::parts);
    }
}
