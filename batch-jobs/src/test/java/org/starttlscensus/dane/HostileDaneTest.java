package org.starttlscensus.dane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.dane.DaneScene.ISSUER;
import static org.starttlscensus.dane.DaneScene.SERVER;
import static org.starttlscensus.dane.DaneScene.chain;
import static org.starttlscensus.dane.DaneScene.judge;
import static org.starttlscensus.dane.DaneScene.record;
import static org.starttlscensus.dane.DaneScene.server;
import static org.starttlscensus.dane.DaneScene.told;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.verdict.IssuedCertificate;

/** Records and certificates of somebody who wants to waste our time, or to break us. */
class HostileDaneTest {

    private static final Duration BOUND = Duration.ofSeconds(6);
    private static final Random RANDOM = new Random(7_671);

    @Test
    void twoHundredRecordsAndAHundredCertificates() {
        var issuers = IntStream.range(0, 99)
                .mapToObj(number ->
                        IssuedCertificate.ca("issuer").key(ISSUER.key()).by(DaneScene.ROOT))
                .toList();
        var sent = new ArrayList<Octets>(List.of(SERVER.der()));
        issuers.forEach(issuer -> sent.add(issuer.der()));
        var records = new ArrayList<String>();
        issuers.forEach(issuer -> records.add(record(2, 0, 2, issuer)));
        for (int i = 0; i < 101; i++) records.add("2 0 2 " + hex(64));
        var verdict = assertTimeout(BOUND, () -> judge(sent, records.toArray(String[]::new)));
        assertEquals("pass at 1", told(verdict));
        assertTrue(verdict.findings().size() < 10, () -> "findings of one kind are told once: " + verdict);
    }

    /** Each could have signed the certificate, which only a verification tells. */
    @Test
    void hundredsOfBareKeys() {
        var records = IntStream.range(0, 500)
                .mapToObj(
                        number -> record(2, 1, 0, IssuedCertificate.draft("key").selfSigned()))
                .toArray(String[]::new);
        var verdict = assertTimeout(BOUND, () -> judge(chain(SERVER, ISSUER), records));
        assertEquals("error", told(verdict), "our limit says nothing about the server");
        assertTrue(verdict.findings().stream().anyMatch(each -> each.reason() == DaneReason.SEARCH_CUT_SHORT));
    }

    @Test
    void moreCertificatesThanWeJudge() {
        var sent = new ArrayList<>(chain(SERVER, ISSUER));
        for (int i = 0; i < 150; i++) sent.add(Octets.of("certificate " + i));
        var verdict = judge(sent, record(2, 0, 1, ISSUER));
        assertEquals("error", told(verdict), "our limit says nothing about the server");
        assertTrue(verdict.findings().stream().anyMatch(each -> each.reason() == DaneReason.SEARCH_CUT_SHORT));
        assertEquals("pass at 0", told(judge(sent, record(3, 1, 1, SERVER))));
    }

    @Test
    void aHugeKeyIsNotComputedWith() {
        var huge = "2 1 0 " + hugeKey(200_000);
        var verdict = assertTimeout(BOUND, () -> judge(chain(SERVER, ISSUER), huge, record(2, 0, 1, ISSUER)));
        assertEquals("pass at 1", told(verdict));
        assertEquals("fail", told(assertTimeout(BOUND, () -> judge(chain(SERVER, ISSUER), huge))));
    }

    @Test
    void brokenCertificatesMatchByTheirOctetsOnly() {
        var broken = Octets.of(HexFormat.of().parseHex("3003020101"));
        assertEquals(
                "pass at 0",
                told(judge(List.of(broken), "3 0 1 " + broken.sha256().hex())));
        assertEquals(
                "fail", told(judge(List.of(broken), "3 1 1 " + broken.sha256().hex())));
        var sent = new ArrayList<>(chain(SERVER));
        sent.add(broken);
        assertEquals("fail", told(judge(sent, "2 0 1 " + broken.sha256().hex())));
        sent.add(ISSUER.der());
        assertEquals("pass at 1", told(judge(sent, "2 0 1 " + broken.sha256().hex(), record(2, 1, 1, ISSUER))));
        assertEquals("fail", told(judge(List.of(Octets.NONE, ISSUER.der()), record(2, 0, 1, ISSUER))));
    }

    /** Whatever one octet is changed to, nothing is thrown, and nothing passes by an issuer. */
    @Test
    void noCertificateWithAWrongOctetIsIssued() {
        var whole = server(DaneScene.HOST).by(ISSUER).der().toArray();
        for (int i = 0; i < 300; i++) {
            var changed = whole.clone();
            changed[RANDOM.nextInt(changed.length)] ^= (byte) (1 + RANDOM.nextInt(255));
            var verdict = judge(List.of(Octets.of(changed), ISSUER.der()), record(2, 0, 1, ISSUER));
            assertEquals(DaneStatus.FAIL, verdict.status(), () -> HexFormat.of().formatHex(changed));
        }
    }

    private static String hex(int octets) {
        var data = new byte[octets];
        RANDOM.nextBytes(data);
        return HexFormat.of().formatHex(data);
    }

    /** An RSA key whose modulus has as many bits as asked for. */
    private static String hugeKey(int bits) {
        var modulus = new byte[bits / 8];
        RANDOM.nextBytes(modulus);
        modulus[0] = 0x7f;
        modulus[modulus.length - 1] |= 1;
        var key = new RSAPublicKey(new BigInteger(1, modulus), BigInteger.valueOf(65_537));
        try {
            return HexFormat.of()
                    .formatHex(new SubjectPublicKeyInfo(
                                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE), key)
                            .getEncoded());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
