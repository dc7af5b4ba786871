package org.starttlscensus.preflight;

import java.time.Duration;
import java.util.Optional;

/** What whoever opened the database saw of it. */
public sealed interface DatabaseCondition {

    /**
     * It can be used.
     *
     * @param clockAhead     how far this machine's clock is ahead of its
     * @param octetsPerNight what a night takes, by the nights so far; 0 without any
     */
    record UsableDatabase(Duration clockAhead, long octetsPerNight) implements DatabaseCondition {}

    /** It, or its tables, are still to be made, which the next night does. */
    record NoDatabaseYet(String seen) implements DatabaseCondition {}

    /** @param seen what is wrong, and what to do, for people */
    record UnusableDatabase(String seen) implements DatabaseCondition {}

    /** @return 0 where nothing is known */
    default long knownOctetsPerNight() {
        return switch (this) {
            case UsableDatabase usable -> usable.octetsPerNight();
            case NoDatabaseYet _, UnusableDatabase _ -> 0;
        };
    }

    /** Whether it could be used, and how far its clock is from ours. */
    default Optional<Duration> knownClockAhead() {
        return switch (this) {
            case UsableDatabase usable -> Optional.of(usable.clockAhead());
            case NoDatabaseYet _, UnusableDatabase _ -> Optional.empty();
        };
    }
}
