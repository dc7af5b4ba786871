package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.rub.nds.tlsattacker.core.constants.CipherSuite;
import de.rub.nds.tlsattacker.core.constants.ProtocolVersion;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.crypto.DHStandardGroups;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.starttlscensus.fact.HandshakeMessage;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.TlsFailure;

/** If a server accepts an offer of the old-version campaign, the handshake finishes. Otherwise it may refuse. */
class OldVersionOffersIT {

    private static final KeyPair KEY = TestCertificates.rsaKey(2048);
    private static final Octets LEAF = TestCertificates.named(KEY, "mx.example.org", "mx.example.org");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "TLS_1_0,     TLS10, TLS_RSA_WITH_AES_128_CBC_SHA",
        "TLS_1_0,     TLS10, TLS_RSA_WITH_3DES_EDE_CBC_SHA",
        "TLS_1_1,     TLS11, TLS_RSA_WITH_AES_256_CBC_SHA",
        "TRIPLE_DES,  TLS12, TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA",
        "TRIPLE_DES,  TLS10, TLS_RSA_WITH_3DES_EDE_CBC_SHA",
        "RC4,         TLS12, TLS_RSA_WITH_RC4_128_SHA",
        "RC4,         TLS10, TLS_RSA_WITH_RC4_128_MD5",
        "RC4,         TLS12, TLS_ECDHE_RSA_WITH_RC4_128_SHA",
        "STATIC_RSA,  TLS12, TLS_RSA_WITH_AES_256_GCM_SHA384",
        "STATIC_RSA,  TLS10, TLS_RSA_WITH_AES_128_CBC_SHA",
        "SMALL_DH,    TLS12, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"
    })
    void acceptedOffersFinish(ProbeKind probeKind, ProtocolVersion version, CipherSuite suite) throws IOException {
        try (var server = AttackerPeer.shaking(version, suite, (config, _) -> {
            config.setDefaultServerEphemeralDhModulus(DHStandardGroups.rfc2409_1024.getP());
            config.setDefaultServerEphemeralDhGenerator(BigInteger.TWO);
        })) {
            var session = assertInstanceOf(Handshake.Finished.class, ask(probeKind, server))
                    .session();
            assertEquals(suite.name(), session.cipherSuite());
            assertEquals(Offer.of(probeKind).id(), session.offerId());
            if (probeKind == ProbeKind.SMALL_DH) assertEquals(Optional.of("dh-1024"), session.keyExchangeGroup());
        }
    }

    /** OpenSSL supports these, and TLS-Attacker does not. */
    @ParameterizedTest
    @CsvSource({
        "TLS_1_0,    -tls1,   ECDHE-RSA-AES256-SHA, x25519",
        "TLS_1_1,    -tls1_1, ECDHE-RSA-AES256-SHA, x25519",
        "ANONYMOUS,  -tls1_2, AECDH-AES128-SHA,     x25519",
        "ANONYMOUS,  -tls1_2, ADH-AES256-GCM-SHA384, dh",
        "ANONYMOUS,  -tls1,   ADH-AES256-SHA,       dh",
        "STATIC_RSA, -tls1_2, AES128-SHA,           -"
    })
    void offersAcceptedByOpensslFinish(ProbeKind probeKind, String version, String suite, String group)
            throws IOException {
        assumeTrue(OpensslServer.isInstalled());
        try (var server = new OpensslServer(directory, KEY, List.of(LEAF), version, "-cipher", suite + ":@SECLEVEL=0");
                var connection = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            var handshake = ask(probeKind, connection);
            var session = assertInstanceOf(Handshake.Finished.class, handshake, handshake::toString)
                    .session();
            assertEquals(server.cipherSuite(), session.cipherSuite());
            assertEquals(probeKind == ProbeKind.ANONYMOUS ? List.of() : List.of(LEAF), session.chain());
            assertTrue(session.keyExchangeGroup().orElse("-").startsWith(group), session::toString);
        }
    }

    @ParameterizedTest
    @EnumSource(ProbeKind.class)
    void aRefusalShowsWhereTheHandshakeBroke(ProbeKind probeKind) throws IOException {
        try (var server = AttackerPeer.saying(new byte[] {21, 3, 3, 0, 2, 2, 40})) {
            var failure = assertInstanceOf(Handshake.Failed.class, ask(probeKind, server))
                    .failure();
            assertEquals(TlsFailure.Detail.ALERT, failure.detail());
            assertEquals(Optional.of(HandshakeMessage.CLIENT_HELLO), failure.after());
            assertEquals(Optional.of(Offer.of(probeKind).id()), failure.offerId());
        }
    }

    @Test
    void rc4IsRefusedIfItWasNotOffered() throws IOException {
        try (var server =
                AttackerPeer.shaking(ProtocolVersion.TLS12, CipherSuite.TLS_RSA_WITH_RC4_128_SHA, (_, _) -> {})) {
            assertInstanceOf(Handshake.Failed.class, ask(ProbeKind.STANDARD, server));
        }
    }

    @Test
    void everyOfferOfTheCampaignIsTested() {
        assertEquals(
                7,
                Arrays.stream(ProbeKind.values())
                        .filter(ProbeKind::isOldVersion)
                        .count());
    }

    private static Handshake ask(ProbeKind probeKind, LoopbackServer server) throws IOException {
        try (var connection = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            return ask(probeKind, connection);
        }
    }

    private static Handshake ask(ProbeKind probeKind, Socket connection) throws IOException {
        connection.setSoTimeout(8_000);
        return new TlsClient(Offer.of(probeKind), HandshakeLimits.contract())
                .handshake(connection.getInputStream(), connection.getOutputStream(), new Hostname("mx.example.org"));
    }
}
