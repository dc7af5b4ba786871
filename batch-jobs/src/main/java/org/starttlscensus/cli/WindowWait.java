package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
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

    WindowWait(PrintWriter err, CallWindow window, Duration longest) {
        this.err = err;
        this.window = window;
        this.longest = longest;
    }

    /** Empty in a lab, which has no window. */
    static Optional<WindowWait> of(CommandLine command, CensusSettings settings, boolean ifNeeded) {
        return settings.windowInForce()
                .map(window ->
                        new WindowWait(command.getErr(), window, ifNeeded ? LONGEST_IF_NEEDED : Duration.ofDays(2)));
    }

    /** @return whether the window is open; otherwise it opens too late to wait for it, and that is said */
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
        var wait = NightCalendar.untilOpen(latest.get(), now, window);
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
            return Optional.of(NightCalendar.untilOpen(latest.get(), time.instant(), window));
        } catch (RuntimeException e) {
            if (!Outage.isCausedBy(e)) throw e;
            return Optional.empty();
        }
    }
}
