package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.verdict.IssuedCertificate.ca;
import static org.starttlscensus.verdict.JudgedChains.PAST;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;

class DateIgnoringCertificateTest {

    private static final IssuedCertificate ROOT = ca("root").selfSigned();
    private static final IssuedCertificate OTHER = ca("other").selfSigned();
    private static final X509Certificate EXPIRED = ca("issuer")
            .valid(PAST, "2023-01-01T00:00:00Z")
            .with(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), true, DERNull.INSTANCE)
            .with(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.2"), false, DERNull.INSTANCE)
            .by(ROOT)
            .certificate();

    private final X509Certificate wrapped =
            new DateIgnoringCertificate(EXPIRED, ROOT.key().getPublic());

    @Test
    void isValidAtAnyTime() {
        assertDoesNotThrow(() -> wrapped.checkValidity());
        assertDoesNotThrow(() -> wrapped.checkValidity(Date.from(Instant.parse("1990-01-01T00:00:00Z"))));
    }

    @Test
    @SuppressWarnings("deprecation") // the two DN methods are part of what PKIX may call
    void isOtherwiseTheCertificateThatItWraps() throws GeneralSecurityException {
        assertEquals(3, wrapped.getVersion());
        assertEquals(EXPIRED.getSerialNumber(), wrapped.getSerialNumber());
        assertEquals(EXPIRED.getIssuerDN(), wrapped.getIssuerDN());
        assertEquals(EXPIRED.getSubjectDN(), wrapped.getSubjectDN());
        assertEquals(EXPIRED.getIssuerX500Principal(), wrapped.getIssuerX500Principal());
        assertEquals(EXPIRED.getSubjectX500Principal(), wrapped.getSubjectX500Principal());
        assertEquals(EXPIRED.getNotBefore(), wrapped.getNotBefore());
        assertEquals(EXPIRED.getNotAfter(), wrapped.getNotAfter());
        assertArrayEquals(EXPIRED.getTBSCertificate(), wrapped.getTBSCertificate());
        assertArrayEquals(EXPIRED.getSignature(), wrapped.getSignature());
        assertEquals(EXPIRED.getSigAlgName(), wrapped.getSigAlgName());
        assertEquals(EXPIRED.getSigAlgOID(), wrapped.getSigAlgOID());
        assertArrayEquals(EXPIRED.getKeyUsage(), wrapped.getKeyUsage());
        assertTrue(wrapped.getKeyUsage()[5]);
        assertEquals(Integer.MAX_VALUE, wrapped.getBasicConstraints());
        assertArrayEquals(EXPIRED.getEncoded(), wrapped.getEncoded());
        assertEquals(EXPIRED.getPublicKey(), wrapped.getPublicKey());
        assertTrue(wrapped.hasUnsupportedCriticalExtension());
        assertEquals(EXPIRED.getCriticalExtensionOIDs(), wrapped.getCriticalExtensionOIDs());
        assertEquals(EXPIRED.getNonCriticalExtensionOIDs(), wrapped.getNonCriticalExtensionOIDs());
        assertFalse(wrapped.getNonCriticalExtensionOIDs().isEmpty());
        assertArrayEquals(
                EXPIRED.getExtensionValue(Extension.keyUsage.getId()),
                wrapped.getExtensionValue(Extension.keyUsage.getId()));
        assertEquals(EXPIRED.toString(), wrapped.toString());
    }

    @Test
    void verifiesWithEveryKeyButTheOneThatIsKnownToHaveSigned() {
        assertDoesNotThrow(() -> wrapped.verify(ROOT.key().getPublic()));
        assertThrows(SignatureException.class, () -> wrapped.verify(OTHER.key().getPublic()));
        assertThrows(SignatureException.class, () -> wrapped.verify(OTHER.key().getPublic(), "SunEC"));
        var rsa = IssuedCertificate.key("RSA", 1_024).getPublic();
        assertThrows(InvalidKeyException.class, () -> wrapped.verify(rsa));
    }

    @Test
    void doesNotVerifyAgainWithTheKnownKey() {
        var forged = new DateIgnoringCertificate(EXPIRED, OTHER.key().getPublic());
        assertDoesNotThrow(() -> forged.verify(OTHER.key().getPublic()));
        assertDoesNotThrow(() -> forged.verify(OTHER.key().getPublic(), "SunEC"));
    }
}
