package org.starttlscensus.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.smtp.Deadlines;
import org.starttlscensus.smtp.ScriptedMailServer;
import org.starttlscensus.smtp.ScriptedSession;
import org.starttlscensus.smtp.TestTls;

@DisplayName("The prober")
@Timeout(60)
class ProberIT {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final AddressGate OPEN = _ -> Optional.empty();

    @Test
    void callsAnEndpoint() throws Exception {
        try (var server = ScriptedMailServer.with(ScriptedSession::behave)) {
            var facts = prober(server.target().getPort(), OPEN).call(server.endpoint(), NOW, _ -> {});
            assertEquals(Ending.COMPLETED, facts.ending());
            assertEquals(server.endpoint(), facts.endpoint());
            assertEquals(NOW, facts.startedAt());
            assertEquals(
                    "EHLO census.example.org\r\n", server.session().commands().getFirst());
        }
    }

    @Test
    void callsFromTheAddressItIsGiven() throws Exception {
        try (var server = ScriptedMailServer.with(ScriptedSession::behave)) {
            var facts = prober(server.target().getPort(), Optional.of("127.77.0.9"), OPEN)
                    .call(server.endpoint(), NOW, _ -> {});
            assertEquals(Optional.of(Address.of("127.77.0.9")), facts.source());
        }
    }

    @Nested
    class CallsNobody {

        @Test
        void whoseAddressTheGateBlocks() throws Exception {
            try (var server = ScriptedMailServer.with(ScriptedSession::behave)) {
                var checked = new ArrayList<Address>();
                AddressGate shut = address -> {
                    checked.add(address);
                    return Optional.of("127.0.0.0/8 Loopback");
                };
                var facts = prober(server.target().getPort(), shut).call(server.endpoint(), NOW, _ -> {});
                assertUnsent(Ending.NOT_CALLABLE, facts);
                assertEquals(Optional.of("127.0.0.0/8 Loopback"), facts.detail());
                assertEquals(List.of(Address.of("127.0.0.1")), checked);
                assertEquals(0, server.waiting());
            }
        }

        @Test
        void afterThePermitHasExpired() throws Exception {
            try (var server = ScriptedMailServer.with(ScriptedSession::behave)) {
                var prober = prober(server.target().getPort(), OPEN);
                var facts = prober.call(server.endpoint(), NOW.minusMillis(1), _ -> {});
                assertUnsent(Ending.NOT_DIALLED, facts);
                assertFalse(facts.dialled());
                assertEquals(0, server.waiting());
            }
        }

        /**
         * A socket that is bound to one family and connects to the other fails in ways that differ between kernels.
         */
        @ParameterizedTest
        @CsvSource({"127.0.0.1, ::1, we call from 127.0.0.1 only", "::1, 127.0.0.1, we call from ::1 only"})
        void ofAnIpVersionThatOurAddressDoesNotHave(String source, String address, String reason) {
            var facts = prober(25, Optional.of(source), OPEN).call(endpoint(address), NOW, _ -> {});
            assertUnsent(Ending.NO_FAMILY, facts);
            assertFalse(facts.dialled());
            assertEquals(Optional.of(reason), facts.detail());
        }

        @Test
        void ifTheGateItselfFails() throws Exception {
            try (var server = ScriptedMailServer.with(ScriptedSession::behave)) {
                var facts = prober(server.target().getPort(), _ -> {
                            throw new IllegalStateException("no table");
                        })
                        .call(server.endpoint(), NOW, _ -> {});
                assertUnsent(Ending.BROKEN_OFF, facts);
                assertEquals(0, server.waiting());
            }
        }

        private void assertUnsent(Ending ending, Observation facts) {
            assertEquals(ending, facts.ending());
            assertEquals(CallPhase.CONNECT, facts.phase());
            assertEquals(NOW, facts.startedAt());
            assertEquals(Optional.empty(), facts.source());
        }
    }

    @Nested
    class TellsApart {

        @Test
        void aPeerThatRefuses() throws Exception {
            int port;
            try (var closed = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                port = closed.getLocalPort();
            }
            var facts = prober(port, OPEN).call(endpoint("127.0.0.1"), NOW, _ -> {});
            assertEquals(Ending.REFUSED + " " + CallPhase.CONNECT, facts.ending() + " " + facts.phase());
            assertTrue(facts.dialled());
        }

        /** A full backlog drops our SYN, as a silent host does. */
        @Test
        void aPeerThatDoesNotAnswer() throws Exception {
            try (var full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
                var fillers = new ArrayList<java.nio.channels.SocketChannel>();
                try {
                    for (int i = 0; i < 4; i++) {
                        var filler = java.nio.channels.SocketChannel.open();
                        filler.configureBlocking(false);
                        filler.connect(full.getLocalSocketAddress());
                        fillers.add(filler);
                    }
                    var settings = settings(
                            full.getLocalPort(),
                            Optional.empty(),
                            Deadlines.ordinary().scaled(0.02));
                    var facts = prober(settings, OPEN).call(endpoint("127.0.0.1"), NOW, _ -> {});
                    assertEquals(Ending.TIMED_OUT + " " + CallPhase.CONNECT, facts.ending() + " " + facts.phase());
                    assertEquals(Optional.of("the deadline of phase connect passed: PT0.6S"), facts.detail());
                } finally {
                    for (var filler : fillers) filler.close();
                }
            }
        }

