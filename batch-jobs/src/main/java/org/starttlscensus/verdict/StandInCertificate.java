package org.starttlscensus.verdict;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DLSequence;
import org.bouncycastle.asn1.DLTaggedObject;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.starttlscensus.fact.Octets;

/**
 * A copy of a certificate without what the JDK refuses and mail senders do not: the key has a common curve, no name is
 * empty, and extensions that no sender asks for are left out. If the JDK can read the copy, nothing else is wrong with
 * the certificate. Every other octet is as in the original.
 */
final class StandInCertificate {

    private static final int ISSUER = 2;
    private static final int SUBJECT = 4;
    private static final int KEY = 5;
    private static final int EXTENSIONS = 3;

    /** Policies, revocation lists, and name constraints, which {@link NameConstraints} reads more strictly. */
    private static final Set<ASN1ObjectIdentifier> LEFT_OUT = Set.of(
            Extension.certificatePolicies,
            Extension.policyMappings,
            Extension.policyConstraints,
            Extension.inhibitAnyPolicy,
            Extension.cRLDistributionPoints,
            Extension.nameConstraints);

    private static final X500Name NAME = new X500Name("CN=a name");
    private static final SubjectPublicKeyInfo COMMON_KEY = new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, X9ObjectIdentifiers.prime256v1),
            ECNamedCurveTable.getByOID(X9ObjectIdentifiers.prime256v1).getG().getEncoded(false));

    private StandInCertificate() {}

    /**
     * Empty if there is nothing to leave out.
     *
     * @throws RuntimeException of any kind if it is not even the outline of a certificate
     */
    static Optional<Octets> of(Octets der) {
        var whole = ASN1Sequence.getInstance(der.toArray()).toArray();
        var signed = ASN1Sequence.getInstance(whole[0]).toArray();
        var first = signed[0] instanceof ASN1TaggedObject ? 1 : 0;
        signed[first + ISSUER] = named(signed[first + ISSUER]);
        signed[first + SUBJECT] = named(signed[first + SUBJECT]);
        signed[first + KEY] = key(signed[first + KEY]);
        for (int i = first + KEY + 1; i < signed.length; i++) {
            if (signed[i] instanceof ASN1TaggedObject tagged && tagged.getTagNo() == EXTENSIONS) {
                signed[i] = new DLTaggedObject(true, EXTENSIONS, extensions(ASN1Sequence.getInstance(tagged, true)));
            }
        }
        whole[0] = new DLSequence(signed);
        var copy = encoded(new DLSequence(whole));
        return copy.equals(der) ? Optional.empty() : Optional.of(copy);
    }

    private static ASN1Encodable named(ASN1Encodable name) {
        return ASN1Sequence.getInstance(name).size() == 0 ? NAME : name;
    }

    /**
     * RSA keys stay, because the JDK refuses those that would cost too much. So do keys with a curve of their own.
     */
    private static ASN1Encodable key(ASN1Encodable key) {
        var algorithm = SubjectPublicKeyInfo.getInstance(key).getAlgorithm();
        var kind = algorithm.getAlgorithm();
        var stays = kind.equals(PKCSObjectIdentifiers.rsaEncryption)
                || kind.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)
                || (kind.equals(X9ObjectIdentifiers.id_ecPublicKey)
                        && !(algorithm.getParameters() instanceof ASN1ObjectIdentifier)
                        && !ExplicitCurves.isKnown(algorithm.getParameters()));
        return stays ? key : COMMON_KEY;
    }

    private static DLSequence extensions(ASN1Sequence all) {
        return new DLSequence(Arrays.stream(all.toArray())
                .filter(each -> !LEFT_OUT.contains(ASN1ObjectIdentifier.getInstance(
                        ASN1Sequence.getInstance(each).getObjectAt(0))))
                .toArray(ASN1Encodable[]::new));
    }

    private static Octets encoded(DLSequence copy) {
        try {
            return Octets.of(copy.getEncoded());
        } catch (IOException unwritable) {
            throw new IllegalArgumentException("the certificate cannot be encoded again", unwritable);
        }
    }
}
