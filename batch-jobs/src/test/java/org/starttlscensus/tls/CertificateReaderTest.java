package org.starttlscensus.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.starttlscensus.OddCertificates;
import org.starttlscensus.fact.Certificate;
import org.starttlscensus.fact.Octets;

class CertificateReaderTest {

    private static final KeyPair KEY = TestCertificates.rsaKey(2048);
    private static final Octets DER = TestCertificates.named(KEY, "mx.example.org", "mx.example.org", "*.example.net");

    @Test
    void readsEveryFieldOfAPlainCertificate() {
        var certificate = CertificateReader.read(DER);

        assertTrue(certificate.readable());
        assertEquals(Optional.of("CN=mx.example.org,O=Example"), certificate.subject());
        assertEquals(Optional.of("CN=mx.example.org,O=Example"), certificate.issuer());
        assertEquals(Optional.of(TestCertificates.NOT_BEFORE), certificate.notBefore());
        assertEquals(Optional.of(TestCertificates.NOT_AFTER), certificate.notAfter());
        assertEquals(Optional.of("2a"), certificate.serial());
        assertEquals(Optional.of("RSA"), certificate.keyType());
        assertEquals(Optional.of(2048), certificate.keyBits());
        assertEquals(Optional.of("SHA256WITHRSA"), certificate.signatureAlgorithm());
        assertEquals(Optional.of(Octets.of(KEY.getPublic().getEncoded()).sha256()), certificate.spkiSha256());
        assertEquals(List.of("mx.example.org", "*.example.net"), certificate.dnsNames());
        assertEquals(List.of("mx.example.org"), certificate.commonNames());
    }

    @Test
    void readsTheSizeOfCurves() {
        var certificate =
                CertificateReader.read(TestCertificates.named(TestCertificates.ecKey("secp384r1"), "a.example"));
        assertEquals(Optional.of("EC"), certificate.keyType());
        assertEquals(Optional.of(384), certificate.keyBits());
    }

    @Test
    void keepsOctetsThatAreNoCertificate() {
        var garbage = Octets.of("not a certificate");
        var certificate = CertificateReader.read(garbage);
        assertFalse(certificate.readable());
        assertEquals(garbage, certificate.der());
    }

    @Test
    void survivesNestingThatOverflowsTheStack() {
        var depth = 60_000;
        var nested = new byte[4 * depth];
        for (int i = 0, left = nested.length; i < depth; i++) {
            left -= 4;
            nested[4 * i] = 0x30;
            nested[4 * i + 1] = (byte) 0x83;
            nested[4 * i + 2] = (byte) (left >> 16);
            nested[4 * i + 3] = (byte) (left >> 8);
        }
        assertFalse(CertificateReader.read(Octets.of(nested)).readable());
    }

    @Test
    void neverThrowsForACertificateWithBrokenOctets() {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        for (int i = 0; i < 5_000; i++) {
            var broken = DER.toArray();
            for (int hits = random.nextInt(1, 4); hits > 0; hits--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            assertArrayEquals(
                    broken, CertificateReader.read(Octets.of(broken)).der().toArray());
        }
    }

    @Test
    void leavesANameOfAHundredKilobytesEmptyAtLittleCost() {
        var started = System.nanoTime();
        var certificate = CertificateReader.read(TestCertificates.named(KEY, ",".repeat(100_000)));
        assertTrue(certificate.readable());
        assertEquals(Optional.empty(), certificate.subject());
        assertEquals(Optional.of(2048), certificate.keyBits());
        assertTrue(Duration.ofNanos(System.nanoTime() - started).toSeconds() < 1);
    }

    @Test
    void readsACorpusOfDeliberatelyOddCertificates() {
        var read = new ArrayList<Certificate>();
        for (var der : OddCertificates.all()) {
            var certificate = CertificateReader.read(der);
            assertEquals(der, certificate.der());
            read.add(certificate);
        }
        var readable = read.stream().filter(Certificate::readable).count();
        var named = read.stream()
                .filter(certificate -> certificate.subject().isPresent()
                        && certificate.notAfter().isPresent()
                        && certificate.keyType().isPresent())
                .count();
        System.out.printf(
                "odd certificates: %d, readable %d, with subject, dates and key %d%n", read.size(), readable, named);
        assertEquals(524, read.size());
        assertTrue(readable >= 519, () -> "readable: " + readable);
    }
}
