package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.verdict.IssuedCertificate.ca;
import static org.starttlscensus.verdict.IssuedCertificate.draft;
import static org.starttlscensus.verdict.JudgedChains.named;
import static org.starttlscensus.verdict.JudgedChains.permitting;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ChainNameConstraintsTest {

    private static final GeneralNames OUTSIDE =
            new GeneralNames(new GeneralName(GeneralName.dNSName, "mx.example.org"));
    private static final IssuedCertificate FREE = ca("free").selfSigned();
    private static final IssuedCertificate ROOT = ca("root")
            .with(Extension.nameConstraints, true, permitting("example.net"))
            .selfSigned();

    private static ChainPath path(IssuedCertificate root, IssuedCertificate... below) {
        return new ChainPath(
                Arrays.stream(below).map(IssuedCertificate::certificate).toList(),
                Optional.of(root.certificate()),
                true);
    }

    private static void assertAllowed(boolean allowed, ChainPath path) {
        assertEquals(allowed, ChainNameConstraints.allow(path));
    }

    @Nested
    class OfARoot {

        @Test
        void applyToTheServersCertificate() {
            assertAllowed(true, path(ROOT, named("mx.example.net").by(ROOT)));
            assertAllowed(false, path(ROOT, named("mx.example.org").by(ROOT)));
            assertAllowed(true, path(FREE, named("mx.example.org").by(FREE)));
        }

        @Test
        void applyToIssuersUnlessTheyAreSelfIssued() {
            var other = ca("issuer")
                    .with(Extension.subjectAlternativeName, false, OUTSIDE)
                    .by(ROOT);
            assertAllowed(false, path(ROOT, named("mx.example.net").by(other), other));
            var selfIssued = ca("root")
                    .with(Extension.subjectAlternativeName, false, OUTSIDE)
                    .by(ROOT);
            assertAllowed(true, path(ROOT, named("mx.example.net").by(selfIssued), selfIssued));
        }

        @Test
        void applyToASelfIssuedServerCertificate() {
            var leaf = draft("root")
                    .with(Extension.subjectAlternativeName, false, OUTSIDE)
                    .by(ROOT);
            assertAllowed(false, path(ROOT, leaf));
        }
    }

    @Nested
    class OfAnIssuer {

        @Test
        void applyToWhatIsBelowItAlone() {
            var issuer = ca("issuer")
                    .with(Extension.nameConstraints, true, permitting("example.net"))
                    .with(Extension.subjectAlternativeName, false, OUTSIDE)
                    .by(FREE);
            assertTrue(ChainNameConstraints.allow(
                    path(FREE, named("mx.example.net").by(issuer), issuer)));
            assertFalse(ChainNameConstraints.allow(
                    path(FREE, named("mx.example.org").by(issuer), issuer)));
            assertTrue(
                    ChainNameConstraints.allow(path(FREE, draft("without names").by(issuer), issuer)));
        }

        @Test
        void areAllowedInCasOnly() {
            var leaf = named("mx.example.net").with(Extension.nameConstraints, true, permitting("example.net"));
            assertFalse(ChainNameConstraints.allow(path(FREE, leaf.by(FREE))));
            var ca = ca("server").with(Extension.nameConstraints, true, permitting("example.net"));
            assertTrue(ChainNameConstraints.allow(path(FREE, ca.by(FREE))));
        }

        @Test
        void thatAreEmptyAllowNothing() {
            var issuer = ca("issuer")
                    .with(Extension.nameConstraints, true, new NameConstraints(null, null))
                    .by(FREE);
            assertFalse(ChainNameConstraints.allow(path(FREE, draft("mx").by(issuer), issuer)));
        }
    }

    /** The limit is 2^28 for octets of constraints times octets of constraints and names. */
    @Nested
    class AreTooMany {

        private static GeneralName[] names(int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> new GeneralName(GeneralName.dNSName, "name%010d.test".formatted(i)))
                    .toArray(GeneralName[]::new);
        }

        private static boolean areTooMany(int constraints, int names) {
            var subtrees =
                    Arrays.stream(names(constraints)).map(GeneralSubtree::new).toArray(GeneralSubtree[]::new);
            var issuer = ca("issuer")
                    .with(Extension.nameConstraints, true, new NameConstraints(null, subtrees))
                    .by(FREE);
            var leaf = draft("mx").with(Extension.subjectAlternativeName, false, new GeneralNames(names(names)));
            return ChainNameConstraints.areTooMany(path(FREE, leaf.by(issuer), issuer));
        }

        @Test
        void byTheConstraintsAlone() {
            assertFalse(areTooMany(500, 1));
            assertTrue(areTooMany(900, 1));
        }

        @Test
        void byTheNamesThatAreComparedWithThem() {
            assertFalse(areTooMany(500, 100));
            assertTrue(areTooMany(500, 1_200));
            assertFalse(areTooMany(1, 1_200));
        }
    }
}
