package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.verdict.IssuedCertificate.ca;
import static org.starttlscensus.verdict.IssuedCertificate.draft;
import static org.starttlscensus.verdict.JudgedChains.ISSUER;
import static org.starttlscensus.verdict.JudgedChains.ROOT;
import static org.starttlscensus.verdict.JudgedChains.judge;
import static org.starttlscensus.verdict.JudgedChains.judgedWith;
import static org.starttlscensus.verdict.JudgedChains.named;

import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no mail sender minds, and what they do mind: read, and judged by the rules for senders. */
class SendersReadingTest {

    private static final GeneralNames MX = new GeneralNames(new GeneralName(GeneralName.dNSName, "mx.example.org"));

    private static void assertStatus(ChainStatus expected, ChainVerdict verdict) {
        assertEquals(expected, verdict.status(), verdict::toString);
    }

    @Test
    void anEmptyNameIsNoFlaw() {
        assertStatus(ChainStatus.SELF_SIGNED, judge(draft("").selfSigned()));
        assertStatus(
                ChainStatus.SELF_SIGNED,
                judge(draft("")
                        .with(Extension.subjectAlternativeName, false, MX)
                        .selfSigned()));
        for (var critical : List.of(true, false)) {
            var leaf = draft("").with(Extension.subjectAlternativeName, critical, MX);
            assertStatus(ChainStatus.TRUSTED, judge(leaf.by(ISSUER), ISSUER));
        }
        assertStatus(ChainStatus.TRUSTED, judge(draft("").by(ISSUER), ISSUER));
    }

    @Test
    void anIssuerWithoutANameIsAFlaw() {
        var nameless = ca("").by(ROOT);
        assertStatus(ChainStatus.INVALID_CA, judge(draft("mx").by(nameless), nameless));
        var root = ca("").selfSigned();
        assertStatus(ChainStatus.INVALID_CA, judgedWith(root, draft("mx").by(root)));
    }

    @Test
    void policiesAreNotProcessed() {
        var demanding = ca("demanding")
                .with(Extension.policyConstraints, true, new PolicyConstraints(BigInteger.ZERO, BigInteger.ZERO))
                .by(ROOT);
        assertStatus(ChainStatus.TRUSTED, judge(draft("mx").by(demanding), demanding));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.5.29.32", "2.5.29.33", "2.5.29.36", "2.5.29.54", "2.5.29.31"})
    void policiesAndPlacesOfRevocationListsAreNotRead(String extension) {
        var type = new ASN1ObjectIdentifier(extension);
        var odd = new DEROctetString(new byte[] {1});
        for (var critical : List.of(true, false)) {
            var issuer = ca("odd").with(type, critical, odd).by(ROOT);
            assertStatus(
                    ChainStatus.TRUSTED,
                    judge(draft("mx").with(type, critical, odd).by(issuer), issuer));
        }
    }

    @Test
    void criticalPlacesOfRevocationListsAreNoFlaw() {
        var place = new DistributionPointName(
                new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, "http://crl.example/1")));
        var lists = new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(place, null, null)});
        assertStatus(
                ChainStatus.TRUSTED,
                judge(
                        draft("mx")
                                .with(Extension.cRLDistributionPoints, true, lists)
                                .by(ISSUER),
                        ISSUER));
    }

    @ParameterizedTest
    @CsvSource({
        "1.3.6.1.4.1.311.10.3.3, TRUSTED",
        "2.16.840.1.113730.4.1, TRUSTED",
        "1.3.6.1.5.5.7.3.1, TRUSTED",
        "1.3.6.1.5.5.7.3.2, WRONG_USAGE"
    })
    void purposes(String purpose, ChainStatus status) {
        var usage = new ExtendedKeyUsage(KeyPurposeId.getInstance(new ASN1ObjectIdentifier(purpose)));
        assertStatus(
                status,
                judge(draft("mx").with(Extension.extendedKeyUsage, false, usage).by(ISSUER), ISSUER));
        var root = ca("root of a purpose")
                .with(Extension.extendedKeyUsage, false, usage)
                .selfSigned();
        assertStatus(status, judgedWith(root, draft("mx").by(root)));
    }

    @ParameterizedTest
    @CsvSource({"true, TRUSTED", "false, NAME_CONSTRAINT"})
    void anEmptyDnsNameInNameConstraintsStandsForAllNames(boolean permitted, ChainStatus status) {
        var all = new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.dNSName, ""))};
        var constraints = permitted ? new NameConstraints(all, null) : new NameConstraints(null, all);
        for (var critical : List.of(true, false)) {
            var issuer = ca("issuer")
                    .with(Extension.nameConstraints, critical, constraints)
                    .by(ROOT);
            assertStatus(status, judge(named("mx.example.org").by(issuer), issuer));
            var root = ca("root")
                    .with(Extension.nameConstraints, critical, constraints)
                    .selfSigned();
            assertStatus(status, judgedWith(root, named("mx.example.org").by(root)));
        }
    }

    @Test
    void aCommonNameIsNoDnsName() {
        var constrained = ca("issuer.example.net")
                .with(Extension.nameConstraints, true, JudgedChains.permitting("example.org"))
                .by(ROOT);
        var lower = ca("lower.example.net").by(constrained);
        var leaf = draft("mx.example.net").with(Extension.subjectAlternativeName, false, MX);
        assertStatus(ChainStatus.TRUSTED, judge(leaf.by(lower), lower, constrained));
        assertStatus(ChainStatus.TRUSTED, judge(draft("mx.example.net").by(lower), lower, constrained));
        var root = ca("root.example.net")
                .with(Extension.nameConstraints, true, JudgedChains.permitting("example.org"))
                .selfSigned();
        var issuer = ca("issuer.example.net").by(root);
        assertStatus(ChainStatus.TRUSTED, judgedWith(root, leaf.by(issuer), issuer));
    }

    /** What is wrong besides is still wrong. */
    @Test
    void otherFlawsOfSuchCertificatesAreFound() {
        var odd = draft("").with(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), true, DERNull.INSTANCE);
        assertStatus(ChainStatus.WRONG_USAGE, judge(odd.by(ISSUER), ISSUER));
        var unreadable = new ASN1EncodableVector();
        unreadable.add(DERNull.INSTANCE);
        var usage = draft("").with(Extension.keyUsage, true, new DERSequence(unreadable));
        assertStatus(ChainStatus.MALFORMED, judge(usage.by(ISSUER), ISSUER));
        var early = draft("").valid(JudgedChains.PAST, "2023-01-01T00:00:00Z");
        assertStatus(ChainStatus.EXPIRED, judge(early.by(ISSUER), ISSUER));
        assertTrue(judge(draft("").hash("SHA1").by(ISSUER), ISSUER).weakSignature());
    }
}
