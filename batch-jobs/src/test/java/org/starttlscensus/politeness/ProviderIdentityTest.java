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
        "ec2-192-0-2-1.compute-1.amazonaws.com, , amazon, POOL",
        "ec2-192-0-2-1.eu-west-1.compute.amazonaws.com, , amazon, POOL",
        "inbound-smtp.us-east-1.amazonaws.com, , amazon, OVERRIDE",
        "vps-0a1b2c3d.vps.ovh.net, , ovh, POOL",
        "mx1.mail.ovh.net, , ovh, OVERRIDE",
        "lns-bzn-1-192-0-2-1.fbx.proxad.net, , free, POOL",
        "mx1.free.fr, , free, OVERRIDE",
        "ip-192-0-2-1.ip.secureserver.net, , godaddy, POOL",
        "smtp.secureserver.net, , godaddy, OVERRIDE",
        "static.1.2.0.192.clients.your-server.de, , your-server.de, POOL",
        "www1.your-server.de, , your-server.de, OVERRIDE",
        "mx.example.com, ec2-192-0-2-1.compute-1.amazonaws.com, amazon, POOL",
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
