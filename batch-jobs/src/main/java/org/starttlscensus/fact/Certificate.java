package org.starttlscensus.fact;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One X.509 certificate: its DER for ever, and what could be read of it. A field that could not be read is empty;
 * a certificate of which nothing could be read is still stored and has {@code readable} false.
 *
 * @param der                as sent
 * @param readable           whether the outer structure could be parsed
 * @param subject            RFC 4514 text; peer's words
 * @param issuer             RFC 4514 text; peer's words
 * @param serial             hexadecimal, lower case, without a leading 0x; may be negative
 * @param keyType            for example {@code RSA}, {@code EC}, {@code Ed25519}
 * @param keyBits            size of the key in bits
 * @param signatureAlgorithm for example {@code SHA256WITHRSA}
 * @param spkiSha256         SHA-256 of the SubjectPublicKeyInfo
 * @param dnsNames           dNSName entries of the subject alternative name, as they stand
 * @param commonNames        common names of the subject, as they stand
 */
public record Certificate(
        Octets der,
        boolean readable,
        Optional<String> subject,
        Optional<String> issuer,
        Optional<Instant> notBefore,
        Optional<Instant> notAfter,
        Optional<String> serial,
        Optional<String> keyType,
        Optional<Integer> keyBits,
        Optional<String> signatureAlgorithm,
        Optional<Octets> spkiSha256,
        List<String> dnsNames,
        List<String> commonNames) {

    public Certificate {
        dnsNames = List.copyOf(dnsNames);
        commonNames = List.copyOf(commonNames);
    }

    /** A certificate of which nothing can be read. */
    public static Certificate unreadable(Octets der) {
        return new Certificate(der, false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                List.of(), List.of());
    }

    public Octets sha256() {
        return der.sha256();
    }
}
