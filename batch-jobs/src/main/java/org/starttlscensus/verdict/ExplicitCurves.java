package org.starttlscensus.verdict;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * EC keys that spell out the parameters of their curve. Only those of a well-known curve are read, because computing on
 * any other may cost anything.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5480#section-2.1.1">RFC 5480, section 2.1.1: certificates must name
 *     the curve</a>
 */
final class ExplicitCurves {

    private static final int FIELD = 1;
    private static final int COEFFICIENTS = 2;
    private static final int GENERATOR = 3;
    private static final int ORDER = 4;

    private static final List<X9ECParameters> KNOWN = Stream.of(
                    "secp224r1",
                    "secp256r1",
                    "secp384r1",
                    "secp521r1",
                    "secp256k1",
                    "brainpoolP256r1",
                    "brainpoolP384r1",
                    "brainpoolP512r1")
            .map(ECNamedCurveTable::getByName)
            .toList();

    private ExplicitCurves() {}

    /** Whether the certificate's key does not name its curve. */
    static boolean isUsedBy(X509Certificate certificate) {
        var key = certificate.getPublicKey();
        return key instanceof ECKey
                && !(SubjectPublicKeyInfo.getInstance(key.getEncoded())
                                .getAlgorithm()
                                .getParameters()
                        instanceof ASN1ObjectIdentifier);
    }

    /**
     * Whether the parameters are those of a well-known curve, in every number.
     *
     * @throws RuntimeException of any kind if they are not parameters of a curve
     */
    static boolean isKnown(ASN1Encodable parameters) {
        var stated = ASN1Sequence.getInstance(parameters);
        var field = ASN1Sequence.getInstance(stated.getObjectAt(FIELD));
        if (!X9ObjectIdentifiers.prime_field.equals(field.getObjectAt(0))) return false;
        var prime = number(field.getObjectAt(1));
        var coefficients = ASN1Sequence.getInstance(stated.getObjectAt(COEFFICIENTS));
        var generator =
                ASN1OctetString.getInstance(stated.getObjectAt(GENERATOR)).getOctets();
        var order = number(stated.getObjectAt(ORDER));
        return KNOWN.stream()
                .anyMatch(
                        known -> known.getCurve().getField().getCharacteristic().equals(prime)
                                && known.getCurve().getA().toBigInteger().equals(element(coefficients.getObjectAt(0)))
                                && known.getCurve().getB().toBigInteger().equals(element(coefficients.getObjectAt(1)))
                                && known.getN().equals(order)
                                && (Arrays.equals(generator, known.getG().getEncoded(false))
                                        || Arrays.equals(generator, known.getG().getEncoded(true))));
    }

    private static BigInteger number(ASN1Encodable integer) {
        return ASN1Integer.getInstance(integer).getPositiveValue();
    }

    private static BigInteger element(ASN1Encodable octets) {
        return new BigInteger(1, ASN1OctetString.getInstance(octets).getOctets());
    }
}
