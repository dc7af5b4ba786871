package org.starttlscensus.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which roots chains are judged with, and how many servers are asked for what is old.
 *
 * @param trustStoreSetting          empty: the dated bundle shipped with the program
 * @param oldVersionsPerNight most calls of the old-version campaign in one night; 0: none
 */
public record TlsSettings(Optional<TrustStoreSetting> trustStoreSetting, int oldVersionsPerNight) {

    /** One more call at so many servers a night tells enough of all of them. */
    public static final int MOST_OLD_VERSIONS_PER_NIGHT = 1_000;

    public TlsSettings {
        if (oldVersionsPerNight < 0 || oldVersionsPerNight > MOST_OLD_VERSIONS_PER_NIGHT) {
            throw new IllegalArgumentException(
                    "laxer than the policy, which allows the old-version campaign at most %,d calls a night: it is a sample"
                            .formatted(MOST_OLD_VERSIONS_PER_NIGHT));
        }
    }

    /** With as many calls of the campaign as the policy allows. */
    public TlsSettings(Optional<TrustStoreSetting> trustStoreSetting) {
        this(trustStoreSetting, MOST_OLD_VERSIONS_PER_NIGHT);
    }

    /**
     * @param file absolute, PEM
     * @param name with its date, for example {@code mozilla-2026-11-01}: every stored verdict names it
     */
    public record TrustStoreSetting(Path file, String name) {}
}
