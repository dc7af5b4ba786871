package org.starttlscensus.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.starttlscensus.dns.ResolverFixture.SHOP;
import static org.starttlscensus.dns.ResolverFixture.addresses;
import static org.starttlscensus.dns.ResolverFixture.open;
import static org.starttlscensus.dns.ResolverFixture.settings;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.HostAddresses.Status;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Route;
import org.starttlscensus.lab.LabZone;
import org.starttlscensus.lab.LabZone.DnsBehavior;

/** A SERVFAIL that passes, at once or later, and one that stays. */
class PassingFailuresIT {

    /** With the CD bit the second query would be answered: that is no sign of a zone that fails validation. */
    @Test
    void isNoFailureIfItHasPassedAtTheSecondQuery() throws IOException {
        try (var lab = open(LabZone.builder()
                        .mx("shop.test", 10, "mx.test")
                        .address("mx.test", "192.0.2.1")
                        .failsFirst("shop.test", 1)
                        .failsFirst("mx.test", 1));
                var resolver = new MailResolver(settings(lab.address()))) {
            var route = resolver.route(SHOP);
            assertEquals(Route.MX, route.route());
            assertEquals(addresses("192.0.2.1"), route.hosts().getFirst().addresses());
            assertEquals(2, lab.queries("shop.test", "MX"));
            assertEquals(2, lab.queries("mx.test", "A"));
        }
    }

    @Test
    void isServfailIfItFailsWithoutValidationToo() throws IOException {
        try (var lab = open(LabZone.builder().behavior("shop.test", DnsBehavior.SERVFAIL));
                var resolver = new MailResolver(settings(lab.address()))) {
            assertEquals(Route.DNS_SERVFAIL, resolver.route(SHOP).route());
            assertEquals(3, lab.queries("shop.test", "MX"));
        }
    }

    @Test
    void isForgottenOnRequestAndNothingElseIs() throws IOException {
        try (var lab = open(LabZone.builder()
                        .mx("shop.test", 10, "good.test")
                        .mx("shop.test", 20, "late.test")
                        .address("good.test", "192.0.2.1")
                        .address("late.test", "192.0.2.2")
                        .failsFirst("late.test", 3));
                var resolver = new MailResolver(settings(lab.address()))) {
            assertEquals(
                    List.of(Status.FOUND, Status.SERVFAIL),
                    resolver.route(SHOP).hosts().stream()
                            .map(HostAddresses::status)
                            .toList());
            assertEquals(
                    Status.SERVFAIL,
                    resolver.addresses(new Hostname("late.test")).status());
            resolver.forgetFailures();
            assertEquals(
                    addresses("192.0.2.2"),
                    resolver.addresses(new Hostname("late.test")).addresses());
            assertEquals(
                    addresses("192.0.2.1"),
                    resolver.addresses(new Hostname("good.test")).addresses());
            assertEquals(1, lab.queries("good.test", "A"));
        }
    }
}
