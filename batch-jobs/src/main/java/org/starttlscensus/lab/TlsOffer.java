package org.starttlscensus.lab;

import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;

/** Which TLS a server supports. */
enum TlsOffer {
    TLS_1_3(ProtocolVersion.TLSv13, false, false),
    /** TLS 1.3 that prefers the hybrid group of X25519 and ML-KEM-768. */
    HYBRID(ProtocolVersion.TLSv13, false, true),
    /** TLS 1.3 with an optional client certificate, as Exim and many other MTAs request it. */
    REQUESTS_CLIENT_CERTIFICATE(ProtocolVersion.TLSv13, false, false),
    /** TLS 1.3 that requires a client certificate. */
    REQUIRES_CLIENT_CERTIFICATE(ProtocolVersion.TLSv13, false, false),
    TLS_1_2(ProtocolVersion.TLSv12, true, false),
    TLS_1_0(ProtocolVersion.TLSv10, true, false);

    private final ProtocolVersion version;
    private final boolean rsa;
    private final boolean hybrid;

    TlsOffer(ProtocolVersion version, boolean rsa, boolean hybrid) {
        this.version = version;
        this.rsa = rsa;
        this.hybrid = hybrid;
    }

    ProtocolVersion version() {
        return version;
    }

    boolean isTls13() {
        return ProtocolVersion.TLSv13.equals(version);
    }

    /** Whether the server's key is the lab's RSA key; otherwise it is the lab's P-256 key. */
    boolean usesRsa() {
        return rsa;
    }

    boolean asksForClientCertificate() {
        return this == REQUESTS_CLIENT_CERTIFICATE || this == REQUIRES_CLIENT_CERTIFICATE;
    }

    int[] groups() {
        return hybrid
                ? new int[] {NamedGroup.X25519MLKEM768, NamedGroup.x25519, NamedGroup.secp256r1}
                : new int[] {NamedGroup.x25519, NamedGroup.secp256r1};
    }

    int[] cipherSuites() {
        if (isTls13()) {
            return new int[] {
                CipherSuite.TLS_AES_256_GCM_SHA384,
                CipherSuite.TLS_AES_128_GCM_SHA256,
                CipherSuite.TLS_CHACHA20_POLY1305_SHA256
            };
        }
        if (this == TLS_1_2) {
            return new int[] {
                CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
            };
        }
        return new int[] {CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA
        };
    }
}
