package org.starttlscensus.verdict;

import java.nio.file.Path;

/** The operator's trust store cannot be used. */
public final class TrustStoreUnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TrustStoreUnreadableException(Path file, String seen) {
        super("""
                %s is not a usable trust store: %s. Expected a PEM file of CA certificates, each between \
                "-----BEGIN CERTIFICATE-----" and "-----END CERTIFICATE-----". Nothing was judged. Correct \
                census.tls.trust-store, or leave it out to use the Mozilla roots that are part of \
                the program.""".formatted(file, seen));
    }
}
