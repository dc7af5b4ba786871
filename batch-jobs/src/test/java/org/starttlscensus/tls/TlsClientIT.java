package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.tls.Handshakes.CHAIN;
import static org.starttlscensus.tls.Handshakes.KEY;
import static org.starttlscensus.tls.Handshakes.failed;
import static org.starttlscensus.tls.Handshakes.finished;
import static org.starttlscensus.tls.Handshakes.say;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.tls.NamedGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.TlsFailure.Detail;

/** Real handshakes on loopback with two kinds of servers: the JDK's and Bouncy Castle's. */
class TlsClientIT {

    private static final int DHE_RSA_WITH_AES_128_GCM_SHA256 = 0x009e;

    private final Handshakes handshakes = new Handshakes();

    @AfterEach
    void hangUp() throws IOException {
        handshakes.close();
    }

    @Nested
    class WithTheJdksServer {

        @ParameterizedTest
        @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
        void finishesAndExchangesData(String version) throws Exception {
            try (var server = jdkServer(version)) {
                var finished = finished(handshakes.handshake(server.port()));
                assertEquals(version, finished.session().version().label());
                assertEquals(CHAIN, finished.session().chain());
                assertEquals(Offer.standard().id(), finished.session().offerId());
                assertFalse(finished.session().clientCertificateRequested());
                assertEquals("hello\n", say(finished.connection(), "hello\n"));
                finished.connection().closeNotify();
                assertEquals(Optional.empty(), finished.connection().failure());
            }
        }

        @Test
        void manyHandshakesShowTheCostOfOne() throws Exception {
            try (var server = jdkServer("TLSv1.3")) {
                for (int i = 0; i < 200; i++)
                    finished(handshakes.handshake(server.port())).connection().closeNotify();
                var cpu = ManagementFactory.getThreadMXBean();
                var started = cpu.getCurrentThreadCpuTime();
                for (int i = 0; i < 300; i++)
                    finished(handshakes.handshake(server.port())).connection().closeNotify();
                var each = Duration.ofNanos((cpu.getCurrentThreadCpuTime() - started) / 300);
                System.out.printf("CPU of one handshake of ours: %.2f ms%n", each.toNanos() / 1e6);
                assertTrue(each.toMillis() < 100, () -> each.toString());
            }
        }
    }

    @Nested
    class WithBouncyCastlesServer {

        @Test
        void agreesOnTheHybridGroup() throws IOException {
            try (var server = BouncyServer.tls13(KEY, CHAIN, NamedGroup.X25519MLKEM768)) {
                var finished = finished(handshakes.handshake(server.port()));
                assertEquals(Optional.of("X25519MLKEM768"), finished.session().keyExchangeGroup());
                assertEquals("TLS_AES_128_GCM_SHA256", finished.session().cipherSuite());
                assertEquals("hello\n", say(finished.connection(), "hello\n"));
            }
        }

        @Test
        void keepsAHundredCertificatesWithAnyContent() throws IOException {
            var chain = new ArrayList<>(CHAIN);
            chain.addAll(Collections.nCopies(99, Octets.of("no certificate")));
            try (var server = BouncyServer.tls13(KEY, chain, NamedGroup.x25519)) {
                assertEquals(
                        chain,
                        finished(handshakes.handshake(server.port())).session().chain());
            }
        }

        @Test
        void refusesOneCertificateMore() throws IOException {
            var chain = Collections.nCopies(101, CHAIN.getFirst());
            try (var server = BouncyServer.tls13(KEY, chain, NamedGroup.x25519)) {
                assertEquals(
                        Detail.TOO_MANY_CERTIFICATES,
                        failed(handshakes.handshake(server.port())).detail());
            }
        }

