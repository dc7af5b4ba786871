package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Octets;

class SubjectKeyInfoTest {

    private static final IssuedCertificate ISSUER =
            IssuedCertificate.ca("issuer").selfSigned();
    private static final IssuedCertificate SERVER =
            IssuedCertificate.draft("server").by(ISSUER);

    @Test
    void theKeyIsThatOfTheCertificateOctetForOctet() {
        for (var key : List.of(IssuedCertificate.key("EC", 256), IssuedCertificate.key("RSA", 2_048))) {
            var certificate = IssuedCertificate.draft("server").key(key).selfSigned();
            assertEquals(Optional.of(Octets.of(key.getPublic().getEncoded())), SubjectKeyInfo.of(certificate.der()));
        }
    }

    @Test
    void whatHasNotTheOutlineHasNoKey() {
        var whole = SERVER.der().toArray();
        for (int length = 0; length < whole.length; length++) {
            assertEquals(Optional.empty(), SubjectKeyInfo.of(Octets.of(Arrays.copyOf(whole, length))));
        }
        assertEquals(Optional.empty(), SubjectKeyInfo.of(Octets.of(Arrays.copyOf(whole, whole.length + 1))));
        var key = SubjectKeyInfo.of(SERVER.der()).orElseThrow();
        assertTrue(SubjectKeyInfo.isOutlined(key));
        assertEquals(Optional.empty(), SubjectKeyInfo.of(key));
        assertFalse(SubjectKeyInfo.isOutlined(SERVER.der()));
        assertFalse(SubjectKeyInfo.isOutlined(key.first(key.size() - 1)));
    }

    @Test
    void aPathEndsAtAnAnchorAndTellsItsDepth() {
        var chain = List.of(SERVER.der(), ISSUER.der());
        var found = AnchorSearch.of(chain, List.of(ISSUER.der()), List.of());
        assertEquals(List.of(), found.problems());
        assertEquals(1, found.paths().getFirst().depth());
        assertEquals(ISSUER.der(), found.paths().getFirst().anchor());
        var key = SubjectKeyInfo.of(ISSUER.der()).orElseThrow();
        var byKey =
                AnchorSearch.of(chain.subList(0, 1), List.of(), List.of(key)).paths();
        assertEquals(List.of(0), byKey.stream().map(AnchoredPath::depth).toList());
        assertEquals(List.of(), AnchorSearch.of(chain, List.of(), List.of()).paths());
        assertEquals(
                1, AnchorSearch.of(List.of(), List.of(), List.of()).problems().size());
    }
}
