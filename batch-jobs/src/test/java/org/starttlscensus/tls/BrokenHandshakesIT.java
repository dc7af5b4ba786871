package org.starttlscensus.tls;

import static de.rub.nds.modifiablevariable.util.Modifiable.explicit;
import static de.rub.nds.modifiablevariable.util.Modifiable.xor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.starttlscensus.tls.Handshakes.CHAIN;
import static org.starttlscensus.tls.Handshakes.KEY;
import static org.starttlscensus.tls.Handshakes.failed;

import de.rub.nds.tlsattacker.core.constants.CipherSuite;
import de.rub.nds.tlsattacker.core.constants.ProtocolVersion;
import de.rub.nds.tlsattacker.core.protocol.message.CertificateMessage;
import de.rub.nds.tlsattacker.core.protocol.message.CertificateVerifyMessage;
import de.rub.nds.tlsattacker.core.protocol.message.DHEServerKeyExchangeMessage;
import de.rub.nds.tlsattacker.core.protocol.message.ECDHEServerKeyExchangeMessage;
import de.rub.nds.tlsattacker.core.protocol.message.FinishedMessage;
import de.rub.nds.tlsattacker.core.protocol.message.ServerHelloMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.HandshakeMessage;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsFailure.Detail;
import org.starttlscensus.fact.TlsSession;
import org.starttlscensus.fact.TlsVersion;

/** What a handshake had shown before it broke: version, suite, group and chain, as far as they had come. */
class BrokenHandshakesIT {

    private static final CipherSuite ECDHE = CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
    private static final CipherSuite TLS_1_3 = CipherSuite.TLS_AES_128_GCM_SHA256;

    @TempDir
    Path directory;

    private final Handshakes handshakes = new Handshakes();

