package org.starttlscensus.verdict;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import org.starttlscensus.fact.Octets;

/** What extensions say about a certificate's place in a chain. */
final class ChainExtensions {

    private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    private static final int KEY_IDENTIFIER = 0x80;

    /**
     * Any purpose; TLS servers; and the two of "server gated cryptography", which OpenSSL takes for TLS servers, too.
     */
    private static final Set<String> PURPOSES_OF_SERVERS =
            Set.of("2.5.29.37.0", "1.3.6.1.5.5.7.3.1", "1.3.6.1.4.1.311.10.3.3", "2.16.840.1.113730.4.1");

    /**
     * The critical extensions that OpenSSL knows. We judge key usage, alternative names, basic constraints, name
     * constraints and purposes. The others are about revocation and policies, for which no mail sender asks.
     */
    private static final Set<String> KNOWN = Set.of(
            "2.5.29.15",
            "2.5.29.17",
            "2.5.29.19",
            "2.5.29.30",
            "2.5.29.31",
            "2.5.29.32",
            "2.5.29.33",
            "2.5.29.36",
            "2.5.29.37",
            "2.5.29.54",
            "1.3.6.1.5.5.7.48.1.5");

    private ChainExtensions() {}

    static boolean hasUnknownCritical(X509Certificate certificate) {
        var critical = certificate.getCriticalExtensionOIDs();
        return critical != null && !KNOWN.containsAll(critical);
    }

    /**
     * Whether it states no purposes, or the one we need.
     *
     * @throws CertificateParsingException if its purposes cannot be read
     */
    static boolean isForTlsServers(X509Certificate certificate) throws CertificateParsingException {
        var purposes = certificate.getExtendedKeyUsage();
        return purposes == null || purposes.stream().anyMatch(PURPOSES_OF_SERVERS::contains);
    }

    /** Empty if there is none, or it cannot be read. */
    static Optional<Octets> keyIdentifier(X509Certificate certificate) {
        return value(certificate, SUBJECT_KEY_IDENTIFIER).map(Der::content);
    }

    /** The key identifier of its issuer; empty if it names none, or it cannot be read. */
    static Optional<Octets> issuerKeyIdentifier(X509Certificate certificate) {
        return value(certificate, AUTHORITY_KEY_IDENTIFIER).flatMap(identifier -> {
            try {
                return identifier.parts().stream()
                        .filter(part -> part.tag() == KEY_IDENTIFIER)
                        .map(Der::content)
                        .findFirst();
            } catch (IllegalArgumentException malformed) {
                return Optional.empty();
            }
        });
    }

    private static Optional<Der> value(X509Certificate certificate, String extension) {
        try {
            return Optional.ofNullable(certificate.getExtensionValue(extension))
                    .map(wrapped -> Der.of(Der.of(wrapped).content().toArray()));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
