package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
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
import org.bouncycastle.asn1.pkcs.DHParameter;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.crypto.DHStandardGroups;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsFailure.Detail;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.fact.TlsVersion;

/** Real handshakes on loopback with servers of three makes: the JDK's, OpenSSL's, and Bouncy Castle's own. */
class TlsClientIT {

    private static final int DEADLINE_MILLIS = 10_000;
    private static final int DHE_RSA_WITH_AES_128_GCM_SHA256 = 0x009e;
    private static final KeyPair KEY = TestCertificates.rsaKey(2048);
    private static final List<Octets> CHAIN = List.of(TestCertificates.named(KEY, "mx.example.org", "mx.example.org"));

    private final TlsClient client = new TlsClient(Offer.standard(), HandshakeLimits.contract());
    private final List<Socket> connections = new ArrayList<>();

    @TempDir
    Path directory;

    @AfterEach
    void hangUp() throws IOException {
        for (var connection : connections) connection.close();
    }

    @Nested
    class WithTheJdksServer {

        @ParameterizedTest
        @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
        void finishesAndTalks(String version) throws Exception {
            try (var server = jdkServer(version)) {
                var finished = finished(shake(server.port()));
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
        void manyHandshakesShowWhatOneCosts() throws Exception {
            try (var server = jdkServer("TLSv1.3")) {
                for (int i = 0; i < 200; i++) finished(shake(server.port())).connection().closeNotify();
                var cpu = ManagementFactory.getThreadMXBean();
                var started = cpu.getCurrentThreadCpuTime();
                for (int i = 0; i < 300; i++) finished(shake(server.port())).connection().closeNotify();
                var each = Duration.ofNanos((cpu.getCurrentThreadCpuTime() - started) / 300);
                System.out.printf("CPU of one handshake of ours: %.2f ms%n", each.toNanos() / 1e6);
                assertTrue(each.toMillis() < 100, () -> each.toString());
            }
        }
    }

    @Nested
    class WithOpenssl {

        @ParameterizedTest
        @ValueSource(strings = {"X25519", "P-256", "P-384", "P-521", "X448", "ffdhe2048", "ffdhe3072"})
        void agreesOnTheGroupInTls13(String group) throws IOException {
            try (var server = openssl("-tls1_3", "-groups", group)) {
                var finished = finished(shake(server.port()));
                assertEquals(TlsVersion.TLS_1_3, finished.session().version());
                assertEquals(Optional.of(ianaGroup(group)), finished.session().keyExchangeGroup());
                assertEquals(Optional.of("rsa_pss_rsae_sha256"), finished.session().signatureScheme());
                assertEquals(server.cipherSuite(), finished.session().cipherSuite());
                assertEquals("olleh\n", say(finished.connection(), "hello\n"));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"X25519", "P-256", "P-384", "P-521"})
        void agreesOnTheCurveInTls12(String curve) throws IOException {
            var session = session("-tls1_2", "-groups", curve, "-cipher", "ECDHE");
            assertEquals(TlsVersion.TLS_1_2, session.version());
            assertEquals(Optional.of(ianaGroup(curve)), session.keyExchangeGroup());
            assertTrue(session.signatureScheme().isPresent());
        }

        @ParameterizedTest
        @ValueSource(strings = {"ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-RSA-CHACHA20-POLY1305",
                "DHE-RSA-AES256-GCM-SHA384", "ECDHE-RSA-AES128-SHA256", "ECDHE-RSA-AES256-SHA", "DHE-RSA-AES128-SHA",
                "AES256-GCM-SHA384", "AES128-SHA256", "AES128-SHA"})
        void agreesOnTheSuiteInTls12(String suite) throws IOException {
            var session = session("-tls1_2", "-cipher", suite);
            assertEquals(!suite.startsWith("AES"), session.keyExchangeGroup().isPresent());
            assertEquals(!suite.startsWith("AES"), session.signatureScheme().isPresent());
        }

        @ParameterizedTest
        @ValueSource(strings = {"-tls1", "-tls1_1"})
        void talksToServersOfTheOldVersions(String version) throws IOException {
            var session = session(version, "-cipher", "ALL:@SECLEVEL=0", "-legacy_renegotiation");
            assertEquals(version.equals("-tls1") ? TlsVersion.TLS_1_0 : TlsVersion.TLS_1_1, session.version());
            assertEquals(Optional.empty(), session.signatureScheme());
            assertTrue(session.keyExchangeGroup().isPresent());
        }

        @Test
        void recordsASmallDiffieHellmanGroupInsteadOfRefusingIt() throws IOException {
            var prime = DHStandardGroups.rfc5996_1024;
            var parameters = directory.resolve("dh.pem");
            Files.writeString(parameters, OpensslServer.pem("DH PARAMETERS",
                    new DHParameter(prime.getP(), prime.getG(), 0).getEncoded()));
            var session = session("-tls1_2", "-cipher", "DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0", "-dhparam", parameters.toString());
            assertEquals(Optional.of("dh-1024"), session.keyExchangeGroup());
        }

        @ParameterizedTest
        @ValueSource(strings = {"-tls1_2", "-tls1_3"})
        void answersAWishForACertificateWithNone(String version) throws IOException {
            var session = session(version, "-verify", "1");
            assertTrue(session.clientCertificateRequested());
        }

        @Test
        void tellsThatACertificateWasRequiredInTls12() throws IOException {
            try (var server = openssl("-tls1_2", "-Verify", "1")) {
                var failure = failed(shake(server.port()));
                assertEquals(Detail.ALERT, failure.detail());
                assertTrue(failure.clientCertificateRequested());
                assertEquals("handshake_failure", failure.alert().orElseThrow().name());
            }
        }

        @Test
        void tellsThatACertificateWasRequiredAfterTheHandshakeOfTls13() throws IOException {
            try (var server = openssl("-tls1_3", "-Verify", "1")) {
                var finished = finished(shake(server.port()));
                assertTrue(finished.session().clientCertificateRequested());
                assertEquals("", say(finished.connection(), "hello\n"));
                var failure = finished.connection().failure().orElseThrow();
                assertEquals(Detail.ALERT, failure.detail());
                assertEquals("certificate_required", failure.alert().orElseThrow().name());
                assertTrue(failure.clientCertificateRequested());
            }
        }

        private TlsSession session(String... options) throws IOException {
            try (var server = openssl(options)) {
                var finished = finished(shake(server.port()));
                assertEquals(server.cipherSuite(), finished.session().cipherSuite());
                assertEquals(CHAIN, finished.session().chain());
                assertEquals("olleh\n", say(finished.connection(), "hello\n"));
                finished.connection().closeNotify();
                return finished.session();
            }
        }

        private OpensslServer openssl(String... options) throws IOException {
            assumeTrue(OpensslServer.isInstalled(), "openssl is not on PATH");
            return new OpensslServer(directory, KEY, CHAIN, options);
        }

        private static String ianaGroup(String openssl) {
            return switch (openssl) {
                case "X25519" -> "x25519";
                case "X448" -> "x448";
                case "P-256" -> "secp256r1";
                case "P-384" -> "secp384r1";
                case "P-521" -> "secp521r1";
                default -> openssl;
            };
        }
    }

    @Nested
    class WithBouncyCastlesServer {

        @Test
        void agreesOnTheHybridGroup() throws IOException {
            try (var server = BouncyServer.tls13(KEY, CHAIN, NamedGroup.X25519MLKEM768)) {
                var finished = finished(shake(server.port()));
                assertEquals(Optional.of("X25519MLKEM768"), finished.session().keyExchangeGroup());
                assertEquals("TLS_AES_128_GCM_SHA256", finished.session().cipherSuite());
                assertEquals("hello\n", say(finished.connection(), "hello\n"));
            }
        }

        @Test
        void keepsAHundredCertificatesWhateverTheyHold() throws IOException {
            var chain = new ArrayList<>(CHAIN);
            chain.addAll(Collections.nCopies(99, Octets.of("no certificate")));
            try (var server = BouncyServer.tls13(KEY, chain, NamedGroup.x25519)) {
                assertEquals(chain, finished(shake(server.port())).session().chain());
            }
        }

        @Test
        void refusesOneCertificateMore() throws IOException {
            var chain = Collections.nCopies(101, CHAIN.getFirst());
            try (var server = BouncyServer.tls13(KEY, chain, NamedGroup.x25519)) {
                assertEquals(Detail.TOO_MANY_CERTIFICATES, failed(shake(server.port())).detail());
            }
        }

        @Test
        void refusesMoreOctetsThanAHandshakeMayHave() throws IOException {
            var chain = List.of(CHAIN.getFirst(), Octets.of(new byte[256 * 1024]));
            try (var server = BouncyServer.tls13(KEY, chain, NamedGroup.x25519)) {
                assertEquals(Detail.BYTES, failed(shake(server.port())).detail());
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {10_001, 16_384})
        void refusesAnRsaKeyBeyondTheLimitBeforeComputing(int bits) throws IOException {
            var modulus = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE);
            try (var server = BouncyServer.tls13(KEY, claiming(modulus, BigInteger.valueOf(65_537)), NamedGroup.x25519)) {
                assertEquals(Detail.KEY_TOO_LARGE, failed(quickly(server.port())).detail());
            }
        }

        @Test
        void refusesAnExponentThatWouldCostSeconds() throws IOException {
            var modulus = BigInteger.ONE.shiftLeft(9_999).add(BigInteger.ONE);
            var exponent = BigInteger.ONE.shiftLeft(9_998).add(BigInteger.ONE);
            try (var server = BouncyServer.tls13(KEY, claiming(modulus, exponent), NamedGroup.x25519)) {
                assertEquals(Detail.KEY_TOO_LARGE, failed(quickly(server.port())).detail());
            }
        }

        @Test
        void computesWithAKeyAtTheLimitInTime() throws IOException {
            var modulus = BigInteger.ONE.shiftLeft(9_999).add(BigInteger.ONE);
            try (var server = BouncyServer.tls13(KEY, claiming(modulus, BigInteger.valueOf(65_537)), NamedGroup.x25519)) {
                assertEquals(Detail.ALERT, failed(quickly(server.port())).detail(), "the signature cannot be right");
            }
        }

        @Test
        void refusesADiffieHellmanGroupBeyondTheLimit() throws IOException {
            var prime = BigInteger.ONE.shiftLeft(10_001).subtract(BigInteger.ONE);
            try (var server = BouncyServer.tls12(KEY, CHAIN, DHE_RSA_WITH_AES_128_GCM_SHA256, prime)) {
                assertEquals(Detail.KEY_TOO_LARGE, failed(shake(server.port())).detail());
            }
        }

        @Test
        void computesInAGroupAtTheLimitInTime() throws IOException {
            var prime = BigInteger.ONE.shiftLeft(10_000).subtract(BigInteger.ONE);
            try (var server = BouncyServer.tls12(KEY, CHAIN, DHE_RSA_WITH_AES_128_GCM_SHA256, prime)) {
                var session = finished(shake(server.port())).session();
                assertEquals(Optional.of("dh-10000"), session.keyExchangeGroup());
            }
        }

        private static List<Octets> claiming(BigInteger modulus, BigInteger exponent) throws IOException {
            var key = new SubjectPublicKeyInfo(new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption),
                    new RSAPublicKey(modulus, exponent));
            return List.of(TestCertificates.certificate(key, KEY.getPrivate(), "mx.example.org"));
        }

        private Handshake quickly(int port) throws IOException {
            var started = System.nanoTime();
            var handshake = shake(port);
            var took = Duration.ofNanos(System.nanoTime() - started);
            assertTrue(took.toMillis() < 1_500, () -> "took " + took);
            return handshake;
        }
    }

    private Handshake shake(int port) throws IOException {
        var connection = new Socket(InetAddress.getLoopbackAddress(), port);
        connections.add(connection);
        connection.setTcpNoDelay(true);
        connection.setSoTimeout(DEADLINE_MILLIS);
        return client.shake(connection.getInputStream(), connection.getOutputStream(), new Hostname("mx.example.org"));
    }

    private static Handshake.Finished finished(Handshake handshake) {
        return assertInstanceOf(Handshake.Finished.class, handshake);
    }

    private static TlsFailure failed(Handshake handshake) {
        return assertInstanceOf(Handshake.Failed.class, handshake).failure();
    }

    /** The answer, or nothing where the session broke: the connection tells why. */
    private static String say(TlsConnection connection, String line) {
        try {
            connection.output().write(line.getBytes(StandardCharsets.US_ASCII));
            connection.output().flush();
            return new String(connection.input().readNBytes(line.length()), StandardCharsets.US_ASCII);
        } catch (IOException broken) {
            return "";
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
