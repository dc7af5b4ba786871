package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.verdict.IssuedCertificate.ca;
import static org.starttlscensus.verdict.IssuedCertificate.draft;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ChainPathsTest {

    private static final IssuedCertificate ROOT = ca("root").selfSigned();
    private static final IssuedCertificate ISSUER = ca("issuer").by(ROOT);
    private static final IssuedCertificate LEAF = draft("mx").by(ISSUER);

    private final List<ChainPath> found = new ArrayList<>();

    private ChainPaths paths(List<IssuedCertificate> roots, int most, IssuedCertificate... sent) {
        return new ChainPaths(
                roots.stream()
                        .map(IssuedCertificate::certificate)
                        .collect(Collectors.groupingBy(X509Certificate::getSubjectX500Principal)),
                Arrays.stream(sent).map(IssuedCertificate::certificate).toList(),
                path -> {
                    found.add(path);
                    return found.size() >= most;
                });
    }

    @Test
    void endAtARootOfTheStore() {
        assertFalse(paths(List.of(ROOT), 9, ISSUER).search(LEAF.certificate()));
        assertEquals(
                List.of(new ChainPath(
                        List.of(LEAF.certificate(), ISSUER.certificate()), Optional.of(ROOT.certificate()), true)),
                found);
    }

    @Test
    void alsoContinueThroughTheServersCopyOfTheRoot() {
        assertFalse(paths(List.of(ROOT), 9, ROOT, ISSUER).search(LEAF.certificate()));
        assertEquals(
                List.of(2, 3),
                found.stream().map(path -> path.certificates().size()).sorted().toList());
        assertTrue(found.stream().allMatch(path -> path.anchor().isPresent()));
    }

    @Test
    void areCompleteButUntrustedAtASelfSignedCertificate() {
        paths(List.of(), 9, ISSUER, ROOT).search(LEAF.certificate());
        assertEquals(
                List.of(new ChainPath(
                        List.of(LEAF.certificate(), ISSUER.certificate(), ROOT.certificate()), Optional.empty(), true)),
                found);
    }

    @Test
    void areIncompleteWhereAnIssuerIsMissing() {
        paths(List.of(), 9, ISSUER).search(LEAF.certificate());
        assertEquals(
                List.of(new ChainPath(List.of(LEAF.certificate(), ISSUER.certificate()), Optional.empty(), false)),
                found);
    }

    @Test
    void doNotUseAnIssuerOfTheSameNameThatDidNotSign() {
        paths(List.of(ca("root").selfSigned()), 9, ca("issuer").by(ROOT)).search(LEAF.certificate());
        assertEquals(List.of(new ChainPath(List.of(LEAF.certificate()), Optional.empty(), false)), found);
    }

    @Test
    void areAllFoundUnlessTheReceiverHasEnough() {
        var key = IssuedCertificate.key("EC", 256);
        var first = ca("issuer").key(key).by(ROOT);
        var second = ca("issuer")
                .key(key)
                .valid("2021-01-01T00:00:00Z", "2041-01-01T00:00:00Z")
                .by(ROOT);
        var leaf = draft("mx").by(first).certificate();
        assertFalse(paths(List.of(ROOT), 9, first, second).search(leaf));
        assertEquals(2, found.size());
        found.clear();
        assertFalse(paths(List.of(ROOT), 1, first, second).search(leaf));
        assertEquals(1, found.size());
    }

    @Test
    void doNotLoopThroughCrossSignedIssuers() {
        var one = IssuedCertificate.key("EC", 256);
        var other = IssuedCertificate.key("EC", 256);
        var first = ca("one").key(one).by(ca("other").key(other).selfSigned());
        var second = ca("other").key(other).by(ca("one").key(one).selfSigned());
        assertFalse(
                paths(List.of(), 9, first, second).search(draft("mx").by(first).certificate()));
        assertEquals(
                List.of(3),
                found.stream().map(path -> path.certificates().size()).toList());
        assertFalse(found.getFirst().rooted());
    }

    /** 401 issuers of one name and different keys: none signed the leaf, and each costs a step. */
    @Test
    void endAfterABoundedNumberOfVerifications() {
        var issuers = new ArrayList<IssuedCertificate>();
        for (int i = 0; i < 401; i++) issuers.add(ca("issuer").by(ROOT));
        assertTrue(
                paths(List.of(), 9, issuers.toArray(IssuedCertificate[]::new)).search(LEAF.certificate()));
        found.clear();
        var few = issuers.subList(0, 399).toArray(IssuedCertificate[]::new);
        assertFalse(paths(List.of(), 9, few).search(LEAF.certificate()));
    }

    /** A verification with an RSA key of 4,096 bits costs four steps, so 100 of them reach the limit of 400. */
    @Test
    void countALargeKeyAsSeveralVerifications() {
        var large = IssuedCertificate.key("RSA", 4_096);
        var copies = new IssuedCertificate[100];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = ca("issuer")
                    .key(large)
                    .valid("2020-01-01T00:00:%02dZ".formatted(i % 60), "204%d-01-01T00:00:00Z".formatted(i / 60))
                    .by(ROOT);
        }
        var leaf = LEAF.certificate();
        assertFalse(paths(List.of(), 9, Arrays.copyOf(copies, 99)).search(leaf));
        found.clear();
        assertTrue(paths(List.of(), 9, copies).search(leaf));
    }

    @Test
    void recogniseASelfSignedCertificateByItsSignature() {
        var paths = paths(List.of(), 9);
        assertTrue(paths.isSelfSigned(ROOT.certificate()));
        assertFalse(paths.isSelfSigned(ISSUER.certificate()));
        assertFalse(paths.isSelfSigned(ca("root").by(ROOT).certificate()), "self-issued, signed with another key");
    }
}
