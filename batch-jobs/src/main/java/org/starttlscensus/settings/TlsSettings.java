package org.starttlscensus.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The trust store that judges chains, and the size of the old-version campaign.
 *
 * @param trustStoreSetting   empty: the dated bundle shipped with the program
 * @param oldVersionsPerNight the most calls of the old-version campaign in one night; 0: none
 */
public record TlsSettings(Optional<TrustStoreSetting> trustStoreSetting, int oldVersionsPerNight) {

    /** A sample: one more call to so many servers a night is enough to estimate all of them. */
    public static final int MOST_OLD_VERSIONS_PER_NIGHT = 1_000;

    public TlsSettings {
        if (oldVersionsPerNight < 0 || oldVersionsPerNight > MOST_OLD_VERSIONS_PER_NIGHT) {
            throw new IllegalArgumentException(
                    "above the policy, which allows the old-version campaign at most %,d calls a night"
                            .formatted(MOST_OLD_VERSIONS_PER_NIGHT));
        }
    }

    /** With as many old-version calls as the policy allows. */
    public TlsSettings(Optional<TrustStoreSetting> trustStoreSetting) {
        this(trustStoreSetting, MOST_OLD_VERSIONS_PER_NIGHT);
    }

    /**
     * @param file absolute, PEM
     * @param name with its date, for example {@code mozilla-2026-11-01}; stored with every verdict
     */
    public record TrustStoreSetting(Path file, String name) {}
}
