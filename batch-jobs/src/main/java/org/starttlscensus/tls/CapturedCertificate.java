package org.starttlscensus.tls;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
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
    private static final int KEY_AFTER_VERSION = 5;

    private final byte[] der;
    private final CapturingCrypto capture;

    private CapturedCertificate(CapturingCrypto crypto, SubjectPublicKeyInfo key, byte[] der) {
        super(crypto, key);
        this.der = der;
        this.capture = crypto;
    }

    static CapturedCertificate of(CapturingCrypto crypto, byte[] der) throws IOException {
        try {
            return new CapturedCertificate(crypto, keyIn(der), der);
        } catch (RuntimeException | StackOverflowError unreadable) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, unreadable);
        }
    }

    /** Finds the key by its position, so malformed fields around it do not matter. */
    private static SubjectPublicKeyInfo keyIn(byte[] der) {
        var signed = ASN1Sequence.getInstance(ASN1Sequence.getInstance(der).getObjectAt(0));
        var version = signed.getObjectAt(0) instanceof ASN1TaggedObject ? 1 : 0;
        return SubjectPublicKeyInfo.getInstance(signed.getObjectAt(version + KEY_AFTER_VERSION));
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
        var algorithm = keyInfo.getAlgorithm().getAlgorithm();
        if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)
                || algorithm.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            return rsaKey(RSAPublicKey.getInstance(keyInfo.parsePublicKey()));
        }
        // RFC 5480, section 2.1.1: explicit curves must not be used, and we would have to compute on them.
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
        capture.checkKeyBits(bits);
        if (bits > FREE_EXPONENT_MODULUS_BITS && key.getPublicExponent().bitLength() > MOST_EXPONENT_BITS) {
            throw capture.tooLarge();
        }
        return new RSAKeyParameters(false, key.getModulus(), key.getPublicExponent(), true);
    }
}
