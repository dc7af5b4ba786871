package org.starttlscensus.verdict;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Verifies the signatures of certificates. The JDK does, and Bouncy Castle where the JDK has no arithmetic: curves such
 * as brainpool, secp256k1 and P-224, and SLH-DSA. Nothing else is left to Bouncy Castle: a peer chooses its keys, and the
 * JDK refuses those that would cost too much. Thread-safe.
 */
final class Signatures {

    /** Whether a key made a signature. */
    enum SignatureCheck {
        GENUINE,
        FALSE,
        /** Neither the JDK nor Bouncy Castle can compute it. */
        UNKNOWN_ALGORITHM
    }

    static final String PSS = "1.2.840.113549.1.1.10";
    private static final String PSS_KEY = "RSASSA-PSS";

    private static final int ORDINARY_BITS = 2_048;
    private static final int MOST_BITS = 1 << 16;

    /** Up to some milliseconds, where the JDK takes some hundred microseconds. */
    private static final int COST_OF_BOUNCY_CASTLE = 8;

    private static final Set<BigInteger> ORDERS_OF_THE_JDK = Stream.of("secp256r1", "secp384r1", "secp521r1")
            .map(Signatures::order)
            .collect(Collectors.toSet());

    private static final Set<ASN1ObjectIdentifier> SLH_DSA = Set.of(
            NISTObjectIdentifiers.id_slh_dsa_sha2_128s,
            NISTObjectIdentifiers.id_slh_dsa_sha2_128f,
            NISTObjectIdentifiers.id_slh_dsa_sha2_192s,
            NISTObjectIdentifiers.id_slh_dsa_sha2_192f,
            NISTObjectIdentifiers.id_slh_dsa_sha2_256s,
            NISTObjectIdentifiers.id_slh_dsa_sha2_256f,
            NISTObjectIdentifiers.id_slh_dsa_shake_128s,
            NISTObjectIdentifiers.id_slh_dsa_shake_128f,
            NISTObjectIdentifiers.id_slh_dsa_shake_192s,
            NISTObjectIdentifiers.id_slh_dsa_shake_192f,
            NISTObjectIdentifiers.id_slh_dsa_shake_256s,
            NISTObjectIdentifiers.id_slh_dsa_shake_256f);

    /** Made at its first use, because making it takes a while. It is not registered, so nobody else gets it. */
    private static final class Lazy {
        static final Provider PROVIDER = new BouncyCastleProvider();
    }

    private Signatures() {}

    static Provider bouncyCastle() {
        return Lazy.PROVIDER;
    }

    /**
     * Whether the issuer's key signed the certificate. Names are not compared.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc4055#section-1.2">RFC 4055, section 1.2: a key for RSASSA-PSS is
     *     for no other signature</a>
     */
    static SignatureCheck check(X509Certificate subject, X509Certificate issuer) {
        var key = issuer.getPublicKey();
        if (key.getAlgorithm().equals(PSS_KEY) && !subject.getSigAlgOID().equals(PSS)) return SignatureCheck.FALSE;
        try {
            subject.verify(key);
            return SignatureCheck.GENUINE;
        } catch (NoSuchAlgorithmException | InvalidKeyException unknown) {
            return isLeftToBouncyCastle(key) ? byBouncyCastle(subject, key) : SignatureCheck.UNKNOWN_ALGORITHM;
        } catch (GeneralSecurityException | RuntimeException unsigned) {
            return isLeftToBouncyCastle(key) ? byBouncyCastle(subject, key) : SignatureCheck.FALSE;
        }
    }

    /**
     * The cost of one verification, in verifications with a 2,048-bit RSA key. RSA time grows with the square of the
     * key size.
     */
    static int cost(PublicKey key) {
        var bits = switch (key) {
            case RSAKey rsa -> rsa.getModulus().bitLength();
            case DSAKey dsa
            when dsa.getParams() != null -> dsa.getParams().getP().bitLength();
            default -> ORDINARY_BITS;
        };
        if (isLeftToBouncyCastle(key)) return COST_OF_BOUNCY_CASTLE;
        var ordinary = Math.min(bits, MOST_BITS) / ORDINARY_BITS;
        return Math.max(1, ordinary * ordinary);
    }

    private static boolean isLeftToBouncyCastle(PublicKey key) {
        return switch (key) {
            case RSAKey _ -> false;
            case DSAKey _ -> false;
            case EdECKey _ -> false;
            case ECKey curve -> !ORDERS_OF_THE_JDK.contains(curve.getParams().getOrder());
            default -> isOfNamedCurve(key) || isOfHashes(key);
        };
    }

    /** A curve that the peer spells out could have any size. */
    private static boolean isOfNamedCurve(PublicKey key) {
        return algorithm(key)
                .filter(algorithm -> algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey))
                .filter(algorithm -> algorithm.getParameters() instanceof ASN1ObjectIdentifier)
                .isPresent();
    }

    private static boolean isOfHashes(PublicKey key) {
        return algorithm(key)
                .filter(algorithm -> SLH_DSA.contains(algorithm.getAlgorithm()))
                .isPresent();
    }

    private static Optional<AlgorithmIdentifier> algorithm(PublicKey key) {
        try {
            return Optional.of(
                    SubjectPublicKeyInfo.getInstance(key.getEncoded()).getAlgorithm());
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static SignatureCheck byBouncyCastle(X509Certificate subject, PublicKey key) {
        // The static method below knows no keys until a provider was made.
        var provider = bouncyCastle();
        try {
            var ownKey = BouncyCastleProvider.getPublicKey(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
            if (ownKey == null) return SignatureCheck.UNKNOWN_ALGORITHM;
            var own = CertificateFactory.getInstance("X.509", provider)
                    .generateCertificate(new ByteArrayInputStream(subject.getEncoded()));
            own.verify(ownKey, provider);
            return SignatureCheck.GENUINE;
        } catch (NoSuchAlgorithmException | InvalidKeyException | IOException unknown) {
            return SignatureCheck.UNKNOWN_ALGORITHM;
        } catch (GeneralSecurityException | RuntimeException | StackOverflowError unsigned) {
            return SignatureCheck.FALSE;
        }
    }

    private static BigInteger order(String curve) {
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(curve));
            return parameters.getParameterSpec(ECParameterSpec.class).getOrder();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK has lost the curve " + curve, impossible);
        }
    }
}
