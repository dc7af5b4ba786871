package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.starttlscensus.tls.Handshakes.CHAIN;
import static org.starttlscensus.tls.Handshakes.KEY;
import static org.starttlscensus.tls.Handshakes.failed;
import static org.starttlscensus.tls.Handshakes.finished;
import static org.starttlscensus.tls.Handshakes.say;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.DHParameter;
import org.bouncycastle.tls.crypto.DHStandardGroups;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.TlsFailure.Detail;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.fact.TlsVersion;

/** Real handshakes on loopback with OpenSSL's server. */
class TlsClientAtOpensslIT {

    @TempDir
    Path directory;

    private final Handshakes handshakes = new Handshakes();

    @AfterEach
    void hangUp() throws IOException {
        handshakes.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X25519", "P-256", "P-384", "P-521", "X448", "ffdhe2048", "ffdhe3072"})
    void agreesOnTheGroupInTls13(String group) throws IOException {
        try (var server = openssl("-tls1_3", "-groups", group)) {
            var finished = finished(handshakes.handshake(server.port()));
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
    @ValueSource(
            strings = {
                "ECDHE-RSA-AES128-GCM-SHA256",
                "ECDHE-RSA-AES256-GCM-SHA384",
                "ECDHE-RSA-CHACHA20-POLY1305",
                "DHE-RSA-AES256-GCM-SHA384",
                "ECDHE-RSA-AES128-SHA256",
                "ECDHE-RSA-AES256-SHA",
                "DHE-RSA-AES128-SHA",
                "AES256-GCM-SHA384",
                "AES128-SHA256",
                "AES128-SHA"
            })
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
        Files.writeString(
                parameters,
                OpensslServer.pem("DH PARAMETERS", new DHParameter(prime.getP(), prime.getG(), 0).getEncoded()));
        var session = session(
                "-tls1_2", "-cipher", "DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0", "-dhparam", parameters.toString());
        assertEquals(Optional.of("dh-1024"), session.keyExchangeGroup());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void answersACertificateRequestWithNone(String version) throws IOException {
        var session = session(version, "-verify", "1");
        assertTrue(session.clientCertificateRequested());
    }

    @Test
    void showsThatACertificateWasRequiredInTls12() throws IOException {
        try (var server = openssl("-tls1_2", "-Verify", "1")) {
            var failure = failed(handshakes.handshake(server.port()));
            assertEquals(Detail.ALERT, failure.detail());
            assertTrue(failure.clientCertificateRequested());
            assertEquals("handshake_failure", failure.alert().orElseThrow().name());
        }
    }

    @Test
    void showsThatACertificateWasRequiredAfterTheHandshakeOfTls13() throws IOException {
        try (var server = openssl("-tls1_3", "-Verify", "1")) {
            var finished = finished(handshakes.handshake(server.port()));
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
            var finished = finished(handshakes.handshake(server.port()));
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