    @AfterEach
    void hangUp() throws IOException {
        handshakes.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_1", "-tls1"})
    void aClientCertificateThatIsWantedHidesNothing(String version) throws IOException {
        assumeTrue(OpensslServer.isInstalled(), "openssl is not on PATH");
        try (var server = new OpensslServer(
                directory, KEY, CHAIN, version, "-Verify", "1", "-cipher", "ECDHE:@SECLEVEL=0", "-groups", "P-256")) {
            var failure = failed(handshakes.handshake(server.port()));
            var shown = shown(failure);
            assertEquals(Detail.ALERT, failure.detail());
            assertTrue(shown.clientCertificateRequested());
            assertTrue(shown.cipherSuite().startsWith("TLS_ECDHE_RSA_WITH_"), shown::cipherSuite);
            assertEquals(Optional.of("secp256r1"), shown.keyExchangeGroup());
            assertEquals(version.equals("-tls1_2"), shown.signatureScheme().isPresent());
            assertEquals(Optional.of(true), shown.traits().extendedMasterSecret());
            assertEquals(Optional.of(true), shown.traits().secureRenegotiation());
            assertEquals(CHAIN, shown.chain());
            assertEquals(Offer.standard().id(), shown.offerId());
        }
    }

    @Test
    void aFinishedHandshakeIsNotShownTwice() throws IOException {
        assumeTrue(OpensslServer.isInstalled(), "openssl is not on PATH");
        try (var server = new OpensslServer(directory, KEY, CHAIN, "-tls1_3", "-Verify", "1")) {
            var finished = Handshakes.finished(handshakes.handshake(server.port()));
            Handshakes.say(finished.connection(), "hello\n");
            assertEquals(
                    Optional.empty(),
                    finished.connection().failure().orElseThrow().shown());
        }
    }

    @Test
    void aServerHelloShowsVersionAndSuite() throws IOException {
        try (var server = AttackerPeer.answering(
                ProtocolVersion.TLS12,
                ECDHE,
                config -> List.of(new ServerHelloMessage(config), new FinishedMessage()))) {
            var shown = shown(failed(handshakes.handshake(server.port())));
            assertEquals(TlsVersion.TLS_1_2, shown.version());
            assertEquals(ECDHE.name(), shown.cipherSuite());
            assertEquals(Optional.empty(), shown.keyExchangeGroup());
            assertEquals(List.of(), shown.chain());
        }
    }

    @Test
    void aServerHelloThatIsNoneShowsNothing() throws IOException {
        try (var server = AttackerPeer.answering(ProtocolVersion.TLS12, ECDHE, config -> {
            var hello = new ServerHelloMessage(config);
            hello.setSelectedCipherSuite(explicit(new byte[] {0, 5}));
            return List.of(hello);
        })) {
            assertEquals(
                    Optional.empty(),
                    failed(handshakes.handshake(server.port())).shown());
        }
    }

    @Test
    void aBadSignatureShowsTheGroupAndTheChain() throws IOException {
        try (var server = AttackerPeer.shaking(
                ProtocolVersion.TLS12,
                ECDHE,
                (_, trace) -> AttackerPeer.sent(trace, ECDHEServerKeyExchangeMessage.class)
                        .setSignature(xor(new byte[] {1}, 20)))) {
            var shown = shown(failed(handshakes.handshake(server.port())));
            assertEquals(Optional.of("x25519"), shown.keyExchangeGroup());
            assertFalse(shown.chain().isEmpty());
        }
    }

    @Test
    void aGroupThatIsTooLargeIsShown() throws IOException {
        var prime = new byte[2_000];
        Arrays.fill(prime, (byte) 0xff);
        try (var server = AttackerPeer.shaking(
                ProtocolVersion.TLS12,
                CipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,
                (_, trace) -> AttackerPeer.sent(trace, DHEServerKeyExchangeMessage.class)
                        .setModulus(explicit(prime)))) {
            var failure = failed(handshakes.handshake(server.port()));
            assertEquals(Detail.KEY_TOO_LARGE, failure.detail());
            assertEquals(Optional.of("dh-16000"), shown(failure).keyExchangeGroup());
        }
    }

    @Test
    void inTls13TheGroupAndTheChainAreShown() throws IOException {
        try (var server = AttackerPeer.shaking(
                ProtocolVersion.TLS13,
                TLS_1_3,
                (_, trace) -> AttackerPeer.sent(trace, CertificateVerifyMessage.class)
                        .setSignature(xor(new byte[] {1}, 20)))) {
            var shown = shown(failed(handshakes.handshake(server.port())));
            assertEquals(TlsVersion.TLS_1_3, shown.version());
            assertEquals(TLS_1_3.name(), shown.cipherSuite());
            assertEquals(Optional.of("x25519"), shown.keyExchangeGroup());
            assertFalse(shown.chain().isEmpty());
        }
    }

    /** The whole chain, although nothing can be done with its first certificate. */
    @Test
    void aCertificateThatCannotBeReadHidesNoOther() throws IOException {
        var chain = new ArrayList<>(List.of(Octets.of("no certificate")));
        chain.addAll(CHAIN);
        try (var server = BouncyServer.tls13(KEY, chain, org.bouncycastle.tls.NamedGroup.x25519)) {
            var failure = failed(handshakes.handshake(server.port()));
            assertEquals("bad_certificate", failure.alert().orElseThrow().name());
            assertEquals(chain, shown(failure).chain());
        }
    }

    /** A chain that was not read to its end is not shown as if it were the whole. */
    @Test
    void aChainThatIsCutIsNotShown() throws IOException {
        try (var server = AttackerPeer.shaking(
                ProtocolVersion.TLS12,
                ECDHE,
                (_, trace) -> AttackerPeer.sent(trace, CertificateMessage.class)
                        .setCertificatesListLength(explicit(0xfffff0)))) {
            var failure = failed(handshakes.handshake(server.port()));
            assertEquals(Optional.of(HandshakeMessage.CERTIFICATE), failure.after());
            assertEquals(List.of(), shown(failure).chain());
        }
    }

    private static TlsSession shown(TlsFailure failure) {
        return failure.shown().orElseThrow(() -> new AssertionError("nothing is shown: " + failure));
    }
}
