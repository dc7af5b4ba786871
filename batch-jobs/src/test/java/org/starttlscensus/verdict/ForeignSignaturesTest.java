package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.verdict.IssuedCertificate.ca;
import static org.starttlscensus.verdict.IssuedCertificate.draft;
import static org.starttlscensus.verdict.IssuedCertificate.foreignKey;
import static org.starttlscensus.verdict.JudgedChains.ROOT;
import static org.starttlscensus.verdict.JudgedChains.judge;
import static org.starttlscensus.verdict.JudgedChains.judgedWith;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ECPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.Octets;

/** Signatures that the JDK cannot compute, and keys that may not make every signature. */
class ForeignSignaturesTest {

    private static final String PSS_ONLY = "a key for RSASSA-PSS signs nothing else";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "brainpoolP256r1",
                "brainpoolP384r1",
                "brainpoolP512r1",
                "brainpoolP320t1",
                "secp256k1",
                "secp224r1",
                "SLH-DSA-SHA2-128F",
                "SLH-DSA-SHAKE-128F"
            })
    void areJudgedLikeOthers(String kind) {
        var root = ca("foreign").key(foreignKey(kind)).selfSigned();
        var issuer = ca("issuer").key(foreignKey(kind)).by(root);
        var leaf = draft("mx").key(foreignKey(kind)).by(issuer);
        assertEquals(
                ChainStatus.TRUSTED,
                judgedWith(root, leaf, issuer).status(),
                () -> judgedWith(root, leaf, issuer).toString());
        assertEquals(ChainStatus.UNTRUSTED_ROOT, judge(leaf, issuer, root).status());
        assertEquals(ChainStatus.INCOMPLETE, judge(leaf, issuer).status());
        var alone = judge(draft("mx").key(foreignKey(kind)).selfSigned());
        assertEquals(ChainStatus.SELF_SIGNED, alone.status());
        assertTrue(alone.selfSigned());
        var mixed = ca("mixed").key(foreignKey(kind)).by(ROOT);
        assertEquals(ChainStatus.TRUSTED, judge(draft("mx").by(mixed), mixed).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"brainpoolP256r1", "secp256k1", "SLH-DSA-SHA2-128F"})
    void proveSomething(String kind) {
        var root = ca("foreign").key(foreignKey(kind)).selfSigned();
        var impostor = ca("foreign").key(foreignKey(kind)).selfSigned();
        var verdict = judgedWith(root, draft("mx").by(impostor));
        assertEquals(ChainStatus.INCOMPLETE, verdict.status());
        assertTrue(
                verdict.reasons().getFirst().endsWith("a certificate with the name of that issuer did not sign it"),
                verdict::toString);
        assertFalse(judge(ca("foreign").key(foreignKey(kind)).by(impostor)).selfSigned());
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "brainpoolP256r1"})
    void ofAKeyThatSpellsOutItsCurve(String curve) {
        UnaryOperator<X9ECParameters> unchanged = parameters -> parameters;
        var alone = draft("mx").key(foreignKey(curve)).explicitCurve(unchanged);
        assertEquals(ChainStatus.SELF_SIGNED, judge(alone.selfSigned()).status());
        assertEquals(ChainStatus.MALFORMED, judge(alone.by(ROOT)).status());
        var root =
                ca("explicit").key(foreignKey(curve)).explicitCurve(unchanged).selfSigned();
        assertEquals(
                ChainStatus.MALFORMED, judgedWith(root, draft("mx").by(root)).status());
        var strange = draft("mx")
                .key(foreignKey(curve))
                .explicitCurve(known -> new X9ECParameters(
                        known.getCurve(),
                        new X9ECPoint(known.getG().multiply(BigInteger.TWO), false),
                        known.getN(),
                        known.getH()));
        assertEquals(ChainStatus.MALFORMED, judge(strange.selfSigned()).status());
    }

    /** The curve was broken before the JDK forgot it. */
    @Test
    void ofAnIssuerOnATinyCurveProveNothing() {
        var root = ca("tiny").key(foreignKey("secp192r1")).selfSigned();
        var verdict = judgedWith(root, draft("mx").by(root));
        assertEquals(ChainStatus.INVALID_CA, verdict.status());
        assertTrue(verdict.weakKey());
        var leaf = judge(draft("mx").key(foreignKey("secp192r1")).by(ROOT));
        assertEquals(ChainStatus.TRUSTED, leaf.status());
        assertTrue(
                leaf.reasons().contains("weak: certificate 1 of the path has an EC key of 192 bits"), leaf::toString);
    }

    @Test
    void byAKeyForPssAreOfThatKindOnly() {
        var rsa = IssuedCertificate.key("RSA", 2_048);
        var root = ca("pss").key(rsa).pssKey().pss().selfSigned();
        assertEquals(
                ChainStatus.TRUSTED,
                judgedWith(root, draft("mx").pss().by(root)).status());
        assertEquals(
                ChainStatus.INCOMPLETE, judgedWith(root, draft("mx").by(root)).status(), PSS_ONLY);
        var plain = ca("pss").key(rsa).selfSigned();
        assertEquals(
                ChainStatus.TRUSTED, judgedWith(plain, draft("mx").by(plain)).status());
        assertEquals(
                ChainStatus.TRUSTED,
                judgedWith(plain, draft("mx").pss().by(plain)).status());
    }

    @Test
    void areWeakByPssWithSha1() {
        var root = ca("rsa").key(IssuedCertificate.key("RSA", 2_048)).selfSigned();
        var weak = judgedWith(root, draft("mx").pss().hash("SHA1").by(root));
        assertEquals(ChainStatus.TRUSTED, weak.status());
        assertTrue(weak.weakSignature());
        assertEquals(List.of("weak: certificate 1 of the path is signed with RSASSA-PSS and SHA-1"), weak.reasons());
        assertFalse(judgedWith(root, draft("mx").pss().hash("SHA384").by(root)).weakSignature());
    }

    /** Each costs eight steps of 400, so not all of 99 are tried. */
    @Test
    void areBoundedInNumber() {
        var chain = new ArrayList<Octets>();
        chain.add(draft("mx")
                .by(ca("many").key(foreignKey("brainpoolP256r1")).selfSigned())
                .der());
        for (int i = 0; i < 99; i++) {
            chain.add(ca("many").key(foreignKey("brainpoolP256r1")).by(ROOT).der());
        }
        var verdict = judge(chain);
        assertEquals(ChainStatus.INCOMPLETE, verdict.status());
        assertTrue(verdict.reasons().contains("there are more paths than we try"), verdict::toString);
        assertEquals(ChainStatus.INCOMPLETE, judge(chain.subList(0, 40)).status());
        assertFalse(judge(chain.subList(0, 40)).reasons().contains("there are more paths than we try"));
    }
}
