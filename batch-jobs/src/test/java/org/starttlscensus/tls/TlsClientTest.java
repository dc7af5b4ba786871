package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.HandshakeMessage;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsFailure.Detail;

/** The failures of handshakes that never finish. The peers are octets; there are no sockets. */
class TlsClientTest {

    private static final Hostname NAME = new Hostname("mx.example.org");

    @Nested
    class WhenTheConnectionFails {

        @Test
        void anEndIsClosed() {
            assertEquals(failure(Detail.CLOSED), shake(InputStream.nullInputStream()));
        }

        @Test
        void anEndWithinARecordIsClosed() {
            assertEquals(failure(Detail.CLOSED), shake(octets("16030300ff0200")));
        }

        @Test
        void aResetIsClosed() {
            assertEquals(failure(Detail.CLOSED), shake(failing(new SocketException("Connection reset"))));
        }

        @Test
        void aPassedDeadlineIsATimeout() {
            assertEquals(failure(Detail.TIMEOUT), shake(failing(new SocketTimeoutException())));
        }

        @Test
        void aPassedDeadlineWhileSendingIsATimeout() {
            var deaf = new OutputStream() {
                @Override
                public void write(int octet) throws IOException {
                    throw new SocketTimeoutException();
                }
            };
            assertEquals(
                    failure(Detail.TIMEOUT),
                    failureOf(client(HandshakeLimits.contract()).handshake(octets("15030300020228"), deaf, NAME)));
        }
    }

    @Nested
    class WhenThePeerRefuses {

        @Test
        void aFatalAlertIsKept() {
            assertEquals(alert(Detail.ALERT, true, 40, "handshake_failure"), shake(octets("15030300020228")));
        }

        @Test
        void protocolVersionIsItsOwnDetail() {
            assertEquals(alert(Detail.VERSION, true, 70, "protocol_version"), shake(octets("15030300020246")));
        }

        @Test
        void anAlertWithoutANameHasItsNumber() {
            assertEquals(alert(Detail.ALERT, true, 200, "0x00C8"), shake(octets("150303000202c8")));
        }

        @Test
        void aCloseNotifyInsteadOfAHandshakeIsClosed() {
            assertEquals(failure(Detail.CLOSED), shake(octets("15030300020100")));
        }

        @Test
        void aWarningIsNoRefusal() {
            assertEquals(
                    alert(Detail.ALERT, true, 40, "handshake_failure"),
                    shake(octets("15030300020170" + "15030300020228")));
        }

        @Test
        void aVersionThatWeDoNotOfferIsRefusedByUs() {
            var failure = shake(serverHello("0300"));
            assertEquals(Optional.of(new TlsAlert(false, 70, "protocol_version")), failure.alert());
            assertEquals(Detail.VERSION, failure.detail());
            assertEquals(Optional.of(HandshakeMessage.SERVER_HELLO), failure.after());
        }
    }

    @Nested
    class WhenThePeerTalksNonsense {

        @Test
        void plainTextEndsWithAnAlertOfOurs() {
            assertEquals(
                    Detail.ALERT, shake(text("220 mx.example.org ESMTP\r\n")).detail());
        }

        @Test
        void noOctetsMakeItThrow() {
            var random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
            for (int i = 0; i < 500; i++) {
                var noise = new byte[random.nextInt(1, 600)];
                random.nextBytes(noise);
                if (i % 2 == 0)
                    System.arraycopy(HexFormat.of().parseHex("160303"), 0, noise, 0, Math.min(3, noise.length));
                shake(new ByteArrayInputStream(noise));
            }
        }
    }

    @Nested
    class WhenThePeerCostsTooMuch {

        @Test
        void octetsAreCounted() {
            var endless = new Repeated(HexFormat.of().parseHex("1603030400" + "0b03ffff".concat("00".repeat(1020))));
            assertEquals(Detail.BYTES, shake(endless).detail());
            assertEquals(0, (endless.served - 256 * 1024) / 4096, "octets read: " + endless.served);
        }

        @Test
        void aMessageThatAnnouncesSixteenMegabytesHasTheSameLimit() {
            var announced = new Repeated(HexFormat.of().parseHex("1603030400" + "0bffffff".concat("00".repeat(1020))));
            assertEquals(Detail.BYTES, shake(announced).detail());
        }

        @Test
        void aStormOfWarningsEnds() {
            assertEquals(
                    Detail.BYTES,
                    shake(new Repeated(HexFormat.of().parseHex("1503030002015a")))
                            .detail());
        }

        @Test
        void computingIsLimited() {
            var none = new HandshakeLimits(Duration.ZERO, 10_000, 16_384, 100, 256 * 1024);
            assertEquals(
                    failure(Detail.CPU),
                    failureOf(client(none).handshake(octets(""), new ByteArrayOutputStream(), NAME)));
        }

        @Test
        void waitingIsNotComputing() {
            var guard = new ConnectionGuard(
                    Offer.standard().id(), HandshakeLimits.contract(), new CarrierCpuClock(() -> 1, new Ticking()));
            var waited = new GuardedInputStream(
                    text("x".repeat(50)), new GuardedOutputStream(new ByteArrayOutputStream(), guard), guard);
            try {
                guard.resume();
                waited.read();
                waited.read();
                assertEquals(Optional.empty(), guard.failure());
                waited.read();
            } catch (IOException third) {
                assertEquals(Optional.of(failure(Detail.CPU)), guard.failure());
                return;
            }
            throw new AssertionError("three seconds of computing went unnoticed");
        }
    }

    /** A clock that advances by a second at each reading. */
    private static final class Ticking implements LongSupplier {

        private long now;

        @Override
        public long getAsLong() {
            return now += Duration.ofSeconds(1).toNanos();
        }
    }

    /** Repeats the same record without end. */
    @SuppressWarnings("InputStreamSlowMultibyteRead") // a few records, where speed does not matter
    private static final class Repeated extends InputStream {
        private final byte[] octets;
        private int served;

        Repeated(byte[] octets) {
            this.octets = octets;
        }

        @Override
        public int read() {
            return octets[served++ % octets.length] & 0xff;
        }
    }

    private static ByteArrayInputStream serverHello(String version) {
        return octets("160300002a" + "02000026" + version + "00".repeat(32) + "00" + "002f" + "00");
    }

    private static TlsFailure shake(InputStream peer) {
        return failureOf(client(HandshakeLimits.contract()).handshake(peer, new ByteArrayOutputStream(), NAME));
    }

    private static TlsClient client(HandshakeLimits limits) {
        return new TlsClient(Offer.standard(), limits);
    }

    private static TlsFailure failureOf(Handshake handshake) {
        return switch (handshake) {
            case Handshake.Failed(var failure) -> failure;
            case Handshake.Finished finished -> throw new AssertionError("finished: " + finished);
        };
    }

    private static TlsFailure failure(Detail detail) {
        return new TlsFailure(
                detail,
                Optional.empty(),
                false,
                Optional.of(HandshakeMessage.CLIENT_HELLO),
                Optional.of(Offer.standard().id()));
    }

    private static TlsFailure alert(Detail detail, boolean received, int code, String name) {
        return new TlsFailure(
                detail,
                Optional.of(new TlsAlert(received, code, name)),
                false,
                Optional.of(HandshakeMessage.CLIENT_HELLO),
                Optional.of(Offer.standard().id()));
    }

    private static ByteArrayInputStream octets(String hex) {
        return new ByteArrayInputStream(HexFormat.of().parseHex(hex));
    }

    private static ByteArrayInputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static InputStream failing(IOException failure) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw failure;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw failure;
            }
        };
    }
}
