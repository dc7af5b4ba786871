package org.starttlscensus.dane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.dane.DaneScene.ISSUER;
import static org.starttlscensus.dane.DaneScene.ISSUER_OF_OLD_ROOT;
import static org.starttlscensus.dane.DaneScene.OLD_ISSUER;
import static org.starttlscensus.dane.DaneScene.OLD_ROOT;
import static org.starttlscensus.dane.DaneScene.OTHER;
import static org.starttlscensus.dane.DaneScene.ROOT;
import static org.starttlscensus.dane.DaneScene.SERVER;
import static org.starttlscensus.dane.DaneScene.chain;
import static org.starttlscensus.dane.DaneScene.judge;
import static org.starttlscensus.dane.DaneScene.record;
import static org.starttlscensus.dane.DaneScene.server;
import static org.starttlscensus.dane.DaneScene.told;

import java.util.List;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.verdict.IssuedCertificate;

class DaneJudgeTest {

    private static final List<Octets> CHAIN = chain(SERVER, ISSUER);

    @Test
    void usage3MatchesTheServersOwnCertificateInEveryForm() {
        for (int selector = 0; selector <= 1; selector++) {
            for (int type = 0; type <= 2; type++) {
                assertEquals("pass at 0", told(judge(CHAIN, record(3, selector, type, SERVER))));
                assertEquals("fail", told(judge(CHAIN, record(3, selector, type, ISSUER))));
            }
        }
    }

    /** RFC 7671, section 5.1: neither the names nor the dates of the certificate count. */
    @Test
    void usage3IgnoresNamesDatesAndIssuers() {
        var old = server("elsewhere.example")
                .valid("2019-01-01T00:00:00Z", "2020-01-01T00:00:00Z")
                .by(OLD_ROOT);
        assertEquals("pass at 0", told(judge(chain(old), record(3, 1, 1, old))));
        assertEquals("pass at 0", told(judge(chain(old), record(3, 0, 1, old))));
    }

    @Test
    void usage2MatchesIssuersThatWereSent() {
        var whole = chain(SERVER, ISSUER, ROOT);
        for (int selector = 0; selector <= 1; selector++) {
            for (int type = 0; type <= 2; type++) {
                assertEquals("pass at 1", told(judge(whole, record(2, selector, type, ISSUER))));
                assertEquals("pass at 2", told(judge(whole, record(2, selector, type, ROOT))));
                assertEquals("fail", told(judge(whole, record(2, selector, type, OLD_ROOT))));
            }
        }
        assertEquals("pass at 2", told(judge(chain(SERVER, ROOT, ISSUER), record(2, 0, 1, ROOT))));
        assertEquals("pass at 1", told(judge(whole, record(2, 0, 1, ROOT), record(2, 0, 1, ISSUER))));
    }

    /** RFC 7671, section 5.2.2: a digest tells nothing about a certificate that was not sent. */
    @Test
    void aDigestOfAnIssuerThatWasNotSentMatchesNothing() {
        var verdict = judge(CHAIN, record(2, 0, 1, ROOT), record(2, 1, 2, ROOT));
        assertEquals("fail", told(verdict));
        assertEquals(DaneReason.NOTHING_MATCHES, verdict.findings().getFirst().reason());
    }

    /** For an issuer only in DNS, 2 0 0 must work (RFC 7671, section 5.2.2), 2 1 0 should (RFC 7671, section 5.2.3). */
    @Test
    void aWholeIssuerInTheRecordNeedNotBeSent() {
        assertEquals("pass at 1", told(judge(chain(SERVER), record(2, 0, 0, ISSUER))));
        assertEquals("pass at 2", told(judge(CHAIN, record(2, 0, 0, ROOT))));
        assertEquals("pass at 0", told(judge(chain(SERVER), record(2, 1, 0, ISSUER))));
        assertEquals("pass at 1", told(judge(CHAIN, record(2, 1, 0, ROOT))));
        assertEquals("fail", told(judge(chain(SERVER), record(2, 0, 0, ROOT))));
        assertEquals("fail", told(judge(chain(SERVER), record(2, 1, 0, ROOT))));
    }

