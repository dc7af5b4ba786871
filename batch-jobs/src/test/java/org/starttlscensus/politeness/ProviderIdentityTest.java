package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;

class ProviderIdentityTest {

    @ParameterizedTest
    @CsvSource({
        "alt1.gmail-smtp-in.l.google.com, 192.0.2.1, google.com, PSL",
        "ASPMX.L.GOOGLE.COM., 2001:db8::1, google.com, PSL",
        "example-org.mail.protection.outlook.com, 192.0.2.2, outlook.com, PSL",
        "mx.example.co.uk, 192.0.2.3, example.co.uk, PSL",
        "inbound-smtp.eu-west-1.amazonaws.com, 192.0.2.4, amazonaws.com, PSL",
        "localhost, 192.0.2.5, net:192.0.2.0/24, NET",
        "co.uk, 2001:db8:1:2::3, net:2001:db8:1::/48, NET"})
    void isTheRegistrableDomainElseTheNetwork(String host, String address, String key, String source) {
        var provider = ProviderIdentity.of(new Hostname(host), Address.of(address));
        assertEquals(key + " " + source, provider.key() + " " + provider.source());
    }
}
