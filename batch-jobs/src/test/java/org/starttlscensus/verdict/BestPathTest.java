package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.verdict.IssuedCertificate.ca;
import static org.starttlscensus.verdict.IssuedCertificate.draft;
import static org.starttlscensus.verdict.JudgedChains.ROOT;
import static org.starttlscensus.verdict.JudgedChains.UNRELATED;
import static org.starttlscensus.verdict.JudgedChains.judge;
import static org.starttlscensus.verdict.JudgedChains.named;
import static org.starttlscensus.verdict.JudgedChains.permitting;

import java.security.KeyPair;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;

/** Which of several paths decides: one issuer has two certificates, and each leads somewhere else. */
class BestPathTest {

    private static final KeyPair KEY = IssuedCertificate.key("EC", 256);

    /** Its own issuer is nowhere. */
    private static final IssuedCertificate LOST =
            ca("twice").key(KEY).by(ca("nowhere").selfSigned());

    private static final IssuedCertificate OTHER = ca("twice").key(KEY).by(UNRELATED);

    private static void assertBothOrders(
            ChainStatus expected, IssuedCertificate leaf, IssuedCertificate one, IssuedCertificate other) {
        for (var verdict : new ChainVerdict[] {
            judge(leaf, one, other, UNRELATED), judge(leaf, other, one, UNRELATED), judge(leaf, UNRELATED, one, other)
        }) {
            assertEquals(expected, verdict.status(), verdict::toString);
        }
    }

    @Test
    void aPathThatEndsWithoutARootHidesNoGoodOne() {
        var good = ca("twice").key(KEY).by(ROOT);
        assertBothOrders(ChainStatus.TRUSTED, draft("mx").by(good), good, LOST);
        assertBothOrders(ChainStatus.TRUSTED, draft("mx").by(good), good, OTHER);
    }

    @Test
    void norTheFlawOfTheOnlyPathToATrustedRoot() {
        var narrow = ca("twice")
                .key(KEY)
                .with(Extension.nameConstraints, true, permitting("example.net"))
                .by(ROOT);
        assertBothOrders(ChainStatus.NAME_CONSTRAINT, named("mx.example.org").by(narrow), narrow, LOST);
        assertBothOrders(ChainStatus.NAME_CONSTRAINT, named("mx.example.org").by(narrow), narrow, OTHER);
        assertTrue(
                judge(named("mx.example.org").by(narrow), LOST, narrow).root().isPresent());
        var noCa = draft("twice")
                .key(KEY)
                .with(Extension.basicConstraints, true, new BasicConstraints(false))
                .by(ROOT);
        assertBothOrders(ChainStatus.INVALID_CA, draft("mx").by(noCa), noCa, LOST);
    }

    @Test
    void aPathToAnotherRootIsMoreThanOneToNone() {
        assertBothOrders(ChainStatus.UNTRUSTED_ROOT, draft("mx").by(OTHER), OTHER, LOST);
    }

    @Test
    void theConstraintsOfOnePathDoNotHoldForTheOther() {
        var narrow = ca("narrow")
                .with(Extension.nameConstraints, true, permitting("example.net"))
                .by(UNRELATED);
        var below = ca("twice").key(KEY).by(narrow);
        var free = ca("twice").key(KEY).by(ROOT);
        var leaf = named("mx.example.org").by(free);
        assertEquals(ChainStatus.TRUSTED, judge(leaf, below, narrow, free).status());
        assertEquals(ChainStatus.TRUSTED, judge(leaf, free, below, narrow).status());
    }
}
