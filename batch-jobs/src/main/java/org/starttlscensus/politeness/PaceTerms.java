package org.starttlscensus.politeness;

import java.time.Duration;

/**
 * The bounds of the pace of one provider, or of one address that is charged with its own refusals.
 *
 * @param limit      its limit
 * @param longestGap where the doubling ends
 * @param timeScale  of the lab; else 1
 * @param charged    whose pace it is
 */
public record PaceTerms(Limit limit, Duration longestGap, double timeScale, Charged charged) {

    /** One server of a provider may be wrong about us, and a second one is not; an address speaks for itself. */
    private static final int SERVERS_OF_A_PROVIDER = 2;

    public static PaceTerms ofProvider(Limits limits, String provider) {
        return of(limits, limits.provider(provider), Charged.PROVIDER);
    }

    public static PaceTerms ofAddress(Limits limits) {
        return of(limits, limits.address(), Charged.ADDRESS);
    }

    private static PaceTerms of(Limits limits, Limit limit, Charged charged) {
        return new PaceTerms(limit, limits.longestProviderGap(limit.gap()), limits.timeScale(), charged);
    }

    /** How many endpoints must block us, or seem to, before it counts for all of them. */
    int endpointsThatBlock() {
        return switch (charged) {
            case PROVIDER -> SERVERS_OF_A_PROVIDER;
            case ADDRESS -> 1;
        };
    }

    Duration scaled(Duration duration) {
        return Duration.ofNanos(Math.round(duration.toNanos() * timeScale));
    }
}
