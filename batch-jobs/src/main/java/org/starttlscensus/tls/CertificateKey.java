package org.starttlscensus.tls;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.starttlscensus.fact.Octets;

/** Reads the facts of a SubjectPublicKeyInfo. It computes nothing with the key. */
final class CertificateKey {

    private static final Map<ASN1ObjectIdentifier, String> TYPES = Map.of(
            PKCSObjectIdentifiers.rsaEncryption, "RSA",
            PKCSObjectIdentifiers.id_RSASSA_PSS, "RSASSA-PSS",
            X9ObjectIdentifiers.id_ecPublicKey, "EC",
            X9ObjectIdentifiers.id_dsa, "DSA",
            EdECObjectIdentifiers.id_Ed25519, "Ed25519",
            EdECObjectIdentifiers.id_Ed448, "Ed448",
            NISTObjectIdentifiers.id_ml_dsa_44, "ML-DSA-44",
            NISTObjectIdentifiers.id_ml_dsa_65, "ML-DSA-65",
            NISTObjectIdentifiers.id_ml_dsa_87, "ML-DSA-87");

    private static final int FIELD_ID = 1;

    private CertificateKey() {}

    /** The key type; its OID if we have no name for it. */
    static Optional<String> type(ASN1Encodable info) {
        return CertificateReader.readOrEmpty(() -> {
            var algorithm =
                    SubjectPublicKeyInfo.getInstance(info).getAlgorithm().getAlgorithm();
            return TYPES.getOrDefault(algorithm, algorithm.getId());
        });
    }

    /** The size of the modulus, the prime or the curve's field; empty for other key types. */
    static Optional<Integer> bits(ASN1Encodable info) {
        return type(info)
                .flatMap(type -> CertificateReader.readOrEmpty(() -> {
                    var key = SubjectPublicKeyInfo.getInstance(info);
                    return switch (type) {
                        case "RSA", "RSASSA-PSS" ->
                            RSAPublicKey.getInstance(key.getPublicKeyData().getOctets())
                                    .getModulus()
                                    .bitLength();
                        case "DSA" -> primeIn(key.getAlgorithm().getParameters(), 0);
                        case "EC" -> fieldBits(key.getAlgorithm().getParameters());
                        case "Ed25519" -> 256;
                        case "Ed448" -> 456;
                        default -> null;
                    };
                }));
    }

    static Optional<Octets> sha256(ASN1Encodable info) {
        return CertificateReader.readOrEmpty(() -> {
            try {
                return Octets.of(info.toASN1Primitive().getEncoded()).sha256();
            } catch (IOException unwritable) {
                throw new IllegalArgumentException("the key cannot be encoded", unwritable);
            }
        });
    }

    private static Integer fieldBits(ASN1Encodable parameters) {
        if (parameters instanceof ASN1ObjectIdentifier curve) {
            return ECNamedCurveTable.getByOID(curve).getCurve().getFieldSize();
        }
        var field =
                ASN1Sequence.getInstance(ASN1Sequence.getInstance(parameters).getObjectAt(FIELD_ID));
        return primeIn(field, 1);
    }

    private static Integer primeIn(ASN1Encodable parameters, int index) {
        return ASN1Integer.getInstance(ASN1Sequence.getInstance(parameters).getObjectAt(index))
                .getValue()
                .bitLength();
    }
}
