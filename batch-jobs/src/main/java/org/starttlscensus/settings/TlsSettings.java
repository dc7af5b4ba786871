package org.starttlscensus.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which roots chains are judged with.
 *
 * @param trustStore empty: the dated bundle shipped with the program
 */
public record TlsSettings(Optional<TrustStore> trustStore) {

    /**
     * @param file absolute, PEM
     * @param name with its date, for example {@code mozilla-2026-11-01}: every stored verdict names it
     */
    public record TrustStore(Path file, String name) {}
}
