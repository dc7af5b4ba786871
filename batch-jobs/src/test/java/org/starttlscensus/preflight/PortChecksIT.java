package org.starttlscensus.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.settings.Canary;
import org.starttlscensus.settings.SourceAddress;

/** Calls to canaries: a greeting and QUIT, and nothing else. */
class PortChecksIT {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final PortCall QUICK = new PortCall(Duration.ofMillis(500), Duration.ofMillis(500));
    private static final SourceAddress SOURCE =
            new SourceAddress(Address.of("127.0.0.1"), new Hostname("census.example.org"), false);
    private static final Canary CANARY = new Canary.AddressedCanary(Address.of("127.0.0.1"));

    /** Says its greeting at once, waits for what the caller says, answers, and closes. */
    private static final class Greeter implements AutoCloseable {

        private final ServerSocket server;
        private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();

        Greeter(String greeting) throws IOException {
            server = new ServerSocket(0, 5, LOOPBACK);
            Thread.ofVirtual().start(() -> serve(greeting));
        }

        int port() {
            return server.getLocalPort();
        }

        private void serve(String greeting) {
            while (!server.isClosed()) {
                try (var socket = server.accept()) {
                    socket.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
                    if (greeting.isEmpty()) continue;
                    var said = new StringBuilder();
                    for (int octet = socket.getInputStream().read();
                            octet >= 0;
                            octet = socket.getInputStream().read()) {
                        said.append((char) octet);
                        if (octet == '\n')
                            socket.getOutputStream().write("221 bye\r\n".getBytes(StandardCharsets.US_ASCII));
                    }
                    heard.add(said.toString());
                } catch (IOException gone) {
                    // The next one.
                }
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"220 mx ESMTP\\r\\n", "220-wait\\r\\n220 mx\\r\\n", "554 no\\r\\n", "220\\n"})
    void anyGreetingShowsThatCallsGetOut(String greeting) throws Exception {
        try (var greeter = new Greeter(greeting.replace("\\r", "\r").replace("\\n", "\n"))) {
            var finding = new PortChecks(QUICK, greeter.port())
                    .outgoing(List.of(SOURCE), List.of(CANARY), Optional.empty())
                    .getFirst();
            assertEquals(PreflightSeverity.FINE, finding.severity(), finding::toString);
            assertEquals("QUIT\r\n", greeter.heard.poll(10, TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'',               it closed the connection without a greeting",
        "220-never ends,   'it took the connection, and sent no greeting within 0 s'"
    })
    void withoutOneItIsSaidWhatHappened(String greeting, String seen) throws Exception {
        try (var greeter = new Greeter(greeting)) {
            assertEquals(
                    Optional.of(seen),
                    QUICK.failure(Optional.empty(), new InetSocketAddress(LOOPBACK, greeter.port())));
        }
    }

    @Test
    void aPeerThatTalksForEverIsCutOff() throws Exception {
        try (var greeter = new Greeter("x".repeat(5_000))) {
            assertTrue(QUICK.failure(Optional.empty(), new InetSocketAddress(LOOPBACK, greeter.port()))
                    .orElseThrow()
                    .contains("4,096 octets"));
        }
    }

    @Test
    void aRefusedPortIsRefusedWithTheCloudsThatBlockIt() throws Exception {
        int closed;
        try (var socket = new ServerSocket(0, 1, LOOPBACK)) {
            closed = socket.getLocalPort();
        }
        var ports = new PortChecks(QUICK, closed);
        var finding = ports.outgoing(List.of(SOURCE), List.of(CANARY), Optional.empty())
                .getFirst();
        assertEquals(PreflightSeverity.REFUSE, finding.severity());
        assertEquals("no call over IPv4 gets out: 127.0.0.1 (127.0.0.1): it refused the connection", finding.seen());
        assertTrue(finding.toDo().contains("Hetzner"), finding::toDo);
        var own = ports.own(SOURCE);
        assertEquals(PreflightSeverity.WARN, own.severity(), own::toString);
    }

    @Test
    void oneCanaryThatAnswersIsEnough() throws Exception {
        try (var greeter = new Greeter("220 mx\r\n")) {
            var gone = new Canary.AddressedCanary(Address.of("127.99.99.99"));
            var finding = new PortChecks(QUICK, greeter.port())
                    .outgoing(List.of(SOURCE), List.of(gone, CANARY), Optional.empty())
                    .getFirst();
            assertEquals(PreflightSeverity.FINE, finding.severity(), finding::toString);
        }
    }

    @Test
    void withoutACanaryNobodyKnows() {
        var ports = new PortChecks(QUICK, 25);
        assertEquals(
                PreflightSeverity.REFUSE,
                ports.outgoing(List.of(SOURCE), List.of(), Optional.empty())
                        .getFirst()
                        .severity());
        var six = new SourceAddress(Address.of("::1"), new Hostname("census.example.org"), false);
        assertEquals(
                PreflightSeverity.WARN,
                ports.outgoing(List.of(six), List.of(CANARY), Optional.empty())
                        .getFirst()
                        .severity());
    }
}
