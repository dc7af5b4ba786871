package org.starttlscensus.tls;

import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.Tls13Verifier;
import org.bouncycastle.tls.crypto.TlsVerifier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsRawKeyCertificate;

/**
 * The server's own certificate, reduced to what a handshake needs: its public key. Nothing else is read, so no
 * extension, date or key usage can end a handshake. The verdicts judge those later.
 */
final class CapturedCertificate extends BcTlsRawKeyCertificate {

    /** No larger exponent is in use, and a larger one would let the peer decide how long we compute. */
    private static final int MOST_EXPONENT_BITS = 64;

    private static final int FREE_EXPONENT_MODULUS_BITS = 3_072;

    /** Stands for a key that cannot be read. It is never computed with. */
    private static final SubjectPublicKeyInfo NO_KEY =
            new SubjectPublicKeyInfo(new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption), new byte[0]);

    private final byte[] der;
    private final CapturingCrypto capture;
    private final Optional<Throwable> unreadable;

    private CapturedCertificate(
            CapturingCrypto crypto, SubjectPublicKeyInfo key, byte[] der, Optional<Throwable> unreadable) {
        super(crypto, key);
        this.der = der;
        this.capture = crypto;
        this.unreadable = unreadable;
    }

    /** A key that cannot be read ends the handshake where it is needed. Until then the rest of the chain is read. */
    static CapturedCertificate of(CapturingCrypto crypto, byte[] der) {
        try {
            return new CapturedCertificate(crypto, ExplicitCurve.named(SubjectKey.in(der)), der, Optional.empty());
        } catch (RuntimeException | StackOverflowError broken) {
            return new CapturedCertificate(crypto, NO_KEY, der, Optional.of(broken));
        }
    }

    @Override
    public byte[] getEncoded() {
        return der.clone();
    }

    @Override
    public TlsVerifier createVerifier(short signatureAlgorithm) throws IOException {
        return capture.recordingScheme(super.createVerifier(signatureAlgorithm));
    }

    @Override
    public Tls13Verifier createVerifier(int signatureScheme) throws IOException {
        capture.recordScheme(signatureScheme);
        return super.createVerifier(signatureScheme);
    }

    @Override
    protected AsymmetricKeyParameter getPublicKey() throws IOException {
        if (unreadable.isPresent()) throw new TlsFatalAlert(AlertDescription.bad_certificate, unreadable.get());
        var algorithm = keyInfo.getAlgorithm().getAlgorithm();
        if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)
                || algorithm.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            return rsaKey(RSAPublicKey.getInstance(keyInfo.parsePublicKey()));
        }
        // Not the parameters of a named curve: see ExplicitCurve.
        if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)
                && !(keyInfo.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier)) {
            throw new TlsFatalAlert(AlertDescription.unsupported_certificate, "explicit curve parameters");
        }
        return super.getPublicKey();
    }

    /**
     * Sets the flag {@code isInternal}: otherwise Bouncy Castle first tests the modulus for primality, which costs
     * several times as much as the signature.
     */
    private RSAKeyParameters rsaKey(RSAPublicKey key) throws IOException {
        var bits = key.getModulus().bitLength();
        capture.checkRsaBits(bits);
        if (bits > FREE_EXPONENT_MODULUS_BITS && key.getPublicExponent().bitLength() > MOST_EXPONENT_BITS) {
            throw capture.tooLarge();
        }
        return new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent(), true);
    }
}
