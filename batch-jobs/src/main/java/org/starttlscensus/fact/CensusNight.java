package org.starttlscensus.fact;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/**
 * The UTC date on which a night's window opens, and the key of a run. It stays the same after midnight.
 *
 * @param date in UTC
 */
public record CensusNight(LocalDate date) implements Comparable<CensusNight> {

    public static CensusNight of(String isoDate) {
        try {
            return new CensusNight(LocalDate.parse(isoDate));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("a night is a date such as 2026-11-23, not \"" + isoDate + "\"", e);
        }
    }

    public static CensusNight today(InstantSource clock) {
        return new CensusNight(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    @Override
    public int compareTo(CensusNight other) {
        return date.compareTo(other.date);
    }

    @Override
    public String toString() {
        return date.toString();
    }
}
