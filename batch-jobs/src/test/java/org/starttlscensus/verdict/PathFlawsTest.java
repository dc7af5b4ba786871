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

import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The flaws of a path, each with its status and its explanation. */
class PathFlawsTest {

    private static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");

    private static void assertFlaw(ChainStatus status, String reason, ChainVerdict verdict) {
        assertEquals(status, verdict.status(), verdict::toString);
        assertFalse(verdict.chainOk());
        assertTrue(verdict.reasons().contains(reason), verdict::toString);
    }

    @Test
    void anIssuerThatIsNoCa() {
        var server = draft("server").by(ISSUER);
        assertFlaw(
                ChainStatus.INVALID_CA,
                "an issuer is not a CA",
                judge(draft("mx").by(server), server, ISSUER));
    }

    @Test
    void anIssuerThatMayNotSign() {
        var crlSigner = ca("crl signer")
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign))
                .by(ROOT);
        assertFlaw(
                ChainStatus.INVALID_CA,
                "an issuer may not sign certificates",
                judge(draft("mx").by(crlSigner), crlSigner));
    }

    @Test
    void aPathThatIsTooLong() {
        var last = ca("last")
                .with(Extension.basicConstraints, true, new BasicConstraints(0))
                .by(ROOT);
        var deeper = ca("deeper").by(last);
        assertFlaw(
                ChainStatus.INVALID_CA,
                "an issuer is deeper below an issuer than the issuer allows",
                judge(draft("mx").by(deeper), deeper, last));
    }

    @Test
    void anUnknownCriticalExtension() {
        assertFlaw(
                ChainStatus.WRONG_USAGE,
                "the server's certificate has an unknown critical extension",
                judge(draft("mx").with(UNKNOWN, true, DERNull.INSTANCE).by(ISSUER), ISSUER));
        var issuer = ca("odd").with(UNKNOWN, true, DERNull.INSTANCE).by(ROOT);
        assertFlaw(
                ChainStatus.INVALID_CA,
                "an issuer has an unknown critical extension",
                judge(draft("mx").by(issuer), issuer));
    }

    @Test
    void anIssuerWithAWeakKeyButNotAServerWithAWeakSignature() {
        var rsa = ca("rsa").key(IssuedCertificate.key("RSA", 2_048)).by(ROOT);
        var leaf = judge(draft("mx").hash("MD5").by(rsa), rsa);
        assertEquals(ChainStatus.TRUSTED, leaf.status());
        assertEquals(
                List.of(
                        "the server's certificate has a key or signature that anybody could imitate",
                        "weak: certificate 1 of the path is signed with MD5withRSA"),
                leaf.reasons());
        var small = ca("small").key(IssuedCertificate.key("RSA", 512)).by(ROOT);
        assertFlaw(
                ChainStatus.INVALID_CA,
                "an issuer has a key or signature that anybody could imitate",
                judge(draft("mx").by(small), small));
    }

    @ParameterizedTest
    @ValueSource(ints = {KeyUsage.digitalSignature, KeyUsage.keyEncipherment, KeyUsage.keyAgreement})
    void noneInAKeyThatMaySignOrAgreeOnKeys(int usage) {
        var leaf = draft("mx").with(Extension.keyUsage, true, new KeyUsage(usage));
        assertEquals(ChainStatus.TRUSTED, judge(leaf.by(ISSUER), ISSUER).status());
    }

    @Test
    void aKeyThatMayNeitherSignNorAgreeOnKeys() {
        var leaf = draft("mx").with(Extension.keyUsage, true, new KeyUsage(KeyUsage.nonRepudiation));
        assertFlaw(
                ChainStatus.WRONG_USAGE,
                "the server's key may be used neither for signatures nor for key exchange",
                judge(leaf.by(ISSUER), ISSUER));
    }

    @ParameterizedTest
    @CsvSource({"0, INVALID_CA", "1, TRUSTED", "2, TRUSTED"})
    void aRootThatAllowsFewerIssuers(int pathLength, ChainStatus status) {
        var root = ca("strict")
                .with(Extension.basicConstraints, true, new BasicConstraints(pathLength))
                .selfSigned();
        var issuer = ca("issuer").by(root);
        assertEquals(status, judgedWith(root, draft("mx").by(issuer), issuer).status());
    }

    @Test
    void noneInASelfIssuedIssuerBelowAStrictRoot() {
        var root = ca("strict")
                .with(Extension.basicConstraints, true, new BasicConstraints(0))
                .selfSigned();
        var renewed = ca("strict")
                .with(Extension.basicConstraints, true, new BasicConstraints(0))
                .by(root);
        assertEquals(
                ChainStatus.TRUSTED,
                judgedWith(root, draft("mx").by(renewed), renewed).status());
    }

    @Test
    void aRootThatIsNoCaOrMayNotSign() {
        var noCa = draft("no ca").selfSigned();
        assertFlaw(
                ChainStatus.INVALID_CA,
                "the root is not a CA, or may not sign certificates",
                judgedWith(noCa, draft("mx").by(noCa)));
        var crlSigner = ca("crl signer")
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign))
                .selfSigned();
        assertFlaw(
                ChainStatus.INVALID_CA,
                "the root is not a CA, or may not sign certificates",
                judgedWith(crlSigner, draft("mx").by(crlSigner)));
    }

    /** 32 paths are tried: one for each issuer of the same name and key. */
    @ParameterizedTest
    @CsvSource({"31, false", "32, true"})
    void moreThanWeTryAreReported(int issuers, boolean reported) {
        var key = IssuedCertificate.key("EC", 256);
        var chain = new ArrayList<IssuedCertificate>();
        for (int i = 0; i < issuers; i++) {
            chain.add(ca("many")
                    .key(key)
                    .valid("2020-01-01T00:00:%02dZ".formatted(i), "2040-01-01T00:00:00Z")
                    .by(UNRELATED));
        }
        chain.addFirst(draft("mx").by(chain.getFirst()));
        chain.add(UNRELATED);
        var verdict = judge(chain.toArray(IssuedCertificate[]::new));
        assertEquals(ChainStatus.UNTRUSTED_ROOT, verdict.status());
        assertEquals(reported, verdict.reasons().contains("there are more paths than we try"), verdict::toString);
    }

    @Test
    void anIssuerThatIsMissing() {
        assertFlaw(
                ChainStatus.INCOMPLETE,
                "the issuer of certificate 1 of the path is missing, or did not sign it: "
                        + "no certificate has the name of that issuer",
                judge(draft("mx").by(ISSUER)));
    }
}
