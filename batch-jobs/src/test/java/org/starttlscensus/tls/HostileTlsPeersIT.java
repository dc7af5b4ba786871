package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FilterInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsFailure.Detail;

/** Servers made with TLS-Attacker: every handshake ends in time, costs little, and has the expected failure. */
class HostileTlsPeersIT {

    private static final Duration DEADLINE = Duration.ofSeconds(4);
    /** The deadline for peers that would never end. */
    private static final Duration SOON = Duration.ofSeconds(2);
    /** Generous for a busy machine; other tests check the call's own deadline. */
    private static final Duration LATE = Duration.ofSeconds(6);

    private static final Duration COMPUTING = Duration.ofSeconds(2);

    @ParameterizedTest
    @EnumSource(HostileTlsPeer.class)
    void endsInTimeAndAsExpected(HostileTlsPeer peer) throws IOException {
        var cpu = ManagementFactory.getThreadMXBean();
        try (var server = peer.open();
                var connection = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            var computedBefore = cpu.getCurrentThreadCpuTime();
            var started = System.nanoTime();
            var deadline = peer.detail() == Detail.TIMEOUT ? SOON : DEADLINE;
            var failure = failure(connection, deadline);
            var took = Duration.ofNanos(System.nanoTime() - started);
            var computed = Duration.ofNanos(cpu.getCurrentThreadCpuTime() - computedBefore);
            System.out.printf(
                    "%-40s %-22s after %-20s %5d ms, CPU %4d ms%n",
                    peer,
                    failure.map(found -> found.detail().label()).orElse("-"),
                    failure.flatMap(TlsFailure::after).map(Enum::name).orElse("-"),
                    took.toMillis(),
                    computed.toMillis());
            assertEquals(Optional.of(peer.detail()), failure.map(TlsFailure::detail), () -> failure.toString());
            assertTrue(took.compareTo(deadline.plus(LATE)) < 0, took::toString);
            assertTrue(computed.compareTo(COMPUTING) < 0, computed::toString);
        }
    }

    @Test
    void areAtLeastThirtyAndMeetMostDetails() {
        assertTrue(HostileTlsPeer.values().length >= 30);
        for (var detail : Detail.values()) {
            // The limits on keys and octets apply first, so no message here makes us compute for two seconds.
            if (detail == Detail.CPU) continue;
            assertTrue(Arrays.stream(HostileTlsPeer.values()).anyMatch(peer -> peer.detail() == detail), detail::label);
        }
    }

    private static Optional<TlsFailure> failure(Socket connection, Duration deadline) throws IOException {
        var handshake = new TlsClient(Offer.standard(), HandshakeLimits.contract())
                .handshake(
                        new Deadlined(connection, System.nanoTime() + deadline.toNanos()),
                        connection.getOutputStream(),
                        new Hostname("mx.example.org"));
        return switch (handshake) {
            case Handshake.Failed(var failure) -> Optional.of(failure);
            case Handshake.Finished(var _, var session) -> {
                try {
                    session.output().write("EHLO probe.example.org\r\n".getBytes(StandardCharsets.US_ASCII));
                    session.output().flush();
                    session.input().read();
                } catch (IOException broken) {
                    // The session knows why.
                }
                yield session.failure();
            }
        };
    }

    /** Enforces a deadline for all reads together, as the streams of a call do. */
    private static final class Deadlined extends FilterInputStream {

        private final Socket connection;
        private final long until;

        Deadlined(Socket connection, long until) throws IOException {
            super(connection.getInputStream());
            this.connection = connection;
            this.until = until;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            var left = (until - System.nanoTime()) / 1_000_000;
            if (left < 1) throw new SocketTimeoutException();
            connection.setSoTimeout((int) left);
            return in.read(into, offset, length);
        }
    }
}
