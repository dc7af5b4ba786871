package org.starttlscensus.store;

import org.starttlscensus.fact.CensusNight;

/**
 * Another process has taken a night over; this process may make no more calls in it and store no more decisions about
 * it.
 */
public final class FencedException extends RuntimeException {

    private FencedException(String message) {
        super(message);
    }

    private FencedException(String message, Throwable cause) {
        super(message, cause);
    }

    public static FencedException of(NightLease lease) {
        return new FencedException(
                "night %s: another process has taken it over from epoch %d. This process makes no more calls."
                        .formatted(lease.night(), lease.epoch()));
    }

    /** Another run has the run lock. */
    public static FencedException lostLock(CensusNight night) {
        return new FencedException(lockTaken(night));
    }

    /** Another run has the run lock, and a further error followed. */
    public static FencedException lostLock(CensusNight night, Throwable cause) {
        return new FencedException(lockTaken(night), cause);
    }

    /** Another run works with the tables of another version of the program. */
    static FencedException cannotMigrate(String where) {
        return new FencedException("""
                database %s: its tables are of an earlier version of this program, and a night or a check of that \
                version is at work. Nothing was changed. Try again when it is over.""".formatted(where));
    }

    private static String lockTaken(CensusNight night) {
        return ("night %s: another run has taken the lock, because this run was silent or disconnected. "
                        + "What this run measured is stored; the other run continues. See: census status")
                .formatted(night);
    }
}
