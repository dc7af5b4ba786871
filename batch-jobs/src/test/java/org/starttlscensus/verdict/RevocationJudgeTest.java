package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.tls.OcspResponseReader;

class RevocationJudgeTest {

    private static final Instant AT = Instant.parse("2026-11-23T22:00:00Z");
    private static final Optional<Boolean> UNKNOWN = Optional.empty();
    private static final IssuedCertificate ROOT = IssuedCertificate.ca("root").selfSigned();
    private static final IssuedCertificate ISSUER =
            IssuedCertificate.ca("issuer").by(ROOT);
    private static final IssuedCertificate NAMESAKE =
            IssuedCertificate.ca("issuer").by(ROOT);

    /** Listens at the responder's address in the certificate. The judge must never connect to it. */
    private static ServerSocket responder;

    private static IssuedCertificate leaf;
    private static List<Octets> chain;

    @BeforeAll
    static void issue() throws IOException {
        responder = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var url = "http://127.0.0.1:%d/".formatted(responder.getLocalPort());
        leaf = IssuedCertificate.draft("mx.example.org")
                .with(
                        Extension.authorityInfoAccess,
                        false,
                        new AuthorityInformationAccess(new AccessDescription(
                                AccessDescription.id_ad_ocsp,
                                new GeneralName(GeneralName.uniformResourceIdentifier, url))))
                .by(ISSUER);
        chain = List.of(leaf.der(), ISSUER.der());
    }

    @AfterAll
    static void noRequestWasSent() throws IOException {
        try (var listening = responder) {
            listening.setSoTimeout(1);
            assertThrows(SocketTimeoutException.class, listening::accept);
        }
    }

    private static StapledResponse staple() {
        return StapledResponse.of(leaf, ISSUER, AT);
    }

    private static Optional<Boolean> verdict(StapledResponse staple) {
        return verdict(staple.der(), chain);
    }

    private static Optional<Boolean> verdict(Octets staple, List<Octets> chain) {
        return RevocationJudge.of(OcspResponseReader.read(staple), chain, AT);
    }

    @Test
    void goodIsNotRevoked() {
        assertEquals(Optional.of(false), verdict(staple()));
    }

    @Test
    void revokedIsRevoked() {
        assertEquals(Optional.of(true), verdict(staple().revoked()));
    }

    @Test
    void revokedLaterThanTheCallIsUnknown() {
        assertEquals(UNKNOWN, verdict(staple().revoked(AT.plusSeconds(60))));
    }

    @Test
    void unknownIsUnknown() {
        assertEquals(UNKNOWN, verdict(staple().unknown()));
    }

    @Test
    void theCertificatesMayComeInAnyOrder() {
        var staple = staple().revoked().der();
        assertEquals(
                Optional.of(true),
                verdict(staple, List.of(leaf.der(), ROOT.der(), NAMESAKE.der(), Octets.of("noise"), ISSUER.der())));
    }

    @Test
    void datesOfTheCertificateDoNotMatter() {
        var expired = IssuedCertificate.draft("mx.example.org")
                .valid("2020-01-01T00:00:00Z", "2026-11-01T00:00:00Z")
                .by(ISSUER);
        assertEquals(
                Optional.of(true),
                verdict(StapledResponse.of(expired, ISSUER, AT).revoked().der(), List.of(expired.der(), ISSUER.der())));
    }

    @Nested
    class OfAnotherCertificateOrIssuer {

        @Test
        void anotherSerial() {
            assertUnknown(staple().serial(8));
        }

        @Test
        void anotherNameOfTheIssuer() {
            assertUnknown(staple().issuedBy(ROOT));
        }

        @Test
        void anotherKeyOfTheIssuer() {
            assertUnknown(staple().issuedBy(NAMESAKE));
        }

        @Test
        void withoutTheIssuersCertificate() {
            for (var sent : List.of(
                    List.of(leaf.der()),
                    List.of(leaf.der(), ROOT.der()),
                    List.of(leaf.der(), NAMESAKE.der()),
                    List.<Octets>of())) {
                assertEquals(UNKNOWN, verdict(staple().revoked().der(), sent));
            }
        }