        @Test
        void aSourceAddressThatThisMachineDoesNotHave() {
            var facts = prober(25, Optional.of("192.0.2.1"), OPEN).call(endpoint("127.0.0.1"), NOW, _ -> {});
            assertEquals(Ending.LOCAL_ERROR, facts.ending());
            assertEquals(Optional.of("BindException: Cannot assign requested address"), facts.detail());
        }

        @Test
        void aBugOfOursWithTheFactsSoFar() throws Exception {
            try (var server = ScriptedMailServer.with(session -> {
                session.send("220 mx\r\n").readCommand();
                session.send(ScriptedSession.EHLO_WITH_STARTTLS).readCommand();
                session.send("220 go\r\n").awaitEnd();
            })) {
                var facts = new Prober(
                                settings(server.target().getPort(), Optional.empty(), Deadlines.ordinary()),
                                OPEN,
                                _ -> (_, _) -> {
                                    throw new IllegalArgumentException("a peer's words");
                                },
                                InstantSource.fixed(NOW))
                        .call(server.endpoint(), NOW, _ -> {});
                assertEquals(Ending.BROKEN_OFF + " " + CallPhase.HANDSHAKE, facts.ending() + " " + facts.phase());
                assertTrue(facts.ehlo().isPresent() && facts.received() > 0);
                assertTrue(facts.detail().orElseThrow().startsWith("java.lang.IllegalArgumentException at "));
                assertFalse(facts.detail().orElseThrow().contains("peer's"));
            }
        }

        @Test
        void anInterruptOfOurs() throws Exception {
            var called = new CountDownLatch(1);
            try (var server = ScriptedMailServer.with(session -> {
                called.countDown();
                session.awaitEnd();
            })) {
                var prober = prober(server.target().getPort(), OPEN);
                var call = new FutureTask<>(() -> prober.call(server.endpoint(), NOW, _ -> {}));
                var thread = Thread.ofVirtual().start(call);
                called.await();
                thread.interrupt();
                assertEquals(Ending.BROKEN_OFF, call.get(10, TimeUnit.SECONDS).ending());
            }
        }
    }

    @Nested
    class IsNotSetUp {

        @ParameterizedTest
        @ValueSource(strings = {"", "census.example.org\r\nMAIL FROM:<>", "census example", "[", "caf\u00e9.example"})
        void withAnInvalidEhloName(String ehloName) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new ProbeSettings(25, Optional.empty(), ehloName, Deadlines.ordinary(), _ -> false));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, -1, 65_536})
        void withAnInvalidPort(int port) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new ProbeSettings(
                            port, Optional.empty(), "census.example.org", Deadlines.ordinary(), _ -> false));
        }
    }

    /** The wall clock steps by an hour in either direction during a call. */
    @ParameterizedTest
    @ValueSource(longs = {-3_600, 3_600})
    void measuresDurationsByTheMonotonicClock(long seconds) throws Exception {
        var instants = new ArrayList<>(List.of(NOW, NOW.plusSeconds(seconds)));
        InstantSource jumping = () -> instants.size() > 1 ? instants.removeFirst() : instants.getFirst();
        try (var server = ScriptedMailServer.with(ScriptedSession::behave)) {
            var facts = new Prober(
                            settings(server.target().getPort(), Optional.empty(), Deadlines.ordinary()),
                            OPEN,
                            _ -> new TestTls(),
                            jumping)
                    .call(server.endpoint(), NOW, _ -> {});
            assertEquals(Ending.COMPLETED, facts.ending());
            assertTrue(
                    facts.took().values().stream()
                            .allMatch(took -> !took.isNegative() && took.compareTo(Duration.ofSeconds(20)) < 0),
                    () -> "" + facts.took());
        }
    }

    private static Endpoint endpoint(String address) {
        return new Endpoint(new Hostname("mx.example.org"), Address.of(address));
    }

    private static Prober prober(int port, AddressGate gate) {
        return prober(port, Optional.empty(), gate);
    }

    private static Prober prober(int port, Optional<String> source, AddressGate gate) {
        return prober(settings(port, source.map(Address::of), Deadlines.ordinary()), gate);
    }

    private static Prober prober(ProbeSettings settings, AddressGate gate) {
        return new Prober(settings, gate, _ -> new TestTls(), InstantSource.fixed(NOW));
    }

    private static ProbeSettings settings(int port, Optional<Address> source, Deadlines deadlines) {
        return new ProbeSettings(port, source, "census.example.org", deadlines, _ -> false);
    }
}
