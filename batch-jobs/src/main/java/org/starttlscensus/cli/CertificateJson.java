package org.starttlscensus.cli;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Certificate;

/** The certificate of the server itself. */
record CertificateJson(
        String sha256,
        Optional<String> subject,
        Optional<String> issuer,
        Optional<Instant> notBefore,
        Optional<Instant> notAfter,
        List<String> dnsNames,
        int dnsNamesCount) {

    private static final int MOST_NAMES = 100;

    static CertificateJson of(Certificate leaf) {
        return new CertificateJson(
                leaf.sha256().hex(),
                leaf.subject(),
                leaf.issuer(),
                leaf.notBefore(),
                leaf.notAfter(),
                leaf.dnsNames().stream().limit(MOST_NAMES).toList(),
                leaf.dnsNames().size());
    }
}