        @Test
        void refusesMoreOctetsThanAHandshakeMayHave() throws IOException {
            var chain = List.of(CHAIN.getFirst(), Octets.of(new byte[256 * 1024]));
            try (var server = BouncyServer.tls13(KEY, chain, NamedGroup.x25519)) {
                assertEquals(
                        Detail.BYTES,
                        failed(handshakes.handshake(server.port())).detail());
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {16_385, 32_768})
        void refusesAnRsaKeyBeyondTheLimitBeforeComputing(int bits) throws IOException {
            var modulus = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE);
            try (var server =
                    BouncyServer.tls13(KEY, claiming(modulus, BigInteger.valueOf(65_537)), NamedGroup.x25519)) {
                assertEquals(
                        Detail.KEY_TOO_LARGE, failed(quickly(server.port())).detail());
            }
        }

        @Test
        void refusesAnExponentThatWouldTakeSeconds() throws IOException {
            var modulus = BigInteger.ONE.shiftLeft(16_383).add(BigInteger.ONE);
            var exponent = BigInteger.ONE.shiftLeft(64).add(BigInteger.ONE);
            try (var server = BouncyServer.tls13(KEY, claiming(modulus, exponent), NamedGroup.x25519)) {
                assertEquals(
                        Detail.KEY_TOO_LARGE, failed(quickly(server.port())).detail());
            }
        }

        @Test
        void computesWithAKeyAtTheLimitInTime() throws IOException {
            var modulus = BigInteger.ONE.shiftLeft(16_383).add(BigInteger.ONE);
            try (var server =
                    BouncyServer.tls13(KEY, claiming(modulus, BigInteger.valueOf(65_537)), NamedGroup.x25519)) {
                assertEquals(Detail.ALERT, failed(quickly(server.port())).detail(), "the signature cannot be right");
            }
        }

        @Test
        void refusesADiffieHellmanGroupBeyondTheLimit() throws IOException {
            var prime = BigInteger.ONE.shiftLeft(10_001).subtract(BigInteger.ONE);
            try (var server = BouncyServer.tls12(KEY, CHAIN, DHE_RSA_WITH_AES_128_GCM_SHA256, prime)) {
                assertEquals(
                        Detail.KEY_TOO_LARGE,
                        failed(handshakes.handshake(server.port())).detail());
            }
        }

        @Test
        void computesInAGroupAtTheLimitInTime() throws IOException {
            var prime = BigInteger.ONE.shiftLeft(10_000).subtract(BigInteger.ONE);
            try (var server = BouncyServer.tls12(KEY, CHAIN, DHE_RSA_WITH_AES_128_GCM_SHA256, prime)) {
                var session = finished(handshakes.handshake(server.port())).session();
                assertEquals(Optional.of("dh-10000"), session.keyExchangeGroup());
            }
        }

        private static List<Octets> claiming(BigInteger modulus, BigInteger exponent) throws IOException {
            var key = new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption), new RSAPublicKey(modulus, exponent));
            return List.of(TestCertificates.certificate(key, KEY.getPrivate(), "mx.example.org"));
        }

        private Handshake quickly(int port) throws IOException {
            var started = System.nanoTime();
            var handshake = handshakes.handshake(port);
            var took = Duration.ofNanos(System.nanoTime() - started);
            assertTrue(took.toMillis() < 1_500, () -> "took " + took);
            return handshake;
        }
    }

    private static LoopbackServer jdkServer(String version) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        var certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(CHAIN.getFirst().toArray()));
        store.setKeyEntry("server", KEY.getPrivate(), new char[0], new java.security.cert.Certificate[] {certificate});
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return new LoopbackServer(connection -> {
            connection.setTcpNoDelay(true);
            var encrypted = (SSLSocket) context.getSocketFactory().createSocket(connection, null, true);
            encrypted.setUseClientMode(false);
            encrypted.setEnabledProtocols(new String[] {version});
            var line = encrypted.getInputStream().readNBytes(6);
            encrypted.getOutputStream().write(line);
            encrypted.getInputStream().transferTo(OutputStream.nullOutputStream());
        });
    }
}
