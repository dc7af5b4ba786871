package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.starttlscensus.verdict.IssuedCertificate.ca;
import static org.starttlscensus.verdict.IssuedCertificate.draft;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Octets;

/** Only keys whose cost is bounded are left to Bouncy Castle. */
class BoundedSignaturesTest {

    private static final KeyPair RSA = IssuedCertificate.key("RSA", 2_048);

    /** The JDK makes no RSA key of it, and so bounds nothing of it either. The key here is an ordinary one. */
    private static X509Certificate issuerWith(ASN1ObjectIdentifier otherName) throws IOException, CertificateException {
        var key = SubjectPublicKeyInfo.getInstance(RSA.getPublic().getEncoded());
        var renamed = new SubjectPublicKeyInfo(new AlgorithmIdentifier(otherName), key.parsePublicKey()).getEncoded();
        return read(ca("issuer")
                .key(new KeyPair(new Renamed(Octets.of(renamed)), RSA.getPrivate()))
                .selfSigned());
    }

    private record Renamed(Octets encoded) implements PublicKey {
        @Override
        public String getAlgorithm() {
            return "renamed";
        }

        @Override
        public String getFormat() {
            return "X.509";
        }

        @Override
        public byte[] getEncoded() {
            return encoded.toArray();
        }
    }

    private static X509Certificate read(IssuedCertificate issued) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(issued.der().toArray()));
    }

    @Test
    void anRsaKeyOfAnotherNameIsNotComputedWith() throws IOException, CertificateException {
        var subject = read(draft("mx").by(ca("issuer").key(RSA).selfSigned()));
        assertEquals(
                Signatures.SignatureCheck.UNKNOWN_ALGORITHM,
                Signatures.check(subject, issuerWith(PKCSObjectIdentifiers.id_RSAES_OAEP)));
        assertEquals(
                Signatures.SignatureCheck.GENUINE,
                Signatures.check(subject, read(ca("issuer").key(RSA).selfSigned())));
    }
}
