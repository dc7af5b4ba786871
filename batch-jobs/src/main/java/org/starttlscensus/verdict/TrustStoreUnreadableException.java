package org.starttlscensus.verdict;

import java.nio.file.Path;

/** A trust store that the operator named and we cannot judge with. */
public final class TrustStoreUnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TrustStoreUnreadableException(Path file, String seen) {
        super("""
                %s is no trust store: %s. Expected a PEM file of CA certificates, each between "-----BEGIN CERTIFICATE-----" \
                and "-----END CERTIFICATE-----". Nothing was judged. Correct census.tls.trust-store, or leave it out to \
                judge with the Mozilla roots that the program brings.""".formatted(file, seen));
    }
}
