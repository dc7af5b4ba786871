package org.starttlscensus.store;

import org.starttlscensus.fact.CensusNight;

/** Another process has taken a night over; this one may neither call anybody nor decide anything about it any more. */
public final class FencedException extends RuntimeException {

    private FencedException(String message) {
        super(message);
    }

    private FencedException(String message, Throwable cause) {
        super(message, cause);
    }

    public static FencedException of(NightLease lease) {
        return new FencedException(
                "night %s: another process has taken it over from epoch %d. Nobody more is called by this one."
                        .formatted(lease.night(), lease.epoch()));
    }

    /** For whoever finds the run lock in other hands. */
    public static FencedException lostLock(CensusNight night) {
        return new FencedException(inOtherHands(night));
    }

    /** The same, where something else went wrong after that. */
    public static FencedException lostLock(CensusNight night, Throwable cause) {
        return new FencedException(inOtherHands(night), cause);
    }

    private static String inOtherHands(CensusNight night) {
        return ("night %s: another run has the lock since this one was silent or cut off. What this one had "
                        + "measured is stored; the other goes on. See: census status")
                .formatted(night);
    }
}
