package org.starttlscensus.lab;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Vector;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** A TLS client for tests. It accepts every certificate and records what the server sends. */
final class TlsLook extends DefaultTlsClient {

    private final ProtocolVersion[] versions;
    private final int[] ecGroup;
    final List<byte[]> chain = new ArrayList<>();
    boolean askedForCertificate;
    short alertReceived = -1;
    ProtocolVersion version;
    int group = -1;

    TlsLook(ProtocolVersion... versions) {
        this(new int[] {-1}, versions);
    }

    private TlsLook(int[] group, ProtocolVersion... versions) {
        super(new BcTlsCrypto(new SecureRandom()) {
            @Override
            public TlsECDomain createECDomain(TlsECConfig config) {
                group[0] = config.getNamedGroup(); // in TLS 1.2 and older there is no other place to read it
                return super.createECDomain(config);
            }
        });
        this.ecGroup = group;
        this.versions = versions;
    }

    static TlsLook atAnything() {
        return new TlsLook(ProtocolVersion.TLSv13.downTo(ProtocolVersion.TLSv10));
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return versions;
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return new int[] {
            CipherSuite.TLS_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
        };
    }

    @Override
    protected Vector<Integer> getSupportedGroups(@SuppressWarnings("rawtypes") Vector namedGroupRoles) {
        var groups = new Vector<Integer>();
        groups.add(NamedGroup.x25519);
        groups.add(NamedGroup.secp256r1);
        groups.add(NamedGroup.X25519MLKEM768);
        return groups;
    }

    @Override
    public Vector<Integer> getEarlyKeyShareGroups() {
        var groups = new Vector<Integer>();
        groups.add(NamedGroup.x25519);
        groups.add(NamedGroup.X25519MLKEM768);
        return groups;
    }

    @Override
    public void notifyServerVersion(ProtocolVersion serverVersion) throws IOException {
        super.notifyServerVersion(serverVersion);
        version = serverVersion;
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        var negotiated = context.getSecurityParametersConnection().getNegotiatedGroup();
        group = negotiated >= 0 ? negotiated : ecGroup[0];
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        if (level == 2) alertReceived = description;
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                for (TlsCertificate certificate : shown.getCertificate().getCertificateList())
                    chain.add(certificate.getEncoded());
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) {
                askedForCertificate = true;
                return null;
            }
        };
    }
}
