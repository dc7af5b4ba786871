package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.verdict.IssuedCertificate.ca;
import static org.starttlscensus.verdict.IssuedCertificate.draft;
import static org.starttlscensus.verdict.JudgedChains.ISSUER;
import static org.starttlscensus.verdict.JudgedChains.LEAF;
import static org.starttlscensus.verdict.JudgedChains.PAST;
import static org.starttlscensus.verdict.JudgedChains.ROOT;
import static org.starttlscensus.verdict.JudgedChains.UNRELATED;
import static org.starttlscensus.verdict.JudgedChains.judge;
import static org.starttlscensus.verdict.JudgedChains.judgedWith;
import static org.starttlscensus.verdict.JudgedChains.named;
import static org.starttlscensus.verdict.JudgedChains.permitting;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Octets;

/** Verdicts on chains, by their dates, their issuers and the trusted roots. */
class ChainJudgeTest {

    @Nested
    class OfAGoodChain {

        @Test
        void isTrusted() {
            var verdict = judge(LEAF, ISSUER);
            assertEquals(ChainStatus.TRUSTED, verdict.status());
            assertTrue(verdict.chainOk());
            assertEquals(List.of(), verdict.reasons());
        }

        @Test
        void ignoresOrderUnrelatedCertificatesTheRootAndRepetitions() {
            assertEquals(
                    ChainStatus.TRUSTED,
                    judge(LEAF, UNRELATED, ROOT, ISSUER, LEAF, ISSUER).status());
        }

        @Test
        void ignoresUnreadableUnrelatedCertificates() {
            assertEquals(
                    ChainStatus.TRUSTED,
                    JudgedChains.judge(List.of(LEAF.der(), Octets.of("rubbish"), ISSUER.der()))
                            .status());
        }

        @Test
        void trustsASelfSignedCertificateThatIsInTheStore() {
            var own = draft("mx").selfSigned();
            var verdict = judgedWith(own, own);
            assertEquals(ChainStatus.TRUSTED, verdict.status());
            assertTrue(verdict.selfSigned());
        }
    }

    @Nested
    class OfWhatCannotBeJudged {

        @Test
        void isNoneWithoutACertificate() {
            assertEquals(ChainStatus.NONE, JudgedChains.judge(List.of()).status());
        }

        @Test
        void isMalformedUnlessItIsExactlyOneDerValue() {
            var der = LEAF.der().toArray();
            var pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(der)
                    + "\n-----END CERTIFICATE-----\n";
            assertEquals(
                    ChainStatus.MALFORMED,
                    JudgedChains.judge(List.of(Octets.of(pem), ISSUER.der())).status());
            assertEquals(
                    ChainStatus.MALFORMED,
                    JudgedChains.judge(List.of(Octets.of(Arrays.copyOf(der, der.length + 1)), ISSUER.der()))
                            .status());
            assertEquals(
                    ChainStatus.MALFORMED,
                    JudgedChains.judge(List.of(Octets.NONE)).status());
        }

        @Test
        void isMalformedIfTheMissingIssuerMayBeTheUnreadableCertificate() {
            assertEquals(
                    ChainStatus.MALFORMED,
                    JudgedChains.judge(List.of(LEAF.der(), Octets.of("rubbish")))
                            .status());
        }
    }

    @Nested
    class OfDates {

        @Test
        void distinguishExpiredFromNotYetValid() {
            var old = judge(draft("mx").valid(PAST, "2023-01-01T00:00:00Z").by(ISSUER), ISSUER);
            assertEquals(ChainStatus.EXPIRED, old.status());
            assertTrue(old.chainOk() && old.expired() && !old.notYetValid());
            var early = judge(
                    draft("mx")
                            .valid("2030-01-01T00:00:00Z", "2031-01-01T00:00:00Z")
                            .by(ISSUER),
                    ISSUER);
            assertEquals(ChainStatus.NOT_YET_VALID, early.status());
            assertTrue(early.chainOk() && early.notYetValid() && !early.expired());
        }

        @Test
        void includeTheRootsOwnDates() {
            var root = ca("old root").valid(PAST, "2025-01-01T00:00:00Z").selfSigned();
            assertEquals(
                    ChainStatus.EXPIRED, judgedWith(root, draft("mx").by(root)).status());
        }

        @Test
        void rankAnUnknownRootAboveAnExpiry() {
            var verdict = judge(draft("mx").valid(PAST, "2023-01-01T00:00:00Z").by(UNRELATED), UNRELATED);
            assertEquals(ChainStatus.UNTRUSTED_ROOT, verdict.status());
            assertTrue(verdict.expired());
            assertFalse(verdict.chainOk());
        }

        @Test
        void doNotHideAFlawOfAPathThatWasNeverValid() {
            var issuer = ca("short")
                    .valid(PAST, "2023-01-01T00:00:00Z")
                    .with(Extension.nameConstraints, true, permitting("example.net"))
                    .by(ROOT);
            var verdict = judge(
                    named("mx.example.org")
                            .valid("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")
                            .by(issuer),
                    issuer);
            assertEquals(ChainStatus.NAME_CONSTRAINT, verdict.status());
            assertTrue(verdict.expired());
        }

