package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.verdict.IssuedCertificate.ca;
import static org.starttlscensus.verdict.IssuedCertificate.draft;
import static org.starttlscensus.verdict.JudgedChains.ISSUER;
import static org.starttlscensus.verdict.JudgedChains.ROOT;
import static org.starttlscensus.verdict.JudgedChains.UNRELATED;
import static org.starttlscensus.verdict.JudgedChains.judge;
import static org.starttlscensus.verdict.JudgedChains.judgedWith;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The purposes of certificates, and weak keys and signatures. */
class ChainUsageTest {

    @Nested
    class OfUsage {

        @Test
        void mustAllowTlsServers() {
            assertEquals(
                    ChainStatus.WRONG_USAGE,
                    judge(purpose(KeyPurposeId.id_kp_clientAuth).by(ISSUER), ISSUER)
                            .status());
            assertEquals(
                    ChainStatus.TRUSTED,
                    judge(purpose(KeyPurposeId.id_kp_serverAuth).by(ISSUER), ISSUER)
                            .status());
            assertEquals(
                    ChainStatus.TRUSTED,
                    judge(purpose(KeyPurposeId.anyExtendedKeyUsage).by(ISSUER), ISSUER)
                            .status());
            var signsOnlyCertificates = draft("mx").with(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign));
            assertEquals(
                    ChainStatus.WRONG_USAGE,
                    judge(signsOnlyCertificates.by(ISSUER), ISSUER).status());
        }

        @Test
        void mustAllowTlsServersInIssuersToo() {
            var forMail = ca("mail")
                    .with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_emailProtection))
                    .by(ROOT);
            assertEquals(
                    ChainStatus.WRONG_USAGE,
                    judge(draft("mx").by(forMail), forMail).status());
        }

        @Test
        void refusesUnknownCriticalExtensions() {
            var unknown = draft("mx").with(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), true, DERNull.INSTANCE);
            assertEquals(
                    ChainStatus.WRONG_USAGE, judge(unknown.by(ISSUER), ISSUER).status());
            var root = ca("odd")
                    .with(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), true, DERNull.INSTANCE)
                    .selfSigned();
            assertEquals(
                    ChainStatus.INVALID_CA,
                    judgedWith(root, draft("mx").by(root)).status());
            assertEquals(ChainStatus.WRONG_USAGE, judgedWith(root, root).status());
        }

        private static IssuedCertificate.Draft purpose(KeyPurposeId purpose) {
            return draft("mx").with(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose));
        }
    }

    @Nested
    class OfWeakness {

        @Test
        void reportsASmallKeyWithoutChangingTheStatus() {
            var verdict =
                    judge(draft("mx").key(IssuedCertificate.key("RSA", 1024)).by(ISSUER), ISSUER);
            assertEquals(ChainStatus.TRUSTED, verdict.status());
            assertTrue(verdict.weakKey());
            assertFalse(verdict.weakSignature());
        }

        @Test
        void reportsAnOldHashWithoutChangingTheStatus() {
            var sha1 = judge(draft("mx").hash("SHA1").by(ISSUER), ISSUER);
            assertEquals(ChainStatus.TRUSTED, sha1.status());
            assertTrue(sha1.weakSignature());
            var issuer = ca("rsa").key(IssuedCertificate.key("RSA", 2048)).by(ROOT);
            var md5 = judge(draft("mx").hash("MD5").by(issuer), issuer);
            assertEquals(ChainStatus.TRUSTED, md5.status());
            assertTrue(md5.weakSignature());
        }

        @Test
        void ignoresARootsSignatureOfItself() {
            var root = ca("old").hash("SHA1").selfSigned();
            assertFalse(judgedWith(root, draft("mx").by(root)).weakSignature());
            assertFalse(judge(draft("mx").hash("SHA1").selfSigned()).weakSignature());
        }

        @Test
        void reportsItOnUntrustedPathsToo() {
            assertTrue(judge(draft("mx").hash("SHA1").by(UNRELATED), UNRELATED).weakSignature());
        }
    }
}
