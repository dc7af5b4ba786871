package org.starttlscensus.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.HostAddresses;
import org.starttlscensus.fact.HostAddresses.Status;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.MailExchange;
import org.starttlscensus.fact.MailRoute;
import org.starttlscensus.fact.Route;
import org.starttlscensus.lab.LabDns;
import org.starttlscensus.lab.LabZone;
import org.starttlscensus.lab.LabZone.Manner;

/** The resolver against the lab's DNS: real sockets, real messages. */
class MailResolverIT {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final MailDomain SHOP = new MailDomain("shop.test");

    @Nested
    class ADomainWithMxRecords {

        @Test
        void hasThemSortedByPreferenceThenNameEachHostOnce() throws IOException {
            var route = route(LabZone.builder()
                    .mx("shop.test", 20, "b.mail.test").mx("shop.test", 10, "C.mail.test").mx("shop.test", 20, "a.mail.test")
                    .mx("shop.test", 5, "b.mail.test")
                    .address("a.mail.test", "192.0.2.1").address("b.mail.test", "192.0.2.2")
                    .address("c.mail.test", "192.0.2.3"));
            assertEquals(Route.MX, route.route());
            assertEquals(List.of(exchange(5, "b.mail.test"), exchange(10, "c.mail.test"), exchange(20, "a.mail.test")),
                    route.exchanges());
            assertEquals(3, route.seen());
            assertEquals(List.of("b.mail.test", "c.mail.test", "a.mail.test"),
                    route.hosts().stream().map(host -> host.host().ascii()).toList());
        }

        @Test
        void hasAllAddressesOfAHostIpv4First() throws IOException {
            var host = host(LabZone.builder().mx("shop.test", 10, "mx.test")
                    .address("mx.test", "2001:db8::2", "192.0.2.9", "2001:db8::1", "192.0.2.1"));
            assertEquals(addresses("192.0.2.1", "192.0.2.9", "2001:db8::1", "2001:db8::2"), host.addresses());
            assertFalse(host.truncated());
        }

        @Test
        void recordsTheAliasesOfAHost() throws IOException {
            var host = host(LabZone.builder().mx("shop.test", 10, "mx.test")
                    .alias("mx.test", "one.test").alias("one.test", "two.test").address("two.test", "192.0.2.1"));
            assertEquals(List.of(new Hostname("one.test"), new Hostname("two.test")), host.aliases());
            assertEquals(addresses("192.0.2.1"), host.addresses());
        }

        @Test
        void isFoundThroughAnAliasOfItsOwn() throws IOException {
            assertEquals(Route.MX, route(LabZone.builder().alias("shop.test", "real.test")
                    .mx("real.test", 10, "mx.test").address("mx.test", "192.0.2.1")).route());
        }

        @Test
        void keepsTheHostsWithoutAddressBesideOneThatHas() throws IOException {
            var route = route(LabZone.builder().mx("shop.test", 10, "gone.test").mx("shop.test", 20, "late.test")
                    .mx("shop.test", 30, "mx.test").manner("late.test", Manner.SERVFAIL).address("mx.test", "192.0.2.1"));
            assertEquals(Route.MX, route.route());
            assertEquals(List.of(Status.NXDOMAIN, Status.SERVFAIL, Status.FOUND),
                    route.hosts().stream().map(HostAddresses::status).toList());
        }

        @Test
        void usesTheOthersBesideANullMxAndBesideWhatIsNoHost() throws IOException {
            var route = route(LabZone.builder().nullMx("shop.test").mx("shop.test", 1, "192.0.2.7")
                    .mx("shop.test", 2, "localhost").mx("shop.test", 10, "mx.test").address("mx.test", "192.0.2.1"));
            assertEquals(Route.MX, route.route());
            assertEquals(List.of(exchange(10, "mx.test")), route.exchanges());
            assertEquals(1, route.seen());
        }

        @ParameterizedTest
        @ValueSource(strings = {"192.0.2.7", "localhost", "mail.localhost", "bad\\032name.test", "[192.0.2.7]", "2001:db8::1"})
        void isInvalidIfNoneNamesAHost(String exchange) throws IOException {
            var route = route(LabZone.builder().mx("shop.test", 10, exchange).address(exchange, "192.0.2.1"));
            assertEquals(MailRoute.without(SHOP, Route.MX_INVALID), route);
        }