        @Test
        void giveAVerdictForEveryTime() {
            var root = ca("root").selfSigned();
            var leaf = draft("mx")
                    .valid("2025-01-01T00:00:00Z", "2025-06-01T00:00:00Z")
                    .by(root);
            var judgement =
                    new ChainJudge(new TrustStore("test", List.of(root.certificate()))).judge(List.of(leaf.der()));
            assertEquals(
                    List.of(ChainStatus.NOT_YET_VALID, ChainStatus.TRUSTED, ChainStatus.EXPIRED),
                    judgement.spans().stream()
                            .map(span -> span.verdict().status())
                            .toList());
            assertEquals(
                    ChainStatus.NOT_YET_VALID,
                    judgement.at(Instant.parse("2024-12-31T23:59:59.999999Z")).status());
            assertEquals(
                    ChainStatus.TRUSTED,
                    judgement.at(Instant.parse("2025-01-01T00:00:00Z")).status());
            assertEquals(
                    ChainStatus.TRUSTED,
                    judgement.at(Instant.parse("2025-06-01T00:00:00Z")).status());
            assertEquals(
                    ChainStatus.TRUSTED,
                    judgement.at(Instant.parse("2025-06-01T00:00:00.999999Z")).status());
            assertEquals(
                    ChainStatus.EXPIRED,
                    judgement.at(Instant.parse("2025-06-01T00:00:01Z")).status());
        }

        @Test
        void areJudgedBesideTheNameOfTheRoot() {
            assertEquals(Optional.of("root"), judge(LEAF, ISSUER).root());
            assertEquals(
                    Optional.empty(),
                    judge(draft("mx").by(UNRELATED), UNRELATED).root());
        }

        @Test
        void chooseThePathThatIsStillValid() {
            var key = IssuedCertificate.key("EC", 256);
            var old = ca("twice").key(key).valid(PAST, "2023-01-01T00:00:00Z").by(ROOT);
            var renewed = ca("twice").key(key).by(ROOT);
            assertEquals(
                    ChainStatus.TRUSTED,
                    judge(draft("mx").by(old), old, renewed).status());
        }
    }

    @Nested
    class OfTrust {

        @Test
        void distinguishesSelfSignedIncompleteAndUntrusted() {
            var alone = judge(draft("mx").selfSigned());
            assertEquals(ChainStatus.SELF_SIGNED, alone.status());
            assertTrue(alone.selfSigned());
            assertEquals(ChainStatus.INCOMPLETE, judge(LEAF).status());
            assertEquals(
                    ChainStatus.UNTRUSTED_ROOT,
                    judge(draft("mx").by(UNRELATED), UNRELATED).status());
        }

        @Test
        void reliesOnSignaturesNotNames() {
            var impostor = ca("root").selfSigned();
            assertEquals(ChainStatus.INCOMPLETE, judge(draft("mx").by(impostor)).status());
            assertEquals(
                    ChainStatus.UNTRUSTED_ROOT,
                    judge(draft("mx").by(impostor), impostor).status());
        }
    }

    @Nested
    class OfIssuers {

        @Test
        void requiresACa() {
            var server = draft("server").by(ISSUER);
            assertEquals(
                    ChainStatus.INVALID_CA,
                    judge(draft("mx").by(server), server, ISSUER).status());
        }

        @Test
        void enforcesPathLengths() {
            var last = ca("last")
                    .with(Extension.basicConstraints, true, new BasicConstraints(0))
                    .by(ROOT);
            var deeper = ca("deeper").by(last);
            assertEquals(ChainStatus.TRUSTED, judge(draft("mx").by(last), last).status());
            assertEquals(
                    ChainStatus.INVALID_CA,
                    judge(draft("mx").by(deeper), deeper, last).status());
        }

        @Test
        void enforcesTheRootsOwnPathLengthAndNameConstraints() {
            var strict = ca("strict")
                    .with(Extension.basicConstraints, true, new BasicConstraints(0))
                    .with(Extension.nameConstraints, true, permitting("example.net"))
                    .selfSigned();
            var issuer = ca("issuer").by(strict);
            assertEquals(
                    ChainStatus.TRUSTED,
                    judgedWith(strict, named("mx.example.net").by(strict)).status());
            assertEquals(
                    ChainStatus.NAME_CONSTRAINT,
                    judgedWith(strict, named("mx.example.org").by(strict)).status());
            assertEquals(
                    ChainStatus.INVALID_CA,
                    judgedWith(strict, named("mx.example.net").by(issuer), issuer)
                            .status());
        }

        @Test
        void refusesWildcardsOverExcludedNamesAndMalformedNames() {
            var excluding = new NameConstraints(
                    null,
                    new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.dNSName, "bar.example.com"))});
            var issuer = ca("issuer")
                    .with(Extension.nameConstraints, true, excluding)
                    .by(ROOT);
            assertEquals(
                    ChainStatus.TRUSTED,
                    judge(named("mx.example.com").by(issuer), issuer).status());
            assertEquals(
                    ChainStatus.NAME_CONSTRAINT,
                    judge(named("*.example.com").by(issuer), issuer).status());
            assertEquals(
                    ChainStatus.NAME_CONSTRAINT,
                    judge(named(".example.com").by(issuer), issuer).status());
        }

        @Test
        void refusesNameConstraintsInAServerCertificate() {
            var leaf = named("mx.example.com").with(Extension.nameConstraints, true, permitting("example.com"));
            assertEquals(
                    ChainStatus.NAME_CONSTRAINT, judge(leaf.by(ISSUER), ISSUER).status());
        }

        @Test
        void findsFlawsOfUntrustedPathsToo() {
            var noCa = draft("no ca").selfSigned();
            assertEquals(
                    ChainStatus.INVALID_CA, judge(draft("mx").by(noCa), noCa).status());
        }
    }
}
