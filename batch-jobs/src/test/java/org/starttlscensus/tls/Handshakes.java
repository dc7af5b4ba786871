package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.TlsFailure;

/** Does handshakes with servers on loopback. Closing it closes the connections that are still open. */
final class Handshakes implements AutoCloseable {

    static final KeyPair KEY = TestCertificates.rsaKey(2048);
    static final List<Octets> CHAIN = List.of(TestCertificates.named(KEY, "mx.example.org", "mx.example.org"));

    private static final int DEADLINE_MILLIS = 10_000;

    private final TlsClient client;
    private final List<Socket> connections = new ArrayList<>();

    Handshakes() {
        this(Offer.standard());
    }

    Handshakes(Offer offer) {
        this.client = new TlsClient(offer, HandshakeLimits.contract());
    }

    Handshake handshake(int port) throws IOException {
        var connection = new Socket(InetAddress.getLoopbackAddress(), port);
        connections.add(connection);
        connection.setTcpNoDelay(true);
        connection.setSoTimeout(DEADLINE_MILLIS);
        return client.handshake(
                connection.getInputStream(), connection.getOutputStream(), new Hostname("mx.example.org"));
    }

    static Handshake.Finished finished(Handshake handshake) {
        return assertInstanceOf(Handshake.Finished.class, handshake);
    }

    static TlsFailure failed(Handshake handshake) {
        return assertInstanceOf(Handshake.Failed.class, handshake).failure();
    }

    /** The answer; empty if the session failed, and then the connection knows why. */
    static String say(TlsConnection connection, String line) {
        try {
            connection.output().write(line.getBytes(StandardCharsets.US_ASCII));
            connection.output().flush();
            return new String(connection.input().readNBytes(line.length()), StandardCharsets.US_ASCII);
        } catch (IOException broken) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        for (var connection : connections) connection.close();
    }
}
