package org.starttlscensus.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.dns.ResolverFixture.SHOP;
import static org.starttlscensus.dns.ResolverFixture.addresses;
import static org.starttlscensus.dns.ResolverFixture.exchange;
import static org.starttlscensus.dns.ResolverFixture.host;
import static org.starttlscensus.dns.ResolverFixture.open;
import static org.starttlscensus.dns.ResolverFixture.route;
import static org.starttlscensus.dns.ResolverFixture.settings;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.HostAddresses.Status;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.MailRoute;
import org.starttlscensus.fact.Route;
import org.starttlscensus.lab.LabZone;
import org.starttlscensus.lab.LabZone.DnsBehavior;

/** The resolver against the lab's DNS server, over real sockets. */
class MailResolverIT {

    @Nested
    class ADomainWithMxRecords {

        @Test
        void hasThemSortedByPreferenceAndNameWithoutDuplicates() throws IOException {
            var route = route(LabZone.builder()
                    .mx("shop.test", 20, "b.mail.test")
                    .mx("shop.test", 10, "C.mail.test")
                    .mx("shop.test", 20, "a.mail.test")
                    .mx("shop.test", 5, "b.mail.test")
                    .address("a.mail.test", "192.0.2.1")
                    .address("b.mail.test", "192.0.2.2")
                    .address("c.mail.test", "192.0.2.3"));
            assertEquals(Route.MX, route.route());
            assertEquals(
                    List.of(exchange(5, "b.mail.test"), exchange(10, "c.mail.test"), exchange(20, "a.mail.test")),
                    route.exchanges());
            assertEquals(3, route.seen());
            assertEquals(
                    List.of("b.mail.test", "c.mail.test", "a.mail.test"),
                    route.hosts().stream().map(host -> host.host().ascii()).toList());
        }

        @Test
        void hasAllAddressesOfAHostIpv4First() throws IOException {
            var host = host(LabZone.builder()
                    .mx("shop.test", 10, "mx.test")
                    .address("mx.test", "2001:db8::2", "192.0.2.9", "2001:db8::1", "192.0.2.1"));
            assertEquals(addresses("192.0.2.1", "192.0.2.9", "2001:db8::1", "2001:db8::2"), host.addresses());
            assertFalse(host.truncated());
        }

        @Test
        void recordsTheAliasesOfAHost() throws IOException {
            var host = host(LabZone.builder()
                    .mx("shop.test", 10, "mx.test")
                    .alias("mx.test", "one.test")
                    .alias("one.test", "two.test")
                    .address("two.test", "192.0.2.1"));
            assertEquals(List.of(new Hostname("one.test"), new Hostname("two.test")), host.aliases());
            assertEquals(addresses("192.0.2.1"), host.addresses());
        }

        @Test
        void isFoundThroughAnAliasOfItsOwn() throws IOException {
            assertEquals(
                    Route.MX,
                    route(LabZone.builder()
                                    .alias("shop.test", "real.test")
                                    .mx("real.test", 10, "mx.test")
                                    .address("mx.test", "192.0.2.1"))
                            .route());
        }

        @Test
        void keepsTheHostsWithoutAddressBesideOneThatHas() throws IOException {
            var route = route(LabZone.builder()
                    .mx("shop.test", 10, "gone.test")
                    .mx("shop.test", 20, "late.test")
                    .mx("shop.test", 30, "mx.test")
                    .behavior("late.test", DnsBehavior.SERVFAIL)
                    .address("mx.test", "192.0.2.1"));
            assertEquals(Route.MX, route.route());
            assertEquals(
                    List.of(Status.NXDOMAIN, Status.SERVFAIL, Status.FOUND),
                    route.hosts().stream().map(HostAddresses::status).toList());
        }

        @Test
        void ignoresANullMxAndInvalidHostsBesideOthers() throws IOException {
            var route = route(LabZone.builder()
                    .nullMx("shop.test")
                    .mx("shop.test", 1, "192.0.2.7")
                    .mx("shop.test", 2, "localhost")
                    .mx("shop.test", 10, "mx.test")
                    .address("mx.test", "192.0.2.1"));
            assertEquals(Route.MX, route.route());
            assertEquals(List.of(exchange(10, "mx.test")), route.exchanges());
            assertEquals(1, route.seen());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"192.0.2.7", "localhost", "mail.localhost", "bad\\032name.test", "[192.0.2.7]", "2001:db8::1"
                })
        void isInvalidIfNoneNamesAHost(String exchange) throws IOException {
            var route = route(LabZone.builder().mx("shop.test", 10, exchange).address(exchange, "192.0.2.1"));
            assertEquals(MailRoute.without(SHOP, Route.MX_INVALID), route);
        }

