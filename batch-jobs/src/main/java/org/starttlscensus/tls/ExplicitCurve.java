package org.starttlscensus.tls;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Curve parameters that a certificate spells out. Certificates must not do that, but senders with OpenSSL accept them
 * where they are the parameters of a named curve. So do we. The numbers are only compared: we compute on named curves
 * alone, because a curve of the peer's choice could cost any time.
 *
 * @param field  the prime of the field
 * @param a      first coefficient
 * @param b      second coefficient
 * @param baseX  abscissa of the base point
 * @param order  of the base point
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5480#section-2.1.1">RFC 5480, section 2.1.1: unrestricted algorithm
 *     identifier and parameters</a>
 */
record ExplicitCurve(BigInteger field, BigInteger a, BigInteger b, BigInteger baseX, BigInteger order) {

    /** The prime curves that TLS has numbers for and that some certificate authority or server may use. */
    private static final List<String> NAMES = List.of(
            "secp192r1",
            "secp224r1",
            "secp256r1",
            "secp384r1",
            "secp521r1",
            "secp256k1",
            "brainpoolP256r1",
            "brainpoolP384r1",
            "brainpoolP512r1");

    private static final int FIELD = 1;
    private static final int CURVE = 2;
    private static final int BASE = 3;
    private static final int ORDER = 4;
    private static final int COMPRESSED_EVEN = 2;
    private static final int COMPRESSED_ODD = 3;

    /**
     * The same key with the name of its curve; any other key as it is.
     *
     * @throws RuntimeException if the parameters cannot be read
     */
    static SubjectPublicKeyInfo named(SubjectPublicKeyInfo key) {
        var algorithm = key.getAlgorithm();
        if (!algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                || !(algorithm.getParameters() instanceof ASN1Sequence parameters)) return key;
        return of(parameters)
                .flatMap(ExplicitCurve::name)
                .map(name -> new SubjectPublicKeyInfo(
                        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, name),
                        key.getPublicKeyData().getOctets()))
                .orElse(key);
    }

    /** Empty if it is a curve over a field of characteristic 2. */
    private static Optional<ExplicitCurve> of(ASN1Sequence parameters) {
        var field = ASN1Sequence.getInstance(parameters.getObjectAt(FIELD));
        if (!X9ObjectIdentifiers.prime_field.equals(field.getObjectAt(0))) return Optional.empty();
        var curve = ASN1Sequence.getInstance(parameters.getObjectAt(CURVE));
        var prime = integer(field.getObjectAt(1));
        return Optional.of(new ExplicitCurve(
                prime,
                number(octets(curve.getObjectAt(0))),
                number(octets(curve.getObjectAt(1))),
                abscissa(octets(parameters.getObjectAt(BASE)), (prime.bitLength() + 7) / 8),
                integer(parameters.getObjectAt(ORDER))));
    }

    /** A base point with this abscissa is the curve's own or its negative; the signature shows which one was meant. */
    private static BigInteger abscissa(byte[] point, int size) {
        var compressed = point[0] == COMPRESSED_EVEN || point[0] == COMPRESSED_ODD;
        if (point.length != 1 + (compressed ? size : 2 * size)) return BigInteger.ZERO;
        return new BigInteger(1, point, 1, size);
    }

    private Optional<ASN1ObjectIdentifier> name() {
        return NAMES.stream()
                .filter(name -> equals(of(ECNamedCurveTable.getByName(name))))
                .map(ECNamedCurveTable::getOID)
                .map(Objects::requireNonNull)
                .findFirst();
    }

    private static ExplicitCurve of(X9ECParameters named) {
        var curve = named.getCurve();
        return new ExplicitCurve(
                curve.getField().getCharacteristic(),
                curve.getA().toBigInteger(),
                curve.getB().toBigInteger(),
                named.getG().getAffineXCoord().toBigInteger(),
                named.getN());
    }

    private static BigInteger integer(ASN1Encodable value) {
        return ASN1Integer.getInstance(value).getPositiveValue();
    }

    private static byte[] octets(ASN1Encodable value) {
        return ASN1OctetString.getInstance(value).getOctets();
    }

    private static BigInteger number(byte[] octets) {
        return new BigInteger(1, octets);
    }
}
