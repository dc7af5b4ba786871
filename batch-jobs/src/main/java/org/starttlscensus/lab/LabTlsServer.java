package org.starttlscensus.lab;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Vector;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/** The server's side of one TLS session: speaks the one version of its {@link TlsOffer} and sends its certificates. */
final class LabTlsServer extends AbstractTlsServer {

    private static final BcTlsCrypto CRYPTO = new BcTlsCrypto(new SecureRandom());

    private final TlsOffer offer;
    private final LabAuthority.Credentials credentials;

    LabTlsServer(TlsOffer offer, LabAuthority.Credentials credentials) {
        super(CRYPTO);
        this.offer = offer;
        this.credentials = credentials;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return offer.version().only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return offer.cipherSuites();
    }

    @Override
    public int[] getSupportedGroups() {
        return offer.groups();
    }

    @Override
    public boolean preferLocalSupportedGroups() {
        return true;
    }

    @Override
    public TlsCredentials getCredentials() throws IOException {
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                CRYPTO,
                PrivateKeyFactory.createKey(credentials.key().getEncoded()),
                certificate(),
                signature());
    }

    @Override
    @SuppressWarnings("JdkObsolete") // Bouncy Castle requires a Vector
    public @Nullable CertificateRequest getCertificateRequest() throws IOException {
        if (!offer.asksForClientCertificate()) return null;
        var schemes = new Vector<SignatureAndHashAlgorithm>();
        schemes.add(SignatureScheme.getSignatureAndHashAlgorithm(SignatureScheme.ecdsa_secp256r1_sha256));
        return new CertificateRequest(TlsUtils.EMPTY_BYTES, schemes, null, null);
    }

    @Override
    public void notifyClientCertificate(Certificate shown) throws IOException {
        if (offer == TlsOffer.REQUIRES_CLIENT_CERTIFICATE && shown.isEmpty())
            throw new TlsFatalAlert(AlertDescription.certificate_required);
    }

    private Certificate certificate() throws IOException {
        var entries = new CertificateEntry[credentials.chain().size()];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = new CertificateEntry(
                    CRYPTO.createCertificate(credentials.chain().get(i)), null);
        }
        return new Certificate(offer.isTls13() ? TlsUtils.EMPTY_BYTES : null, entries);
    }

    /** Null in TLS 1.0, which does not negotiate it. */
    private @Nullable SignatureAndHashAlgorithm signature() {
        return switch (offer) {
            case TLS_1_3, HYBRID, REQUESTS_CLIENT_CERTIFICATE, REQUIRES_CLIENT_CERTIFICATE ->
                SignatureScheme.getSignatureAndHashAlgorithm(SignatureScheme.ecdsa_secp256r1_sha256);
            case TLS_1_2 -> SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.rsa);
            case TLS_1_0 -> null;
        };
    }
}
