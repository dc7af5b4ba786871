package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.starttlscensus.verdict.IssuedCertificate.ca;
import static org.starttlscensus.verdict.IssuedCertificate.draft;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChainPathTest {

    private static final IssuedCertificate CA = ca("root").selfSigned();
    private static final X509Certificate ROOT = CA.certificate();
    private static final X509Certificate LEAF = draft("mx").by(CA).certificate();

    @Test
    void addsAnAnchorThatTheServerDidNotSend() {
        var path = new ChainPath(List.of(LEAF), Optional.of(ROOT), true);
        assertEquals(ROOT, path.top());
        assertEquals(List.of(LEAF), path.below());
        assertEquals(List.of(LEAF, ROOT), path.everything());
    }

    @Test
    void doesNotRepeatAnAnchorThatTheServerSent() {
        var path = new ChainPath(List.of(LEAF, ROOT), Optional.of(ROOT), true);
        assertEquals(ROOT, path.top());
        assertEquals(List.of(LEAF), path.below());
        assertEquals(List.of(LEAF, ROOT), path.everything());
    }

    @Test
    void endsAtItsLastCertificateWithoutAnAnchor() {
        var path = new ChainPath(List.of(LEAF, ROOT), Optional.empty(), true);
        assertEquals(LEAF, path.leaf());
        assertEquals(ROOT, path.top());
        assertEquals(List.of(LEAF), path.below());
        assertEquals(List.of(LEAF, ROOT), path.everything());
    }

    @Test
    void mayBeOneCertificate() {
        var path = new ChainPath(List.of(ROOT), Optional.of(ROOT), true);
        assertEquals(List.of(), path.below());
        assertEquals(List.of(ROOT), path.everything());
    }
}
