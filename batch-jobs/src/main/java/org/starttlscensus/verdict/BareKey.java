package org.starttlscensus.verdict;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.starttlscensus.fact.Octets;

/**
 * A public key without a certificate. It is put into a certificate that says nothing else, so that the same code reads
 * it, and sets the same limits, as for the keys of peers.
 */
final class BareKey {

    private static final X500Name NAME = new X500Name("CN=a key");
    private static final AlgorithmIdentifier ALGORITHM =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption);

    private BareKey() {}

    /** Empty if the key cannot be read, or is one of those that are refused in certificates. */
    static Optional<X509Certificate> inCertificate(Octets key) {
        try {
            var validity = new DERSequence(new ASN1Encodable[] {
                new ASN1GeneralizedTime("20000101000000Z"), new ASN1GeneralizedTime("29991231235959Z")
            });
            var signed = new DERSequence(new ASN1Encodable[] {
                new ASN1Integer(BigInteger.ONE),
                ALGORITHM,
                NAME,
                validity,
                NAME,
                ASN1Sequence.getInstance(key.toArray())
            });
            var whole = new DERSequence(new ASN1Encodable[] {signed, ALGORITHM, new DERBitString(new byte[1])});
            return CertificateParser.parse(Octets.of(whole.getEncoded()));
        } catch (IOException | RuntimeException | StackOverflowError unreadable) {
            return Optional.empty();
        }
    }
}