        @Test
        void isUnresolvableIfNoHostHasAnAddressForSure() throws IOException {
            var route = route(LabZone.builder().mx("shop.test", 10, "gone.test").mx("shop.test", 20, "empty.test")
                    .text("empty.test", "here"));
            assertEquals(Route.MX_UNRESOLVABLE, route.route());
            assertEquals(2, route.exchanges().size());
            assertEquals(List.of(Status.NXDOMAIN, Status.NO_ADDRESS),
                    route.hosts().stream().map(HostAddresses::status).toList());
        }

        @ParameterizedTest
        @CsvSource({"SERVFAIL,DNS_SERVFAIL", "SILENT,DNS_TIMEOUT", "BOGUS,DNS_BOGUS", "REFUSED,DNS_SERVFAIL"})
        void isNotUnresolvableWhileOneHostIsInDoubt(Manner manner, Route expected) throws IOException {
            assertEquals(MailRoute.without(SHOP, expected), route(LabZone.builder()
                    .mx("shop.test", 10, "gone.test").mx("shop.test", 20, "doubt.test").manner("doubt.test", manner)));
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
            assertEquals(Route.NO_MAIL, route(LabZone.builder().text("shop.test", "hello")).route());
            assertEquals(Route.NO_MAIL, route(LabZone.builder().address("www.shop.test", "192.0.2.1")).route());
        }

        @Test
        void thatDoesNotExistIsNxdomain() throws IOException {
            assertEquals(Route.NXDOMAIN, route(LabZone.builder().text("other.test", "hello")).route());
            assertEquals(Route.NXDOMAIN, route(LabZone.builder().alias("shop.test", "gone.test")).route());
        }

        @ParameterizedTest
        @CsvSource({"SERVFAIL,DNS_SERVFAIL", "SILENT,DNS_TIMEOUT", "BOGUS,DNS_BOGUS", "BOGUS_EXPLAINED,DNS_BOGUS"})
        void isAFailureIfItsAddressIsInDoubt(Manner manner, Route expected) throws IOException {
            assertEquals(MailRoute.without(SHOP, expected), route(LabZone.builder().text("shop.test", "hello")
                    .manner("shop.test", "A", manner)));
            assertEquals(MailRoute.without(SHOP, expected), route(LabZone.builder().text("shop.test", "hello")
                    .manner("shop.test", "AAAA", manner)));
        }

        @Test
        void withANullMxAcceptsNoMail() throws IOException {
            assertEquals(MailRoute.without(SHOP, Route.NULL_MX),
                    route(LabZone.builder().nullMx("shop.test").address("shop.test", "192.0.2.1")));
        }
    }

    @Nested
    class AQuestionThatFails {

        /** What every manner comes to at the MX question; the domain has a good MX behind each of them. */
        @ParameterizedTest
        @EnumSource
        void hasARouteOfItsOwn(Manner manner) throws IOException {
            var expected = switch (manner) {
                case PLAIN, TRUNCATED, SPOOFED -> Route.MX;
                case SERVFAIL, REFUSED, REFERRAL, OTHER_QUESTION -> Route.DNS_SERVFAIL;
                case SILENT -> Route.DNS_TIMEOUT;
                case BOGUS, BOGUS_EXPLAINED -> Route.DNS_BOGUS;
            };
            assertEquals(expected, route(LabZone.builder().mx("shop.test", 10, "mx.test").address("mx.test", "192.0.2.1")
                    .manner("shop.test", "MX", manner)).route());
        }

        @ParameterizedTest
        @EnumSource(names = {"SERVFAIL", "SILENT", "BOGUS", "REFUSED", "REFERRAL"})
        void leavesTheAddressesOfTheOtherFamily(Manner manner) throws IOException {
            assertEquals(addresses("192.0.2.1"), host(LabZone.builder().mx("shop.test", 10, "mx.test")
                    .address("mx.test", "192.0.2.1", "2001:db8::1").manner("mx.test", "AAAA", manner)).addresses());
            assertEquals(addresses("2001:db8::1"), host(LabZone.builder().mx("shop.test", 10, "mx.test")
                    .address("mx.test", "192.0.2.1", "2001:db8::1").manner("mx.test", "A", manner)).addresses());
        }

        @Test
        void isAskedAgainAfterSilenceOnly() throws IOException {
            try (var lab = open(LabZone.builder().manner("quiet.test", Manner.SILENT).manner("broken.test", Manner.REFUSED));
                    var resolver = new MailResolver(settings(lab.address()))) {
                resolver.route(new MailDomain("quiet.test"));
                resolver.route(new MailDomain("broken.test"));
                assertEquals(2, lab.asked("quiet.test", "MX"));
                assertEquals(1, lab.asked("broken.test", "MX"));
            }
        }

