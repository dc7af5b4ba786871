package org.starttlscensus.settings;

import java.time.Duration;

/**
 * How long what is kept for a season is kept at least.
 *
 * @param contactLog permits, plans and raw replies, counted back from the last night
 */
public record RetentionSettings(Duration contactLog) {

    /** What the program itself reads: 32 nights, and a day around them. */
    static final Duration LEAST = Duration.ofDays(35);

    static final Duration MOST = Duration.ofDays(3_660);

    public RetentionSettings {
        if (contactLog.compareTo(LEAST) < 0)
            throw new IllegalArgumentException("the census itself reads the last %d days".formatted(LEAST.toDays()));
        if (contactLog.compareTo(MOST) > 0)
            throw new IllegalArgumentException("it is more than %,d days".formatted(MOST.toDays()));
        if (!contactLog.equals(Duration.ofDays(contactLog.toDays())))
            throw new IllegalArgumentException("it is not a number of whole days");
    }
}