        @Test
        void isUnresolvableIfAllLookUpsFindNoAddress() throws IOException {
            var route = route(LabZone.builder()
                    .mx("shop.test", 10, "gone.test")
                    .mx("shop.test", 20, "empty.test")
                    .text("empty.test", "here"));
            assertEquals(Route.MX_UNRESOLVABLE, route.route());
            assertEquals(2, route.exchanges().size());
            assertEquals(
                    List.of(Status.NXDOMAIN, Status.NO_ADDRESS),
                    route.hosts().stream().map(HostAddresses::status).toList());
        }

        @ParameterizedTest
        @CsvSource({"SERVFAIL,DNS_SERVFAIL", "SILENT,DNS_TIMEOUT", "BOGUS,DNS_BOGUS", "MALFORMED,DNS_MALFORMED"})
        void isNotUnresolvableIfOneLookUpFails(DnsBehavior dnsBehavior, Route expected) throws IOException {
            assertEquals(
                    MailRoute.without(SHOP, expected),
                    route(LabZone.builder()
                            .mx("shop.test", 10, "gone.test")
                            .mx("shop.test", 20, "doubt.test")
                            .behavior("doubt.test", dnsBehavior)));
        }
    }

    @Nested
    class ADomainWithoutMxRecords {

        @Test
        void withAnAddressIsItsOwnHost() throws IOException {
            var route = route(LabZone.builder().address("shop.test", "2001:db8::1"));
            assertEquals(Route.IMPLICIT_MX, route.route());
            assertEquals(List.of(exchange(0, "shop.test")), route.exchanges());
            assertEquals(addresses("2001:db8::1"), route.hosts().getFirst().addresses());
        }

        @Test
        void thatExistsAndHasNoAddressHasNoMail() throws IOException {
            assertEquals(
                    Route.NO_MAIL,
                    route(LabZone.builder().text("shop.test", "hello")).route());
            assertEquals(
                    Route.NO_MAIL,
                    route(LabZone.builder().address("www.shop.test", "192.0.2.1"))
                            .route());
        }

        @Test
        void thatDoesNotExistIsNxdomain() throws IOException {
            assertEquals(
                    Route.NXDOMAIN,
                    route(LabZone.builder().text("other.test", "hello")).route());
            assertEquals(
                    Route.NXDOMAIN,
                    route(LabZone.builder().alias("shop.test", "gone.test")).route());
        }

        @ParameterizedTest
        @CsvSource({"SERVFAIL,DNS_SERVFAIL", "SILENT,DNS_TIMEOUT", "BOGUS,DNS_BOGUS", "MALFORMED,DNS_MALFORMED"})
        void isAFailureIfTheLookUpOfItsAddressFails(DnsBehavior dnsBehavior, Route expected) throws IOException {
            assertEquals(
                    MailRoute.without(SHOP, expected),
                    route(LabZone.builder().text("shop.test", "hello").behavior("shop.test", "A", dnsBehavior)));
            assertEquals(
                    MailRoute.without(SHOP, expected),
                    route(LabZone.builder().text("shop.test", "hello").behavior("shop.test", "AAAA", dnsBehavior)));
        }

        @Test
        void withANullMxAcceptsNoMail() throws IOException {
            assertEquals(
                    MailRoute.without(SHOP, Route.NULL_MX),
                    route(LabZone.builder().nullMx("shop.test").address("shop.test", "192.0.2.1")));
        }
    }

    @Nested
    class AHugeAnswer {

        @Test
        void isTruncatedToTenHostsOfFourAddresses() throws IOException {
            var zone = LabZone.builder();
            for (int i = 0; i < 1_000; i++) {
                var host = "mx%03d.shop.test".formatted(i);
                zone.mx("shop.test", i / 100, host);
                for (int j = 0; j < 50; j++) zone.address(host, "198.51." + (100 + i % 100) + "." + j);
            }
            try (var lab = open(zone);
                    var resolver = new MailResolver(settings(lab.address()))) {
                var route = resolver.route(SHOP);
                assertEquals(10, route.exchanges().size());
                assertEquals(1_000, route.seen());
                assertTrue(route.truncated());
                for (var host : route.hosts()) {
                    assertEquals(4, host.addresses().size());
                    assertEquals(50, host.seen());
                    assertTrue(host.truncated());
                }
                assertEquals(1, lab.tcpQueryCount());
                assertEquals(22, lab.queryCount());
                assertEquals(22, resolver.queries());
            }
        }

        /** One query for the MX records, four for each of ten hosts, whatever fails. */
        @ParameterizedTest
        @EnumSource
        void costsAtMostFortyOneQueries(DnsBehavior dnsBehavior) throws IOException {
            var zone = LabZone.builder();
            for (int i = 0; i < 20; i++) {
                var host = "mx" + i + ".shop.test";
                zone.mx("shop.test", 10, host).address(host, "192.0.2." + i).behavior(host, dnsBehavior);
            }
            try (var lab = open(zone);
                    var resolver = new MailResolver(
                            new ResolverSettings(List.of(lab.address()), Duration.ofMillis(200), 2, 10))) {
                resolver.route(SHOP);
                assertTrue(lab.queryCount() <= 41, () -> lab.queryCount() + " queries");
            }
        }
    }
}
