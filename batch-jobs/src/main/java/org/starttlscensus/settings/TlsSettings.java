package org.starttlscensus.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The trust store that judges chains, and the size of the old-version campaign.
 *
 * @param trustStoreSetting   empty: the dated bundle shipped with the program
 * @param oldVersionsPerNight the most calls of the old-version campaign in one night; 0: none
 * @param previousOfferPercent the share of addresses that get the previous ClientHello; 0 but in a night of overlap
 */
public record TlsSettings(
        Optional<TrustStoreSetting> trustStoreSetting, int oldVersionsPerNight, int previousOfferPercent) {

    /** A sample: one more call to so many servers a night is enough to estimate all of them. */
    public static final int MOST_OLD_VERSIONS_PER_NIGHT = 1_000;

    private static final int HALF = 50;

    public TlsSettings {
        if (oldVersionsPerNight < 0 || oldVersionsPerNight > MOST_OLD_VERSIONS_PER_NIGHT) {
            throw new IllegalArgumentException(
                    "above the policy, which allows the old-version campaign at most %,d calls a night"
                            .formatted(MOST_OLD_VERSIONS_PER_NIGHT));
        }
        if (previousOfferPercent < 0 || previousOfferPercent > HALF) {
            throw new IllegalArgumentException(
                    "the previous ClientHello is for 0 to 50 percent of the addresses; the rest get the current one");
        }
    }

    /** With the current ClientHello for all addresses. */
    public TlsSettings(Optional<TrustStoreSetting> trustStoreSetting, int oldVersionsPerNight) {
        this(trustStoreSetting, oldVersionsPerNight, 0);
    }

    /** The same, with the previous ClientHello for a share of the addresses. */
    TlsSettings withPreviousOffer(int percent) {
        return new TlsSettings(trustStoreSetting, oldVersionsPerNight, percent);
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