        @Test
        void identifiedByAHashThatTheJdkDoesNotCompare() {
            assertUnknown(staple().hash(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256)));
        }
    }

    @Nested
    class OutOfDate {

        @Test
        void stale() {
            assertUnknown(staple().valid(AT.minus(Duration.ofDays(9)), AT.minus(Duration.ofHours(1))));
        }

        @Test
        void notYetValid() {
            assertUnknown(staple().valid(AT.plus(Duration.ofHours(1)), AT.plus(Duration.ofDays(1))));
        }

        @Test
        void dependsOnTheTimeOfTheCall() {
            var then = OcspResponseReader.read(staple().revoked().der());
            assertEquals(Optional.of(true), RevocationJudge.of(then, chain, AT.plus(Duration.ofHours(23))));
            assertEquals(UNKNOWN, RevocationJudge.of(then, chain, AT.plus(Duration.ofDays(2))));
        }
    }

    @Nested
    class Signed {

        @Test
        void withAnotherKey() {
            assertUnknown(staple().signedWith(NAMESAKE.key()));
        }

        @Test
        void byTheServerItself() {
            assertUnknown(staple().by(leaf));
        }

        @Test
        void byADelegateOfTheIssuer() {
            var delegate = responder(KeyPurposeId.id_kp_OCSPSigning, ISSUER);
            assertEquals(Optional.of(false), verdict(staple().by(delegate)));
            assertEquals(Optional.of(true), verdict(staple().revoked().by(delegate)));
        }

        @Test
        void byACertificateThatIsNoDelegate() {
            assertUnknown(staple().by(IssuedCertificate.draft("responder").by(ISSUER)));
            assertUnknown(staple().by(responder(KeyPurposeId.id_kp_serverAuth, ISSUER)));
            assertUnknown(staple().by(responder(KeyPurposeId.anyExtendedKeyUsage, ISSUER)));
        }

        @Test
        void byADelegateOfAnotherIssuer() {
            assertUnknown(staple().by(responder(KeyPurposeId.id_kp_OCSPSigning, ROOT)));
            assertUnknown(staple().by(responder(KeyPurposeId.id_kp_OCSPSigning, NAMESAKE)));
        }

        @Test
        void byADelegateWhoseCertificateHasExpired() {
            assertUnknown(staple().by(IssuedCertificate.draft("responder")
                    .valid("2020-01-01T00:00:00Z", "2026-11-22T00:00:00Z")
                    .with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning))
                    .by(ISSUER)));
        }

        private static IssuedCertificate responder(KeyPurposeId purpose, IssuedCertificate issuer) {
            return IssuedCertificate.draft("responder")
                    .with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
                    .by(issuer);
        }
    }

    @Nested
    class Garbage {

        /** Changes every octet in turn: there is never an exception, and never the opposite verdict. */
        @Test
        void aDamagedResponseNeverReversesTheVerdict() {
            assertNeverReversed(staple().der(), Optional.of(false));
            assertNeverReversed(staple().revoked().der(), Optional.of(true));
        }

        @Test
        void randomOctetsAreUnknown() {
            var random = new Random(6960);
            for (int size = 0; size < 300; size++) {
                var noise = new byte[size];
                random.nextBytes(noise);
                assertEquals(UNKNOWN, verdict(Octets.of(noise), chain));
            }
        }

        @Test
        void veryLongResponsesAreNotRead() {
            assertEquals(UNKNOWN, verdict(Octets.of(Arrays.copyOf(staple().der().toArray(), 65_537)), chain));
            var tooMany = new ArrayList<>(Collections.nCopies(100, ISSUER.der()));
            tooMany.addFirst(leaf.der());
            assertEquals(UNKNOWN, verdict(staple().der(), tooMany));
        }

        @Test
        void deeplyNestedDer() {
            var nested = new byte[60_000];
            for (int i = 0; i + 3 < nested.length; i += 4) {
                nested[i] = 0x30;
                nested[i + 1] = (byte) 0x82;
                nested[i + 2] = (byte) ((nested.length - i - 4) >> 8);
                nested[i + 3] = (byte) (nested.length - i - 4);
            }
            assertEquals(UNKNOWN, verdict(Octets.of(nested), chain));
        }

        private static void assertNeverReversed(Octets response, Optional<Boolean> verdictOfTheWhole) {
            for (int i = 0; i < response.size(); i++) {
                for (int bit : new int[] {0x01, 0x80, 0xff}) {
                    var changed = response.toArray();
                    changed[i] ^= (byte) bit;
                    var found = verdict(Octets.of(changed), chain);
                    var octet = i;
                    if (!found.equals(verdictOfTheWhole))
                        assertEquals(UNKNOWN, found, () -> "octet %d xor %02x".formatted(octet, bit));
                }
                assertEquals(UNKNOWN, verdict(Octets.of(Arrays.copyOf(response.toArray(), i)), chain));
            }
        }
    }

    /** Both for a good and for a revoked status. */
    private static void assertUnknown(StapledResponse otherwiseGood) {
        assertEquals(UNKNOWN, verdict(otherwiseGood));
        assertEquals(UNKNOWN, verdict(otherwiseGood.revoked()));
    }
}
