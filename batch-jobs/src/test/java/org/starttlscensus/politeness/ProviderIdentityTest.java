package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Provider;

/** Providers by host names; providers by neighbouring hosts are in {@code ProvidersIT}. */
class ProviderIdentityTest {

    @ParameterizedTest
    @CsvSource({
        "alt1.gmail-smtp-in.l.google.com, , google, OVERRIDE",
        "ASPMX.L.GOOGLE.COM., , google, OVERRIDE",
        "aspmx2.googlemail.com, , google, OVERRIDE",
        "example-org.mail.protection.outlook.com, , microsoft, OVERRIDE",
        "example-org.a-v1.mx.microsoft, , microsoft, OVERRIDE",
        "mx.example.co.uk, , example.co.uk, PSL",
        "notgoogle.com, , notgoogle.com, PSL",
        "mx.example.com, ghs.hoster.example.net, example.net, CNAME",
        "mx.example.com, a.example.org in1-smtp.messagingengine.com, fastmail, CNAME",
        "mx.example.com, mx-a.example.com, example.com, PSL",
        "mx.google.com, mx.example.net, google, OVERRIDE",
        "mx.some-customer.s3.amazonaws.com, , amazon, OVERRIDE",
        "mx.blogspot.com, , blogspot.com, PSL",
        "localhost, , , ",
        "co.uk, , , "
    })
    void theFirstMatchingSourceWins(String host, String aliases, String key, String source) {
        var targets = aliases == null
                ? List.<Hostname>of()
                : Arrays.stream(aliases.split(" ")).map(Hostname::new).toList();
        var found = ProviderIdentity.of(new Hostname(host), targets, ProviderRules.shipped())
                .named();
        assertEquals(Optional.ofNullable(key).map(name -> new Provider(name, Provider.Source.valueOf(source))), found);
    }
}
