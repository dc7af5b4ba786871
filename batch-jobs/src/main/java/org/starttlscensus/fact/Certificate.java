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
 * @param otherNames         the other entries of the subject alternative name, each with its kind: {@code ip:192.0.2.1},
 *                           {@code email:}, {@code uri:}, {@code directory:}, {@code oid:}, {@code other:} and an OID
 * @param namesOmitted       entries of the subject alternative name beyond the first {@value #MOST_NAMES}
 * @param ca                 whether it says that it may issue certificates; no basic constraints mean no
 * @param validation         by the CA/B Forum's policy OIDs; empty without one
 * @param sctCount           signed certificate timestamps embedded in it; empty if their list cannot be read
 * @param subjectSha256      SHA-256 of the subject's DER, by which its certificates find their issuer
 * @param issuerSha256       SHA-256 of the issuer's DER
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
        List<String> commonNames,
        List<String> otherNames,
        int namesOmitted,
        boolean ca,
        Optional<CertificateValidation> validation,
        Optional<Integer> sctCount,
        Optional<Octets> subjectSha256,
        Optional<Octets> issuerSha256) {

    /** Of every kind together; real ones have some hundred at most. */
    public static final int MOST_NAMES = 10_000;

    public Certificate {
        dnsNames = List.copyOf(dnsNames);
        commonNames = List.copyOf(commonNames);
        otherNames = List.copyOf(otherNames);
    }

    /** A certificate of which nothing can be read. */
    public static Certificate unreadable(Octets der) {
        return new Certificate(
                der,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                0,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public Octets sha256() {
        return der.sha256();
    }
}
