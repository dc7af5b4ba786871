package org.starttlscensus.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.starttlscensus.dns.ResolverFixture.LOOPBACK;
import static org.starttlscensus.dns.ResolverFixture.SHOP;
import static org.starttlscensus.dns.ResolverFixture.addresses;
import static org.starttlscensus.dns.ResolverFixture.host;
import static org.starttlscensus.dns.ResolverFixture.open;
import static org.starttlscensus.dns.ResolverFixture.route;
import static org.starttlscensus.dns.ResolverFixture.settings;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.Route;
import org.starttlscensus.lab.LabZone;
import org.starttlscensus.lab.LabZone.DnsBehavior;

/** Failures between us and the resolvers. Each has a route of its own. */
class ResolversIT {

    @Nested
    class AFailingQuery {

        /** The route for each behaviour of the server at the MX query; the domain itself has a valid MX. */
        @ParameterizedTest
        @EnumSource
        void hasARouteOfItsOwn(DnsBehavior dnsBehavior) throws IOException {
            var expected = switch (dnsBehavior) {
                case PLAIN, TRUNCATED, SPOOFED, BROKEN_ADDITIONAL -> Route.MX;
                case SERVFAIL, REFUSED, REFERRAL, UNREACHABLE_EXPLAINED -> Route.DNS_SERVFAIL;
                case OTHER_QUESTION, MALFORMED -> Route.DNS_MALFORMED;
                case SILENT -> Route.DNS_TIMEOUT;
                case BOGUS, BOGUS_EXPLAINED -> Route.DNS_BOGUS;
            };
            assertEquals(
                    expected,
                    route(LabZone.builder()
                                    .mx("shop.test", 10, "mx.test")
                                    .address("mx.test", "192.0.2.1")
                                    .behavior("shop.test", "MX", dnsBehavior))
                            .route());
        }

        @ParameterizedTest
        @EnumSource(names = {"SERVFAIL", "SILENT", "BOGUS", "REFUSED", "REFERRAL", "MALFORMED"})
        void leavesTheAddressesOfTheOtherFamily(DnsBehavior dnsBehavior) throws IOException {
            assertEquals(
                    addresses("192.0.2.1"),
                    host(LabZone.builder()
                                    .mx("shop.test", 10, "mx.test")
                                    .address("mx.test", "192.0.2.1", "2001:db8::1")
                                    .behavior("mx.test", "AAAA", dnsBehavior))
                            .addresses());
            assertEquals(
                    addresses("2001:db8::1"),
                    host(LabZone.builder()
                                    .mx("shop.test", 10, "mx.test")
                                    .address("mx.test", "192.0.2.1", "2001:db8::1")
                                    .behavior("mx.test", "A", dnsBehavior))
                            .addresses());
        }

        @Test
        void isRetriedOnlyAfterATimeout() throws IOException {
            try (var lab = open(LabZone.builder()
                            .behavior("quiet.test", DnsBehavior.SILENT)
                            .behavior("broken.test", DnsBehavior.REFUSED));
                    var resolver = new MailResolver(settings(lab.address()))) {
                resolver.route(new MailDomain("quiet.test"));
                resolver.route(new MailDomain("broken.test"));
                assertEquals(2, lab.queries("quiet.test", "MX"));
                assertEquals(1, lab.queries("broken.test", "MX"));
            }
        }

        @Test
        void isBogusByExtendedErrorOrByAQueryWithoutValidation() throws IOException {
            try (var lab = open(LabZone.builder()
                            .mx("silent.test", 10, "mx.test")
                            .behavior("silent.test", DnsBehavior.BOGUS)
                            .behavior("explained.test", DnsBehavior.BOGUS_EXPLAINED));
                    var resolver = new MailResolver(settings(lab.address()))) {
                assertEquals(
                        Route.DNS_BOGUS,
                        resolver.route(new MailDomain("silent.test")).route());
                assertEquals(
                        Route.DNS_BOGUS,
                        resolver.route(new MailDomain("explained.test")).route());
                assertEquals(3, lab.queries("silent.test", "MX"));
                assertEquals(1, lab.queries("explained.test", "MX"));
            }
        }