    @Test
    void theServersOwnCertificateIsNoIssuer() {
        var self = server(DaneScene.HOST).selfSigned();
        for (var record : List.of(record(2, 0, 1, self), record(2, 1, 1, self), record(2, 0, 0, self))) {
            assertEquals("fail", told(judge(chain(self), record)), record);
            assertEquals("fail", told(judge(chain(self, self), record)), record);
        }
    }

    @Test
    void usage2NeedsOneOfTheNames() {
        var mismatch = judge(chain(OTHER, ISSUER), record(2, 0, 1, ISSUER));
        assertEquals("fail at 1", told(mismatch));
        assertTrue(mismatch.findings().contains(DaneFinding.of(DaneReason.NAME_MISMATCH)));
        assertEquals("pass at 1", told(judge("other.example.org", chain(OTHER, ISSUER), record(2, 0, 1, ISSUER))));
        var none = DaneJudge.judge(List.of(TlsaRecord.parse(record(2, 0, 1, ISSUER))), CHAIN, List.of(), DaneScene.AT);
        assertEquals("fail at 1", told(none));
        var wildcard = server("*.example.org").by(ISSUER);
        assertEquals("pass at 1", told(judge(chain(wildcard, ISSUER), record(2, 0, 1, ISSUER))));
        assertEquals("fail at 1", told(judge("a.mx.example.org", chain(wildcard, ISSUER), record(2, 0, 1, ISSUER))));
        var byName = IssuedCertificate.draft(DaneScene.HOST).by(ISSUER);
        var verdict = judge(chain(byName, ISSUER), record(2, 0, 1, ISSUER));
        assertEquals("pass at 1", told(verdict));
        assertTrue(verdict.findings().contains(DaneFinding.of(DaneReason.COMMON_NAME_ONLY)));
    }

    @Test
    void usage2NeedsAValidPath() {
        var expired = server(DaneScene.HOST)
                .valid("2019-01-01T00:00:00Z", "2020-01-01T00:00:00Z")
                .by(ISSUER);
        assertEquals("fail at 1", told(judge(chain(expired, ISSUER), record(2, 0, 1, ISSUER))));
        var later = server(DaneScene.HOST)
                .valid("2030-01-01T00:00:00Z", "2031-01-01T00:00:00Z")
                .by(ISSUER);
        assertEquals("fail at 1", told(judge(chain(later, ISSUER), record(2, 0, 1, ISSUER))));
        var noCa = IssuedCertificate.ca("no CA")
                .with(Extension.basicConstraints, true, new BasicConstraints(false))
                .by(ROOT);
        var belowNoCa = server(DaneScene.HOST).by(noCa);
        assertEquals("fail at 1", told(judge(chain(belowNoCa, noCa), record(2, 0, 1, noCa))));
        var signer = IssuedCertificate.draft("signer")
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
                .by(ROOT);
        var belowSigner = server(DaneScene.HOST).by(signer);
        assertEquals("pass at 1", told(judge(chain(belowSigner, signer), record(2, 0, 1, signer))));
        assertEquals("fail at 2", told(judge(chain(belowSigner, signer, ROOT), record(2, 0, 1, ROOT))));
        var namesake = IssuedCertificate.ca("issuer").by(ROOT);
        var verdict = judge(chain(SERVER, namesake), record(2, 0, 1, namesake));
        assertEquals("fail", told(verdict));
        assertEquals(DaneReason.NO_PATH, verdict.findings().getFirst().reason());
    }

    /** As OpenSSL, and so most senders: the dates of an anchor count only if it signed itself. */
    @Test
    void theDatesOfAnAnchorCountOnlyIfItIsARoot() {
        var belowOld = server(DaneScene.HOST).by(OLD_ISSUER);
        assertEquals("pass at 1", told(judge(chain(belowOld, OLD_ISSUER, ROOT), record(2, 0, 1, OLD_ISSUER))));
        assertEquals("fail at 2", told(judge(chain(belowOld, OLD_ISSUER, ROOT), record(2, 0, 1, ROOT))));
        assertEquals("fail at 1", told(judge(chain(belowOld, OLD_ISSUER), record(2, 1, 0, ROOT))));
        var belowOldRoot = server(DaneScene.HOST).by(ISSUER_OF_OLD_ROOT);
        var whole = chain(belowOldRoot, ISSUER_OF_OLD_ROOT, OLD_ROOT);
        assertEquals("pass at 1", told(judge(whole, record(2, 0, 1, ISSUER_OF_OLD_ROOT))));
        assertEquals("fail at 2", told(judge(whole, record(2, 0, 1, OLD_ROOT))));
        assertEquals("fail at 2", told(judge(whole, record(2, 1, 0, OLD_ROOT))));
        assertEquals("pass at 1", told(judge(chain(belowOldRoot, ISSUER_OF_OLD_ROOT), record(2, 1, 0, OLD_ROOT))));
    }

