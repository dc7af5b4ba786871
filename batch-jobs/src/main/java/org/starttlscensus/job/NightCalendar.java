package org.starttlscensus.job;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.NightRow;

/**
 * Which nights a run may be for. A window opens at 22:00 UTC, closes at 06:00, and its night is the date on which it
 * opens. In a lab any night may be run. Elsewhere a mistyped date would forbid all nights before it, because nights go
 * forward (decision 0008): there only the open night and the next one are allowed.
 */
public final class NightCalendar {

    private static final Duration CLOSES = Duration.ofHours(6);

    private NightCalendar() {}

    /**
     * The night for a run that names none: the one in whose window this start falls, although it passed midnight; else
     * today's in a lab, and elsewhere the one whose window is open or opens next.
     */
    public static CensusNight tonight(Optional<NightRow> latest, Instant now, boolean isLab) {
        return open(latest, now)
                .orElseGet(() -> isLab ? new CensusNight(LocalDate.ofInstant(now, ZoneOffset.UTC)) : ofWindow(now));
    }

    /** @throws RefusedNightException if it is neither the open night nor the next one */
    static void requireAllowed(CensusNight wanted, Optional<NightRow> latest, Instant now) {
        var open = open(latest, now);
        var next = ofWindow(now);
        if (wanted.equals(next) || open.filter(wanted::equals).isPresent()) return;
        throw new RefusedNightException("""
                night %s: a run may be for %s. No server was called, and nothing was stored. Check the date; without \
                --night the right one is chosen. (In a lab, with census.lab.networks, any night may be run.)\
                """.formatted(
                        wanted,
                        open.filter(night -> !night.equals(next))
                                .map(night -> "the open night %s or the next one, %s".formatted(night, next))
                                .or(() -> open.map(night -> "the open night only, " + night))
                                .orElse("the next night only, " + next)));
    }

    private static Optional<CensusNight> open(Optional<NightRow> latest, Instant now) {
        return latest.filter(night -> night.includes(now)).map(NightRow::night);
    }

    /** The night whose window is open or opens next. */
    private static CensusNight ofWindow(Instant now) {
        return new CensusNight(LocalDate.ofInstant(now.minus(CLOSES), ZoneOffset.UTC));
    }
}
