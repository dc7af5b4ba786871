package org.starttlscensus.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.settings.Canary.AddressedCanary;
import org.starttlscensus.settings.Canary.NamedCanary;

/** Values of {@code census.canaries}. */
class CanaryTest {

    @Test
    void isANameOrAnAddress() {
        assertEquals(new NamedCanary(new Hostname("mail.example.org")), Canary.of("Mail.example.org."));
        assertEquals(new AddressedCanary(Address.of("192.0.2.1")), Canary.of("192.0.2.1"));
        assertEquals(new AddressedCanary(Address.of("2001:db8::1")), Canary.of("2001:db8::1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "mail", "mail.example.org:25", "192.0.2", "192.0.2.256", "mail example.org", "1.2.3.4.5"})
    void anythingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Canary.of(text));
    }
}
