package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.NightCalendar;
import org.starttlscensus.ledger.MonotonicClock;
import org.starttlscensus.settings.CallWindow;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.Outage;
import picocli.CommandLine;

/**
 * A run that was started outside the window waits until it opens. It has no lock meanwhile, so checks go on. It asks
 * the database for the time again and again: a clock that is set right meanwhile makes it neither early nor late.
 */
final class WindowWait {

    /** Who starts a run "if needed" starts it often, so it need not stay for long. */
    private static final Duration LONGEST_IF_NEEDED = Duration.ofHours(1);

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(10);

    private final PrintWriter err;
    private final CallWindow window;
    private final Duration longest;
    private final Optional<CensusNight> wanted;
    private Optional<CensusNight> awaited = Optional.empty();

    /** @param wanted the night that was asked for; empty: the one that is due when the wait is over */
    WindowWait(PrintWriter err, CallWindow window, Duration longest, Optional<CensusNight> wanted) {
        this.err = err;
        this.window = window;
        this.longest = longest;
        this.wanted = wanted;
    }

    /** Empty in a lab, which has no window. */
    static Optional<WindowWait> of(
            CommandLine command, CensusSettings settings, boolean ifNeeded, Optional<CensusNight> wanted) {
        return settings.windowInForce()
                .map(window -> new WindowWait(
                        command.getErr(), window, ifNeeded ? LONGEST_IF_NEEDED : Duration.ofDays(2), wanted));
    }

    /** The night whose window is open, whatever time it is by now: to ask again later may give the next one. */
    CensusNight awaited() {
        return awaited.orElseThrow(() -> new IllegalStateException("no window was awaited"));
    }

    /** @return whether the window of the night is open; otherwise it opens too late to wait for it, and that is said */
    boolean awaitOpen(Database database) {
        return await(
                () -> new Nights(database).latest(),
                () -> MonotonicClock.of(database).instant(),
                LockSupport::parkNanos);
    }

    /**
     * @param latest the night that was opened last
     * @param time   the time now, asked for anew
     * @param pause  waits for so many nanoseconds
     */
    boolean await(Supplier<Optional<NightRow>> latest, InstantSource time, LongConsumer pause) {
        var now = time.instant();
        NightCalendar.missed(latest.get(), now, window)
                .map(WindowWords::missed)
                .ifPresent(words -> err.println("census: " + words));
        wanted.ifPresent(night -> NightCalendar.requireAllowed(night, latest.get(), now, window));
        var wait = untilOpen(latest, now);
        if (wait.isZero()) return true;
        var isTooLong = wait.compareTo(longest) > 0;
        err.println("census: " + WindowWords.closed(window, now, wait)
                + (isTooLong
                        ? " Nothing was started, because --if-needed waits an hour at most."
                        : " The night begins then. Ctrl-C ends the wait; nothing is lost."));
        err.flush();
        if (isTooLong) return false;
        while (wait.isPositive()) {
            pause.accept(Math.min(wait.toNanos(), POLL_INTERVAL.toNanos()));
            wait = remaining(latest, time).orElse(wait);
        }
        return true;
    }

    /** Empty while the database is away. */
    private Optional<Duration> remaining(Supplier<Optional<NightRow>> latest, InstantSource time) {
        try {
            return Optional.of(untilOpen(latest, time.instant()));
        } catch (RuntimeException e) {
            if (!Outage.isCausedBy(e)) throw e;
            return Optional.empty();
        }
    }

    private Duration untilOpen(Supplier<Optional<NightRow>> latest, Instant now) {
        var night = wanted.orElseGet(() -> NightCalendar.tonight(latest.get(), now, Optional.of(window)));
        awaited = Optional.of(night);
        return NightCalendar.untilOpen(night, now, window);
    }
}
