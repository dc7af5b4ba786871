package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.starttlscensus.tls.Handshakes.CHAIN;
import static org.starttlscensus.tls.Handshakes.KEY;
import static org.starttlscensus.tls.Handshakes.failed;
import static org.starttlscensus.tls.Handshakes.finished;
import static org.starttlscensus.tls.Handshakes.say;

import de.rub.nds.tlsattacker.core.constants.CipherSuite;
import de.rub.nds.tlsattacker.core.constants.ProtocolVersion;
import de.rub.nds.tlsattacker.core.protocol.message.ServerHelloMessage;
import de.rub.nds.tlsattacker.core.protocol.message.extension.EncryptThenMacExtensionMessage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ECPoint;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.tls.NamedGroup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.TlsAlert;
import org.starttlscensus.fact.TlsFailure;
import org.starttlscensus.fact.TlsSession;

/** Servers to which senders with OpenSSL connect, such as Postfix's. Our handshake must not fail there either. */
class SendersConnectIT {

    private static final int UTC_TIME = 0x17;
    private static final int UTC_TIME_OCTETS = 13;

    @TempDir
    Path directory;

    @BeforeAll
    static void needsOpenssl() {
        assumeTrue(OpensslServer.isInstalled(), "openssl is not on PATH");
    }

    /** The name of its authority has a length in two octets where DER has one. OpenSSL sends it as it stands. */
    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aCertificateRequestMayNameAnAuthorityInBer(String version) throws IOException {
        var authority = directory.resolve("authority.pem");
        Files.writeString(
                authority,
                OpensslServer.pem("CERTIFICATE", BerNames.in(CHAIN.getFirst().toArray())));
        var session = session(ProbeKind.STANDARD, KEY, CHAIN, version, "-verify", "1", "-CAfile", authority.toString());
        assertTrue(session.clientCertificateRequested());
        assertEquals(CHAIN, session.chain());
    }

