package org.starttlscensus.job;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.settings.CallWindow;
import org.starttlscensus.settings.WindowSpan;
import org.starttlscensus.store.NightRow;

/**
 * Which nights a run may be for. A night is the UTC date on which its window opens. In a lab there is no window, and
 * any night may be run. Elsewhere a mistyped date would forbid all nights before it, because nights go forward
 * (decision 0008): there only the open night and the next one are allowed.
 */
public final class NightCalendar {

    private NightCalendar() {}

    /**
     * The night for a run that names none. In a lab: the latest one if it was opened within the last hours, else
     * today's. Elsewhere: the one whose window is open; between two windows the last one if it has begun and is not
     * over, else the next one.
     */
    public static CensusNight tonight(Optional<NightRow> latest, Instant now, Optional<CallWindow> window) {
        return window.map(hours -> unfinished(latest, now, hours)
                        .orElseGet(() -> next(latest, now, hours).night()))
                .orElseGet(() -> latest.filter(night -> night.includes(now))
                        .map(NightRow::night)
                        .orElseGet(() -> new CensusNight(LocalDate.ofInstant(now, ZoneOffset.UTC))));
    }

    /**
     * How long a run for this night must wait before it may call.
     *
     * @return zero in its window, and after it: then the night only lacks its results
     */
    public static Duration untilOpen(CensusNight night, Instant now, CallWindow window) {
        var wait = Duration.between(now, window.of(night).opens());
        return wait.isPositive() ? wait : Duration.ZERO;
    }

    /**
     * The nights in whose windows no run began, since the latest one.
     *
     * @param first the first of them
     * @param last  the last of them
     */
    public record MissedNights(CensusNight first, CensusNight last, long nights) {}

    /** Empty if there was no night before: then nothing was expected. */
    public static Optional<MissedNights> missed(Optional<NightRow> latest, Instant now, CallWindow window) {
        if (latest.isEmpty()) return Optional.empty();
        var first = latest.get().night().date().plusDays(1);
        var last = next(latest, now, window).night().date().minusDays(1);
        return first.isAfter(last)
                ? Optional.empty()
                : Optional.of(new MissedNights(
                        new CensusNight(first), new CensusNight(last), last.toEpochDay() - first.toEpochDay() + 1));
    }

    /**
     * Whether its window may be open now is another question: {@link #requireOpened}.
     *
     * @throws RefusedNightException if it is neither the open night nor the next one
     */
    public static void requireAllowed(CensusNight wanted, Optional<NightRow> latest, Instant now, CallWindow window) {
        var unfinished = unfinished(latest, now, window);
        var next = next(latest, now, window).night();
        if (wanted.equals(next) || unfinished.filter(wanted::equals).isPresent()) return;
        if (latest.filter(row -> row.night().equals(wanted) && row.completedAt().isPresent())
                .isPresent()) return; // who opens it says that it is complete
        throw new RefusedNightException("""
                night %s: a run may be for %s. No server was called, and nothing was stored. Check the date; without \
                --night the right one is chosen. (In a lab, with census.lab.networks, any night may be run.)\
                """.formatted(
                wanted,
                unfinished
                        .map(night -> "the night %s, which is not over, or the next one, %s".formatted(night, next))
                        .orElse("the next night only, " + next)));
    }

    /** @throws RefusedNightException before the window of the night, in which alone it may call */
    static void requireOpened(CensusNight wanted, Instant now, CallWindow window) {
        if (untilOpen(wanted, now, window).isZero()) return;
        throw new RefusedNightException("""
                night %s: its window opens at %s only, and it is %s. No server was called. Start the run again: it \
                waits until then.\
                """.formatted(wanted, window.of(wanted).opens(), now));
    }

    /**
     * The window of a run that starts now: the one that is open, or opens next. In the last minutes of a window no
     * server may be called any more, so a night does not begin then.
     */
    private static WindowSpan next(Optional<NightRow> latest, Instant now, CallWindow window) {
        var span = window.at(now);
        var hasBegun =
                latest.filter(night -> night.night().equals(span.night())).isPresent();
        return hasBegun || now.isBefore(span.lastPermit()) ? span : window.at(span.closes());
    }

    /** Between two windows: the night of the last one, if a run has begun it and none has completed it. */
    private static Optional<CensusNight> unfinished(Optional<NightRow> latest, Instant now, CallWindow window) {
        var next = window.at(now);
        if (next.isOpen(now)) return Optional.empty();
        return latest.filter(night -> night.completedAt().isEmpty())
                .map(NightRow::night)
                .filter(night -> night.date().equals(next.night().date().minusDays(1)));
    }
}
