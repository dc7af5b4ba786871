package org.starttlscensus.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;

class OptOutRegisterTest {

    private static final OptOutRegister REGISTER = new OptOutRegister(
            Set.of("victim.example", "mx.provider.example"),
            Set.of(Network.of("192.0.2.0/25"), Network.of("198.51.100.7"), Network.of("2001:db8:1::/48")));

    @ParameterizedTest
    @ValueSource(strings = {"victim.example", "a.victim.example", "a.b.victim.example", "1.mx.provider.example"})
    void aNameIsLeftOutWithAllBelowIt(String name) {
        assertTrue(REGISTER.hasName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"notvictim.example", "example", "provider.example", "victim.example.org", ""})
    void noOtherNameIs(String name) {
        assertFalse(REGISTER.hasName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.0", "192.0.2.127", "::ffff:192.0.2.1", "198.51.100.7", "2001:db8:1:ffff::1"})
    void anAddressIsLeftOutWithItsNetwork(String address) {
        assertTrue(REGISTER.hasAddress(Address.of(address)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.128", "192.0.1.255", "198.51.100.6", "2001:db8:2::1", "2001:db8::1"})
    void noOtherAddressIs(String address) {
        assertFalse(REGISTER.hasAddress(Address.of(address)));
    }

    @Test
    void aServerIsLeftOutForItsNameOrItsAddress() {
        assertTrue(REGISTER.has(new Hostname("mx.victim.example"), Address.of("203.0.113.1")));
        assertTrue(REGISTER.has(new Hostname("mx.other.example"), Address.of("192.0.2.9")));
        assertFalse(REGISTER.has(new Hostname("mx.other.example"), Address.of("203.0.113.1")));
        assertFalse(OptOutRegister.EMPTY.has(new Hostname("mx.victim.example"), Address.of("192.0.2.9")));
    }

    @Test
    void aNetworkIsLeftOutOnlyIfAllOfItIs() {
        assertTrue(REGISTER.hasNetwork(Network.of("192.0.2.64/26")));
        assertTrue(REGISTER.hasNetwork(Network.of("192.0.2.0/25")));
        assertFalse(REGISTER.hasNetwork(Network.of("192.0.2.0/24")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v=census1; opt-out", "v=census1;opt-out", " V=Census1 ; Opt-Out ; since=2026 "})
    void theRecordOfTheDnsIsRead(String text) {
        assertTrue(OptOutRecord.isIn(List.of("v=spf1 -all", text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "opt-out", "v=census1", "v=spf1 opt-out", "v=census2; opt-out", "opt-out; v=census1"})
    void anyOtherTextIsNotForUs(String text) {
        assertFalse(OptOutRecord.isIn(List.of(text)));
    }

    @Test
    void theRecordStandsBelowTheName() {
        assertEquals(Optional.of(new Hostname("_starttls-census.victim.example")), OptOutRecord.of("victim.example"));
        assertEquals(Optional.empty(), OptOutRecord.of("a".repeat(60) + (".a" + "b".repeat(61)).repeat(3)));
    }
}
