package org.starttlscensus.fact;

import java.util.List;
import java.util.Optional;

/**
 * What one handshake showed: all of it if it finished ({@link Observation#tls}), else what had arrived before it broke
 * ({@link TlsFailure#shown}).
 *
 * @param version                    as negotiated
 * @param cipherSuite                IANA name, for example {@code TLS_AES_256_GCM_SHA384}
 * @param keyExchangeGroup           IANA name, for example {@code X25519MLKEM768}; {@code dh-2048} for a group whose
 *                                   parameters the server sent; empty for static RSA
 * @param signatureScheme            IANA name of the scheme that signed the key exchange; empty for static RSA, and
 *                                   before TLS 1.2, where there was no choice
 * @param clientCertificateRequested whether the server asked for a client certificate (we send an empty one)
 * @param chain                      the certificates as sent, DER, leaf first by the protocol's rule; may be empty
 * @param offerId                    which of our documented offers the server answered
 * @param traits                     further observations
 */
public record TlsSession(
        TlsVersion version,
        String cipherSuite,
        Optional<String> keyExchangeGroup,
        Optional<String> signatureScheme,
        boolean clientCertificateRequested,
        List<Octets> chain,
        String offerId,
        TlsTraits traits) {

    public TlsSession {
        chain = List.copyOf(chain);
    }

    /** A session without further observations. */
    public TlsSession(
            TlsVersion version,
            String cipherSuite,
            Optional<String> keyExchangeGroup,
            Optional<String> signatureScheme,
            boolean clientCertificateRequested,
            List<Octets> chain,
            String offerId) {
        this(
                version,
                cipherSuite,
                keyExchangeGroup,
                signatureScheme,
                clientCertificateRequested,
                chain,
                offerId,
                TlsTraits.NONE);
    }

    /** Whether the suite is one without a certificate. */
    public boolean isAnonymous() {
        return cipherSuite.contains("_anon_");
    }

    public TlsSession with(TlsTraits observed) {
        return new TlsSession(
                version,
                cipherSuite,
                keyExchangeGroup,
                signatureScheme,
                clientCertificateRequested,
                chain,
                offerId,
                observed);
    }
}
