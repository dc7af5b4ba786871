package org.starttlscensus.settings;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.starttlscensus.fact.CensusNight;

/**
 * The window of one night.
 *
 * @param opens  when the first call may be made
 * @param closes when everything is to be over
 */
public record WindowSpan(Instant opens, Instant closes) {

    public WindowSpan {
        if (!opens.isBefore(closes))
            throw new IllegalArgumentException("a window from %s to %s".formatted(opens, closes));
    }

    /** The UTC date on which it opens. */
    public CensusNight night() {
        return new CensusNight(LocalDate.ofInstant(opens, ZoneOffset.UTC));
    }

    /** No permit is given at this time or later. */
    public Instant lastPermit() {
        return closes.minus(CallWindow.LAST_PERMIT_BEFORE_CLOSE);
    }

    public boolean isOpen(Instant now) {
        return !now.isBefore(opens) && now.isBefore(closes);
    }
}