    /** RFC 7671, section 9: of one usage and selector only the strongest digest counts; whole data always does. */
    @Test
    void digestsAreBelievedByUsageAndSelector() {
        assertEquals("fail", told(judge(CHAIN, record(3, 1, 2, OTHER), record(3, 1, 1, SERVER))));
        assertEquals("pass at 0", told(judge(CHAIN, record(3, 0, 2, SERVER), record(3, 1, 1, OTHER))));
        assertEquals("pass at 0", told(judge(CHAIN, record(3, 1, 2, OTHER), record(3, 0, 1, SERVER))));
        assertEquals("pass at 0", told(judge(CHAIN, record(3, 1, 2, OTHER), record(3, 1, 0, SERVER))));
        assertEquals("fail", told(judge(CHAIN, record(2, 1, 2, ROOT), record(2, 1, 1, ISSUER))));
        assertEquals("pass at 1", told(judge(CHAIN, record(3, 1, 2, OTHER), record(2, 1, 1, ISSUER))));
        assertEquals("pass at 0", told(judge(CHAIN, "3 1 2 abcd", record(3, 1, 1, SERVER))));
    }

    /** A rollover: the old and the next key are published, with the same parameters. */
    @Test
    void oneOfSeveralRecordsIsEnough() {
        assertEquals("pass at 0", told(judge(CHAIN, record(3, 1, 1, OTHER), record(3, 1, 1, SERVER))));
        assertEquals("pass at 0", told(judge(CHAIN, record(2, 0, 1, ISSUER), record(3, 1, 1, SERVER))));
        assertEquals("pass at 1", told(judge(CHAIN, record(2, 0, 1, ISSUER), record(3, 1, 1, OTHER))));
    }

    @Test
    void unusableRecordsAreNotFailures() {
        assertEquals("none", told(judge(CHAIN)));
        for (var record : List.of(
                record(0, 0, 1, ISSUER),
                record(1, 1, 1, SERVER),
                "4 1 1 " + "ab".repeat(32),
                "255 1 1 " + "ab".repeat(32),
                "3 2 1 " + "ab".repeat(32),
                "3 1 3 " + "ab".repeat(32),
                "3 1 255 " + "ab".repeat(32),
                "3 1 1 " + "ab".repeat(31),
                "3 1 2 " + "ab".repeat(32),
                "3 1 1",
                "3 0 0 3003020101",
                "3 1 0 3003020101",
                "2 0 0 00",
                record(3, 1, 0, SERVER) + "00")) {
            assertEquals("unusable", told(judge(CHAIN, record)), record);
            assertEquals("pass at 0", told(judge(CHAIN, record, record(3, 1, 1, SERVER))), record);
            assertEquals("fail", told(judge(CHAIN, record, record(3, 1, 1, OTHER))), record);
        }
    }

    @Test
    void aServerWithoutACertificateFails() {
        var verdict = judge(List.of(), record(3, 1, 1, SERVER));
        assertEquals("fail", told(verdict));
        assertEquals(DaneReason.NO_CERTIFICATE, verdict.findings().getFirst().reason());
        assertEquals("unusable", told(judge(List.of(), record(1, 1, 1, SERVER))));
        assertEquals("none", told(judge(List.of())));
    }

    @Test
    void theRecordThatRepairsMatches() {
        var record = TlsaRecord.recommendedFor(SERVER.der()).orElseThrow();
        assertEquals("3 1 1", record.kind());
        assertEquals("pass at 0", told(judge(CHAIN, record.toString())));
        assertTrue(TlsaRecord.recommendedFor(Octets.of("no certificate")).isEmpty());
    }
}
