package org.starttlscensus.fact;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One X.509 certificate: its DER and the fields that could be read. A field that could not be read is empty. A
 * certificate of which nothing could be read is still stored, with {@code readable} false.
 *
 * @param der                as sent
 * @param readable           whether the outer structure could be parsed
 * @param subject            RFC 4514 text; untrusted
 * @param issuer             RFC 4514 text; untrusted
 * @param serial             hexadecimal, lower case, without a leading 0x; may be negative
 * @param keyType            for example {@code RSA}, {@code EC}, {@code Ed25519}
 * @param keyBits            size of the key in bits
 * @param signatureAlgorithm for example {@code SHA256WITHRSA}
 * @param spkiSha256         SHA-256 of the SubjectPublicKeyInfo
 * @param dnsNames           dNSName entries of the subject alternative name, unchanged
 * @param commonNames        common names of the subject, unchanged
 * @param otherNames         the other entries of the subject alternative name, each with its kind: {@code
 *                           ip:192.0.2.1}, {@code email:}, {@code uri:}, {@code directory:}, {@code oid:}, {@code
 *                           other:} and an OID
 * @param namesOmitted       entries of the subject alternative name beyond the first {@value #MOST_NAMES}
 * @param ca                 whether it states that it may issue certificates; false without basic constraints
 * @param validation         by the CA/Browser Forum's policy OIDs; empty without one
 * @param sctCount           signed certificate timestamps embedded in it; empty if their list cannot be read
 * @param subjectSha256      SHA-256 of the subject's DER; equals the {@code issuerSha256} of certificates it issued
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

    /** The limit for names of all kinds together. Real certificates have a few hundred at most. */
    public static final int MOST_NAMES = 10_000;

    public Certificate {
        dnsNames = List.copyOf(dnsNames);
        commonNames = List.copyOf(commonNames);
        otherNames = List.copyOf(otherNames);
    }

    /** A certificate of which nothing could be read. */
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
