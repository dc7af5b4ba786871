package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.ocsp.ResponseBytes;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.OcspResponse;
import org.starttlscensus.fact.OcspStatus;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.TlsSession;

/** The traits that OpenSSL's server is configured to show are the ones that are recorded. */
class TlsTraitsIT {

    private static final KeyPair KEY = TestCertificates.rsaKey(2048);
    private static final Octets LEAF = TestCertificates.named(KEY, "mx.example.org", "mx.example.org");
    private static final Instant NOW = Instant.parse("2026-11-23T22:00:00Z");

    @TempDir
    Path directory;

    @BeforeEach
    void needsOpenssl() {
        assumeTrue(OpensslServer.isInstalled());
    }

    @Test
    void beforeTls13HasExtendedMasterSecretSecureRenegotiationAndATicket() throws IOException {
        var traits = session("-tls1_2").traits();
        assertEquals(Optional.of(true), traits.extendedMasterSecret());
        assertEquals(Optional.of(true), traits.secureRenegotiation());
        assertTrue(traits.sessionTicket());
        assertFalse(traits.helloRetryRequested());
    }

    @Test
    void aServerWithoutTicketsSendsNone() throws IOException {
        assertFalse(session("-tls1_2", "-no_ticket").traits().sessionTicket());
        assertFalse(session("-tls1_3", "-num_tickets", "0").traits().sessionTicket());
    }

    @Test
    void inTls13ATicketComesAfterTheHandshakeAndTheRestIsEmpty() throws IOException {
        var traits = session("-tls1_3").traits();
        assertTrue(traits.sessionTicket());
        assertEquals(Optional.empty(), traits.extendedMasterSecret());
        assertEquals(Optional.empty(), traits.secureRenegotiation());
    }

    @Test
    void aGroupWithoutAShareOfOursCausesAHelloRetryRequest() throws IOException {
        var session = session("-tls1_3", "-groups", "P-384");
        assertTrue(session.traits().helloRetryRequested());
        assertEquals(Optional.of("secp384r1"), session.keyExchangeGroup());
    }

    @Test
    void aStapleIsKeptUnchangedInEveryVersion() throws Exception {
        var good = staple(CertificateStatus.GOOD);
        for (var version : List.of("-tls1_2", "-tls1_3")) {
            assertEquals(
                    Optional.of(good),
                    session(version, "-status_file", file("good.der", good))
                            .traits()
                            .stapledOcsp(),
                    version);
        }
        assertEquals(
                new OcspResponse(
                        good,
                        Optional.of(OcspStatus.SUCCESSFUL),
                        Optional.of(OcspStatus.OfCertificate.GOOD),
                        Optional.of(NOW),
                        Optional.of(NOW.plusSeconds(3_600))),
                OcspResponseReader.read(good));
    }

    @Test
    void theFieldsOfAStapleAreRead() throws Exception {
        var revoked = OcspResponseReader.read(staple(new RevokedStatus(Date.from(NOW), 1)));
        assertEquals(Optional.of(OcspStatus.OfCertificate.REVOKED), revoked.certificateStatus());
        var later =
                Octets.of(new OCSPResponse(new OCSPResponseStatus(OCSPResponseStatus.TRY_LATER), null).getEncoded());
        assertEquals(
                new OcspResponse(
                        later, Optional.of(OcspStatus.TRY_LATER), Optional.empty(), Optional.empty(), Optional.empty()),
                OcspResponseReader.read(later));
        var noise = Octets.of("no DER at all");
        assertEquals(
                new OcspResponse(noise, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                OcspResponseReader.read(noise));
    }

    /** Changes every octet of a staple in turn: reading it throws nothing, and its octets are kept. */
    @Test
    void noStapleMakesItsReaderThrow() throws Exception {
        var good = staple(CertificateStatus.GOOD).toArray();
        for (int i = 0; i < good.length; i++) {
            var changed = good.clone();
            changed[i] ^= (byte) 0xff;
            assertEquals(
                    Octets.of(changed),
                    OcspResponseReader.read(Octets.of(changed)).der());
            OcspResponseReader.read(Octets.of(Arrays.copyOf(good, i)));
        }
    }

    @Test
    void timestampsAreKeptUnchanged() throws IOException {
        var list = HexFormat.of().parseHex("000a" + "0003" + "010203" + "0003" + "040506");
        var content = new byte[4 + list.length];
        content[1] = 18;
        content[3] = (byte) list.length;
        System.arraycopy(list, 0, content, 4, list.length);
        var pem = directory.resolve("serverinfo.pem");
        Files.writeString(pem, OpensslServer.pem("SERVERINFO FOR SCT", content));
        var traits = session("-tls1_2", "-serverinfo", pem.toString()).traits();
        assertEquals(Optional.of(Octets.of(list)), traits.timestamps());
        assertEquals(OptionalInt.of(2), traits.timestampCount());
    }

    private String file(String name, Octets content) throws IOException {
        return Files.write(directory.resolve(name), content.toArray()).toString();
    }

    private TlsSession session(String... options) throws IOException {
        try (var server = new OpensslServer(directory, KEY, List.of(LEAF), options);
                var connection = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            connection.setSoTimeout(10_000);
            connection.setTcpNoDelay(true);
            var finished = assertInstanceOf(
                    Handshake.Finished.class,
                    new TlsClient(Offer.standard(), HandshakeLimits.contract())
                            .handshake(
                                    connection.getInputStream(),
                                    connection.getOutputStream(),
                                    new Hostname("mx.example.org")));
            finished.connection().output().write("hello\n".getBytes(StandardCharsets.US_ASCII));
            finished.connection().output().flush();
            assertEquals("olleh\n", new String(finished.connection().input().readNBytes(6), StandardCharsets.US_ASCII));
            return finished.connection().session();
        }
    }

    private static Octets staple(CertificateStatus status) throws Exception {
        var digests = new JcaDigestCalculatorProviderBuilder().build();
        var holder = new X509CertificateHolder(LEAF.toArray());
        var basic = new BasicOCSPRespBuilder(new RespID(new X500Name("CN=responder")))
                .addResponse(
                        new CertificateID(digests.get(CertificateID.HASH_SHA1), holder, BigInteger.valueOf(42)),
                        status,
                        Date.from(NOW),
                        Date.from(NOW.plusSeconds(3_600)))
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(KEY.getPrivate()), null, Date.from(NOW));
        return Octets.of(new OCSPResponse(
                        new OCSPResponseStatus(OCSPResponseStatus.SUCCESSFUL),
                        new ResponseBytes(
                                OCSPObjectIdentifiers.id_pkix_ocsp_basic, new DEROctetString(basic.getEncoded())))
                .getEncoded());
    }
}
