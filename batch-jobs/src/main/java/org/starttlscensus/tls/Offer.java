package org.starttlscensus.tls;

import java.util.List;
import org.starttlscensus.fact.TlsVersion;

/**
 * One documented ClientHello. Its id is stored with every session, because a server answers an offer: what it chose says
 * nothing without what it could choose from.
 *
 * <p>Every offer besides names the server (SNI: the MX host), offers extended master secret, encrypt-then-MAC and
 * secure renegotiation; no ALPN, no session resumption, no early data, no stapling request. The decision and its price
 * are in {@code docs/decisions/0006-our-clienthello.md}.
 *
 * @param id               changes whenever anything in the offer changes
 * @param versions         newest first
 * @param cipherSuites     IANA names in order of preference
 * @param groups           IANA names in order of preference
 * @param keyShares        those groups for which the first message carries a share (TLS 1.3)
 * @param signatureSchemes IANA names in order of preference
 */
public record Offer(
        String id,
        List<TlsVersion> versions,
        List<String> cipherSuites,
        List<String> groups,
        List<String> keyShares,
        List<String> signatureSchemes) {

    private static final Offer STANDARD = new Offer("offer-2026-11",
            List.of(TlsVersion.TLS_1_3, TlsVersion.TLS_1_2, TlsVersion.TLS_1_1, TlsVersion.TLS_1_0),
            List.of("TLS_AES_128_GCM_SHA256",
                    "TLS_AES_256_GCM_SHA384",
                    "TLS_CHACHA20_POLY1305_SHA256",

                    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                    "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256",

                    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
                    "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
                    "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
                    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                    "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
                    "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
                    "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256",
                    "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256",
                    "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
                    "TLS_DHE_RSA_WITH_AES_256_CBC_SHA",

                    "TLS_RSA_WITH_AES_128_GCM_SHA256",
                    "TLS_RSA_WITH_AES_256_GCM_SHA384",
                    "TLS_RSA_WITH_AES_128_CBC_SHA256",
                    "TLS_RSA_WITH_AES_256_CBC_SHA256",
                    "TLS_RSA_WITH_AES_128_CBC_SHA",
                    "TLS_RSA_WITH_AES_256_CBC_SHA"),
            List.of("X25519MLKEM768", "x25519", "secp256r1", "secp384r1", "secp521r1", "x448",
                    "ffdhe2048", "ffdhe3072", "ffdhe4096", "ffdhe6144", "ffdhe8192"),
            List.of("X25519MLKEM768", "x25519"),
            List.of("ecdsa_secp256r1_sha256", "rsa_pss_rsae_sha256", "rsa_pkcs1_sha256",
                    "ecdsa_secp384r1_sha384", "rsa_pss_rsae_sha384", "rsa_pkcs1_sha384",
                    "ecdsa_secp521r1_sha512", "rsa_pss_rsae_sha512", "rsa_pkcs1_sha512",
                    "ed25519", "ed448",
                    "rsa_pss_pss_sha256", "rsa_pss_pss_sha384", "rsa_pss_pss_sha512",
                    "rsa_pkcs1_sha1", "ecdsa_sha1"));

    public Offer {
        if (id.isBlank()) throw new IllegalArgumentException("an offer has an id: it is stored with what it found");
        versions = List.copyOf(versions);
        cipherSuites = List.copyOf(cipherSuites);
        groups = List.copyOf(groups);
        keyShares = List.copyOf(keyShares);
        signatureSchemes = List.copyOf(signatureSchemes);
        cipherSuites.forEach(IanaNames.CIPHER_SUITES::code);
        groups.forEach(IanaNames.GROUPS::code);
        signatureSchemes.forEach(IanaNames.SIGNATURE_SCHEMES::code);
        if (versions.isEmpty() || cipherSuites.isEmpty() || !groups.containsAll(keyShares)) {
            throw new IllegalArgumentException(id + ": an offer has versions, suites, and shares only of its own groups");
        }
    }

    /** What the nightly census offers. */
    public static Offer standard() {
        return STANDARD;
    }
}