        @Test
        void isNotEndedByADatagramWithAnotherId() throws IOException {
            try (var lab = open(LabZone.builder()
                            .text("shop.test", "hello")
                            .behavior("shop.test", "MX", DnsBehavior.SPOOFED));
                    var resolver = new MailResolver(settings(lab.address()))) {
                assertEquals(Route.NO_MAIL, resolver.route(SHOP).route());
                assertEquals(1, lab.queries("shop.test", "MX"));
            }
        }

        @Test
        void isServfailForLoopsAndLongChainsOfAliases() throws IOException {
            assertEquals(
                    Route.DNS_SERVFAIL,
                    route(LabZone.builder()
                                    .mx("shop.test", 10, "a.test")
                                    .alias("a.test", "b.test")
                                    .alias("b.test", "a.test"))
                            .route());
            assertEquals(Route.DNS_SERVFAIL, route(chain(12)).route());
            assertEquals(11, host(chain(11)).aliases().size());
        }

        @Test
        void endsWhenItsThreadIsInterrupted() throws Exception {
            try (var silent = new DatagramSocket(0, LOOPBACK);
                    var resolver = new MailResolver(new ResolverSettings(
                            List.of((InetSocketAddress) silent.getLocalSocketAddress()),
                            Duration.ofSeconds(60),
                            2,
                            10));
                    var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var asking =
                        threads.submit(() -> assertThrows(CancellationException.class, () -> resolver.route(SHOP)));
                silent.receive(new DatagramPacket(new byte[512], 512));
                threads.shutdownNow();
                assertEquals(
                        "interrupted while waiting for a DNS answer",
                        asking.get().getMessage());
            }
        }

        private static LabZone.Builder chain(int aliases) {
            var zone = LabZone.builder().mx("shop.test", 10, "a0.test").address("a" + aliases + ".test", "192.0.2.1");
            for (int i = 0; i < aliases; i++) zone.alias("a" + i + ".test", "a" + (i + 1) + ".test");
            return zone;
        }
    }

    @Nested
    class SeveralResolvers {

        private final LabZone.Builder good =
                LabZone.builder().mx("shop.test", 10, "mx.test").address("mx.test", "192.0.2.1");

        @Test
        void tolerateAFirstOneWithAClosedPort() throws IOException {
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
        void tolerateASilentFirstOneAndThenPreferTheOther() throws IOException {
            try (var silent = open(LabZone.builder()
                            .behavior("shop.test", DnsBehavior.SILENT)
                            .behavior("mx.test", DnsBehavior.SILENT));
                    var lab = open(good);
                    var resolver = new MailResolver(settings(silent.address(), lab.address()))) {
                assertEquals(Route.MX, resolver.route(SHOP).route());
                assertEquals(1, silent.queryCount());
            }
        }

        @Test
        void tolerateAFirstOneThatRefusesUs() throws IOException {
            try (var refusing = open(LabZone.builder().behavior("shop.test", DnsBehavior.REFUSED));
                    var lab = open(good);
                    var resolver = new MailResolver(settings(refusing.address(), lab.address()))) {
                assertEquals(Route.MX, resolver.route(SHOP).route());
            }
        }

        @Test
        void tolerateAFirstOneWhoseAnswersCannotBeRead() throws IOException {
            try (var broken = open(LabZone.builder()
                            .mx("shop.test", 10, "mx.test")
                            .behavior("shop.test", DnsBehavior.MALFORMED));
                    var lab = open(good);
                    var resolver = new MailResolver(settings(broken.address(), lab.address()))) {
                assertEquals(Route.MX, resolver.route(SHOP).route());
            }
        }

        @Test
        void failTogetherAsTimeoutIfNoneAnswers() throws IOException {
            try (var one = open(LabZone.builder().behavior("shop.test", DnsBehavior.SILENT));
                    var two = open(LabZone.builder().behavior("shop.test", DnsBehavior.SILENT));
                    var resolver = new MailResolver(settings(one.address(), two.address()))) {
                assertEquals(Route.DNS_TIMEOUT, resolver.route(SHOP).route());
            }
        }
    }
}
