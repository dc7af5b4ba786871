package org.starttlscensus.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateEntry;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.DHGroup;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsDHConfig;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.starttlscensus.fact.Octets;

/** A server with any chain, any group and any Diffie-Hellman prime, also unreasonable ones. Echoes one line. */
final class BouncyServer extends DefaultTlsServer {

    private final KeyPair key;
    private final List<Octets> chain;
    private final ProtocolVersion version;
    private final int suite;
    private final int group;
    private final BigInteger prime;

    private BouncyServer(
            KeyPair key, List<Octets> chain, ProtocolVersion version, int suite, int group, BigInteger prime) {
        super(new BcTlsCrypto(new SecureRandom()));
        this.key = key;
        this.chain = chain;
        this.version = version;
        this.suite = suite;
        this.group = group;
        this.prime = prime;
    }

    static LoopbackServer tls13(KeyPair key, List<Octets> chain, int group) throws IOException {
        return serving(() -> new BouncyServer(key, chain, ProtocolVersion.TLSv13, 0x1301, group, BigInteger.ZERO));
    }

    static LoopbackServer tls12(KeyPair key, List<Octets> chain, int suite, BigInteger prime) throws IOException {
        return serving(() -> new BouncyServer(key, chain, ProtocolVersion.TLSv12, suite, NamedGroup.secp256r1, prime));
    }

    private interface Making {
        BouncyServer make();
    }

    private static LoopbackServer serving(Making making) throws IOException {
        return new LoopbackServer(connection -> {
            connection.setTcpNoDelay(true);
            var protocol = new TlsServerProtocol(connection.getInputStream(), connection.getOutputStream());
            protocol.accept(making.make());
            var line = protocol.getInputStream().readNBytes(6);
            protocol.getOutputStream().write(line);
            protocol.close();
        });
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return version.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {suite};
    }

    @Override
    public int[] getSupportedGroups() {
        return new int[] {group};
    }

    @Override
    public TlsDHConfig getDHConfig() {
        return new TlsDHConfig(new DHGroup(prime, null, BigInteger.TWO, Math.min(256, prime.bitLength())));
    }

    @Override
    protected TlsCredentialedSigner getRSASignerCredentials() throws IOException {
        return signer();
    }

    @Override
    public TlsCredentialedSigner getCredentials() throws IOException {
        return signer();
    }

    private TlsCredentialedSigner signer() throws IOException {
        var tls13 = TlsUtils.isTLSv13(context);
        var entries = new CertificateEntry[chain.size()];
        for (int i = 0; i < entries.length; i++) entries[i] = new CertificateEntry(sent(chain.get(i)), null);
        var certificate =
                tls13 ? new Certificate(TlsUtils.EMPTY_BYTES, entries) : new Certificate(certificates(entries));
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                (BcTlsCrypto) getCrypto(),
                PrivateKeyFactory.createKey(key.getPrivate().getEncoded()),
                certificate,
                algorithm());
    }

    private SignatureAndHashAlgorithm algorithm() {
        Vector<?> offered = context.getSecurityParametersHandshake().getClientSigAlgs();
        return offered.contains(SignatureAndHashAlgorithm.rsa_pss_rsae_sha256)
                ? SignatureAndHashAlgorithm.rsa_pss_rsae_sha256
                : null;
    }

    private static TlsCertificate[] certificates(CertificateEntry[] entries) {
        return java.util.Arrays.stream(entries)
                .map(CertificateEntry::getCertificate)
                .toArray(TlsCertificate[]::new);
    }

    /** A certificate that the server sends without parsing it. */
    private TlsCertificate sent(Octets der) throws IOException {
        return new BcTlsCertificate(
                (BcTlsCrypto) getCrypto(), TestCertificates.named(key, "any").toArray()) {
            @Override
            public byte[] getEncoded() {
                return der.toArray();
            }
        };
    }
}