        @Test
        void isServfailWhereAliasesGoRoundOrOnForTooLong() throws IOException {
            assertEquals(Route.DNS_SERVFAIL, route(LabZone.builder()
                    .mx("shop.test", 10, "a.test").alias("a.test", "b.test").alias("b.test", "a.test")).route());
            assertEquals(Route.DNS_SERVFAIL, route(chain(9)).route());
            assertEquals(8, host(chain(8)).aliases().size());
        }

        @Test
        void endsWithItsThreadWhenThatIsInterrupted() throws Exception {
            try (var silent = new DatagramSocket(0, LOOPBACK);
                    var resolver = new MailResolver(new DnsSettings(
                            List.of((InetSocketAddress) silent.getLocalSocketAddress()), Duration.ofSeconds(60), 2, 10));
                    var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var asking = threads.submit(() -> assertThrows(CancellationException.class, () -> resolver.route(SHOP)));
                silent.receive(new DatagramPacket(new byte[512], 512));
                threads.shutdownNow();
                assertEquals("interrupted while waiting for a DNS answer", asking.get().getMessage());
            }
        }

        private static LabZone.Builder chain(int aliases) {
            var zone = LabZone.builder().mx("shop.test", 10, "a0.test").address("a" + aliases + ".test", "192.0.2.1");
            for (int i = 0; i < aliases; i++) zone.alias("a" + i + ".test", "a" + (i + 1) + ".test");
            return zone;
        }
    }

    @Nested
    class AHugeAnswer {

        @Test
        void isCutAtTenHostsOfFourAddressesAndSaysSo() throws IOException {
            var zone = LabZone.builder();
            for (int i = 0; i < 1_000; i++) {
                var host = "mx%03d.shop.test".formatted(i);
                zone.mx("shop.test", i / 100, host);
                for (int j = 0; j < 50; j++) zone.address(host, "198.51." + (100 + i % 100) + "." + j);
            }
            try (var lab = open(zone); var resolver = new MailResolver(settings(lab.address()))) {
                var route = resolver.route(SHOP);
                assertEquals(10, route.exchanges().size());
                assertEquals(1_000, route.seen());
                assertTrue(route.truncated());
                for (var host : route.hosts()) {
                    assertEquals(4, host.addresses().size());
                    assertEquals(50, host.seen());
                    assertTrue(host.truncated());
                }
                assertEquals(1, lab.askedOverTcp());
                assertEquals(22, lab.askedInAll());
                assertEquals(22, resolver.queries());
            }
        }

        /** Threat A5: at most 40 queries a domain, whatever is wrong with it. */
        @ParameterizedTest
        @EnumSource
        void costsAtMostFortyQueries(Manner manner) throws IOException {
            var zone = LabZone.builder();
            for (int i = 0; i < 20; i++) {
                var host = "mx" + i + ".shop.test";
                zone.mx("shop.test", 10, host).address(host, "192.0.2." + i).manner(host, manner);
            }
            try (var lab = open(zone); var resolver = new MailResolver(
                    new DnsSettings(List.of(lab.address()), Duration.ofMillis(50), 2, 10))) {
                resolver.route(SHOP);
                assertTrue(lab.askedInAll() <= 40, () -> lab.askedInAll() + " queries");
            }
        }
    }

    @Nested
    class SeveralResolvers {

        private final LabZone.Builder good = LabZone.builder()
                .mx("shop.test", 10, "mx.test").address("mx.test", "192.0.2.1");

        @Test
        void surviveAFirstOneWithAClosedPort() throws IOException {
            int closed;
            try (var socket = new DatagramSocket(0, LOOPBACK)) {
                closed = socket.getLocalPort();
            }
            try (var lab = open(good);
                    var resolver = new MailResolver(settings(new InetSocketAddress(LOOPBACK, closed), lab.address()))) {
                assertEquals(Route.MX, resolver.route(SHOP).route());
            }
        }

        @Test
        void surviveASilentFirstOneAndThenAskTheOtherFirst() throws IOException {
            try (var silent = open(LabZone.builder().manner("shop.test", Manner.SILENT).manner("mx.test", Manner.SILENT));
                    var lab = open(good);
                    var resolver = new MailResolver(settings(silent.address(), lab.address()))) {
                assertEquals(Route.MX, resolver.route(SHOP).route());
                assertEquals(1, silent.askedInAll());
            }
        }