    @ParameterizedTest
    @CsvSource({
        "secp256r1, false, -tls1_2",
        "secp256r1, true,  -tls1_2",
        "secp384r1, false, -tls1_2",
        "secp521r1, true,  -tls1_2",
        "secp256r1, false, -tls1_3",
        "secp384r1, true,  -tls1_3"
    })
    void aKeyMaySpellOutTheParametersOfANamedCurve(String curve, boolean compressed, String version)
            throws IOException {
        var key = TestCertificates.ecKey(curve);
        var chain = List.of(TestCertificates.certificate(explicit(key, curve, compressed), key.getPrivate(), "mx"));
        assertEquals(chain, session(ProbeKind.STANDARD, key, chain, version).chain());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void anRsaKeyMayHave16384Bits(String version) throws IOException, GeneralSecurityException {
        var key = SmoothRsaKey.of(16_384);
        var chain = List.of(TestCertificates.named(key, "mx.example.org", "mx.example.org"));
        var cpu = ManagementFactory.getThreadMXBean();
        var before = cpu.getCurrentThreadCpuTime();
        assertEquals(chain, session(ProbeKind.STANDARD, key, chain, version).chain());
        System.out.printf(
                "RSA with 16,384 bits, %s: CPU %d ms%n",
                version,
                Duration.ofNanos(cpu.getCurrentThreadCpuTime() - before).toMillis());
    }

    @ParameterizedTest
    @ValueSource(strings = {"AECDH-AES256-SHA", "ADH-AES256-GCM-SHA384", "ADH-AES128-SHA256", "aNULL"})
    void aServerMayHaveNoCertificate(String suites) throws IOException {
        var options = new String[] {"-tls1_2", "-nocert", "-cipher", suites + ":@SECLEVEL=0"};
        var refused = failure(ProbeKind.STANDARD, options);
        assertTrue(refused.isWithoutCommonSuite(), refused::toString);
        var session = session(ProbeKind.ANONYMOUS_TOO, KEY, CHAIN, options);
        assertTrue(session.isAnonymous(), session::toString);
        assertEquals(List.of(), session.chain());
    }

    /** Whoever has a certificate shows it, also to the offer with suites that need none. */
    @Test
    void aServerWithACertificateIsNotTemptedToHideIt() throws IOException {
        var session = session(ProbeKind.ANONYMOUS_TOO, KEY, CHAIN, "-tls1_2", "-cipher", "ALL:aNULL:@SECLEVEL=0");
        assertEquals(CHAIN, session.chain());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aServerMayRefuseTheName(String version) throws IOException {
        var second = directory.resolve("second.pem");
        Files.writeString(
                second,
                OpensslServer.pem("PRIVATE KEY", KEY.getPrivate().getEncoded())
                        + OpensslServer.pem("CERTIFICATE", CHAIN.getFirst().toArray()));
        var options = new String[] {
            version,
            "-servername",
            "another.example.org",
            "-servername_fatal",
            "-cert2",
            second.toString(),
            "-key2",
            second.toString()
        };
        var refused = failure(ProbeKind.STANDARD, options);
        assertEquals(Optional.of(new TlsAlert(true, 112, "unrecognized_name")), refused.alert());
        assertTrue(refused.isOfServerName(), refused::toString);
        assertEquals(
                CHAIN, session(ProbeKind.NO_SERVER_NAME, KEY, CHAIN, options).chain());
    }

    /** Dates are read by nobody in a handshake. */
    @Test
    void aCertificateMayHaveDatesThatAreNone() throws IOException {
        var der = CHAIN.getFirst().toArray();
        for (int at = 0; at < der.length - UTC_TIME_OCTETS; at++) {
            if (der[at] == UTC_TIME && der[at + 1] == UTC_TIME_OCTETS)
                Arrays.fill(der, at + 2, at + 2 + UTC_TIME_OCTETS, (byte) '?');
        }
        var chain = List.of(Octets.of(der));
        assertNotEquals(CHAIN, chain);
        try (var handshakes = new Handshakes();
                var server = BouncyServer.tls13(KEY, chain, NamedGroup.x25519)) {
            assertEquals(
                    chain,
                    finished(handshakes.handshake(server.port())).session().chain());
        }
    }

    @Test
    void aServerMayEncryptThenMacWhereThereIsNoMac() throws IOException {
        try (var handshakes = new Handshakes();
                var server = AttackerPeer.shaking(
                        ProtocolVersion.TLS12,
                        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                        (_, trace) -> AttackerPeer.sent(trace, ServerHelloMessage.class)
                                .addExtension(new EncryptThenMacExtensionMessage()))) {
            finished(handshakes.handshake(server.port()));
        }
    }

    /** Its second first message is padded, too. */
    @Test
    void aServerMayAskTheSmallOfferForAnotherShare() throws IOException {
        var session = session(ProbeKind.SMALL_HELLO, KEY, CHAIN, "-tls1_3", "-groups", "P-384");
        assertEquals(Optional.of("secp384r1"), session.keyExchangeGroup());
        assertTrue(session.traits().helloRetryRequested());
    }

    @ParameterizedTest
    @CsvSource({
        "X25519MLKEM768,     false",
        "SecP256r1MLKEM768,  true",
        "SecP384r1MLKEM1024, true",
        "MLKEM768,           true",
        "MLKEM1024,          true",
        "secp384r1,          true"
    })
    void aServerMayPreferAnyGroupOfMlKem(String group, boolean retry) throws IOException {
        try (var handshakes = new Handshakes();
                var server = BouncyServer.tls13(KEY, CHAIN, IanaNames.GROUPS.code(group))) {
            var finished = finished(handshakes.handshake(server.port()));
            assertEquals(Optional.of(group), finished.session().keyExchangeGroup());
            assertEquals(retry, finished.session().traits().helloRetryRequested());
            assertEquals("hello\n", say(finished.connection(), "hello\n"));
        }
    }

    @Test
    void aGroupThatIsNotOfferedIsNotForced() throws IOException {
        try (var handshakes = new Handshakes();
                var server = BouncyServer.tls13(KEY, CHAIN, NamedGroup.MLKEM512)) {
            assertEquals(
                    Optional.empty(),
                    failed(handshakes.handshake(server.port())).shown().flatMap(TlsSession::keyExchangeGroup));
        }
    }

    private TlsSession session(ProbeKind probeKind, KeyPair key, List<Octets> chain, String... options)
            throws IOException {
        try (var handshakes = new Handshakes(Offer.of(probeKind));
                var server = new OpensslServer(directory, key, chain, options)) {
            var finished = finished(handshakes.handshake(server.port()));
            assertEquals("olleh\n", say(finished.connection(), "hello\n"));
            return finished.session();
        }
    }

    private TlsFailure failure(ProbeKind probeKind, String... options) throws IOException {
        try (var handshakes = new Handshakes(Offer.of(probeKind));
                var server = new OpensslServer(directory, KEY, CHAIN, options)) {
            return failed(handshakes.handshake(server.port()));
        }
    }

    private static SubjectPublicKeyInfo explicit(KeyPair key, String curve, boolean compressed) {
        var named = ECNamedCurveTable.getByName(curve);
        var parameters = new X9ECParameters(
                named.getCurve(), new X9ECPoint(named.getG(), compressed), named.getN(), named.getH(), named.getSeed());
        var info = SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded());
        return new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, parameters),
                info.getPublicKeyData().getOctets());
    }
}