        @Test
        void surviveAFirstOneThatRefusesUs() throws IOException {
            try (var refusing = open(LabZone.builder().manner("shop.test", Manner.REFUSED));
                    var lab = open(good);
                    var resolver = new MailResolver(settings(refusing.address(), lab.address()))) {
                assertEquals(Route.MX, resolver.route(SHOP).route());
            }
        }

        @Test
        void failTogetherAsTimeoutIfNoneAnswers() throws IOException {
            try (var one = open(LabZone.builder().manner("shop.test", Manner.SILENT));
                    var two = open(LabZone.builder().manner("shop.test", Manner.SILENT));
                    var resolver = new MailResolver(settings(one.address(), two.address()))) {
                assertEquals(Route.DNS_TIMEOUT, resolver.route(SHOP).route());
            }
        }
    }

    @Nested
    class ManyDomainsAtOnce {

        @Test
        void askEachNameAndTypeOnceAndStayWithinTheBound() throws Exception {
            var zone = LabZone.builder().latency(Duration.ofMillis(5));
            var domains = IntStream.range(0, 2_000).mapToObj(i -> new MailDomain("d" + i + ".test")).toList();
            domains.forEach(domain -> {
                zone.mx(domain.ascii(), 10, "mx1.provider.test").mx(domain.ascii(), 20, "mx2.provider.test");
            });
            zone.address("mx1.provider.test", "192.0.2.1").address("mx2.provider.test", "192.0.2.2", "2001:db8::2");
            try (var lab = open(zone); var resolver = new MailResolver(
                    new DnsSettings(List.of(lab.address()), Duration.ofSeconds(20), 2, 40))) {
                var routes = together(domains, resolver::route);
                assertTrue(routes.stream().allMatch(route -> route.route() == Route.MX && route.hosts().size() == 2));
                assertEquals(1, lab.mostAskedOfOne());
                assertEquals(2_004, lab.askedInAll());
                assertEquals(2_004, resolver.queries());
                assertTrue(lab.mostUnderWay() <= 40, () -> lab.mostUnderWay() + " under way");
                assertTrue(lab.mostUnderWay() >= 20, () -> "only " + lab.mostUnderWay() + " under way");
            }
        }

        @Test
        void areAnsweredByTheThousandEachSecond() throws Exception {
            var zone = LabZone.builder();
            var domains = IntStream.range(0, 10_000).mapToObj(i -> new MailDomain("d" + i + ".test")).toList();
            domains.forEach(domain -> zone.mx(domain.ascii(), 10, "mx." + domain).address("mx." + domain, "192.0.2.1"));
            try (var lab = open(zone); var resolver = new MailResolver(
                    new DnsSettings(List.of(lab.address()), Duration.ofSeconds(20), 2, 100))) {
                var start = System.nanoTime();
                var routes = together(domains, resolver::route);
                var seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf("%,d queries in %.1f s: %,.0f a second%n",
                        resolver.queries(), seconds, resolver.queries() / seconds);
                assertTrue(routes.stream().allMatch(route -> route.route() == Route.MX));
                assertEquals(30_000, lab.askedInAll());
            }
        }

        private static <T, R> List<R> together(List<T> inputs, Function<T, R> work) throws Exception {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var futures = inputs.stream().map(input -> threads.submit(() -> work.apply(input))).toList();
                return futures.stream().map(MailResolverIT::joined).toList();
            }
        }
    }

    private static <R> R joined(Future<R> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static LabDns open(LabZone.Builder zone) throws IOException {
        return LabDns.open(zone.build(), LOOPBACK, 0);
    }

    private static DnsSettings settings(InetSocketAddress... resolvers) {
        return new DnsSettings(List.of(resolvers), Duration.ofMillis(300), 2, 100);
    }

    private static MailRoute route(LabZone.Builder zone) throws IOException {
        try (var lab = open(zone); var resolver = new MailResolver(settings(lab.address()))) {
            return resolver.route(SHOP);
        }
    }

    private static HostAddresses host(LabZone.Builder zone) throws IOException {
        return route(zone).hosts().getFirst();
    }

    private static MailExchange exchange(int preference, String host) {
        return new MailExchange(preference, new Hostname(host));
    }

    private static List<Address> addresses(String... literals) {
        return Stream.of(literals).map(Address::of).toList();
    }
}
