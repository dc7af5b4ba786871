package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.ConfiguredTrustStore;
import org.starttlscensus.job.NightRequest;
import org.starttlscensus.job.NightRunner;
import org.starttlscensus.job.RefusedNightException;
import org.starttlscensus.ledger.MonotonicClock;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SafetyGate;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.RunLock;
import picocli.CommandLine;

/** Runs one night for a person or for cron: takes the lock, shows the progress, prints a summary of the results. */
final class NightOnTerminal {

    private static final Duration LONGEST_OUTAGE = Duration.ofHours(1);

    /** Longer than the wait and the calls of a check together. */
    private static final Duration LONGEST_CHECK = Duration.ofMinutes(15);

    private static final Duration LOCK_POLL_INTERVAL = Duration.ofSeconds(1);
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    private final CommandLine command;
    private final CensusSettings settings;
    private final String afterAStop;
    private final PlanReading whenPlanned;

    /**
     * @param afterAStop  what becomes of the night if Ctrl-C interrupts it, for the operator
     * @param whenPlanned what is to be shown of a dry run's plan
     */
    private NightOnTerminal(CommandLine command, CensusSettings settings, String afterAStop, PlanReading whenPlanned) {
        this.command = command;
        this.settings = settings;
        this.afterAStop = afterAStop;
        this.whenPlanned = whenPlanned;
    }

    static NightOnTerminal of(CommandLine command, CensusSettings settings) {
        return showing(command, settings, DryRunSummary::of);
    }

    /** @param whenPlanned what is to be shown of a dry run's plan */
    static NightOnTerminal showing(CommandLine command, CensusSettings settings, PlanReading whenPlanned) {
        return new NightOnTerminal(command, settings, "the next `census run` continues from here", whenPlanned);
    }

    /** @param afterAStop what becomes of the night if Ctrl-C interrupts it, for the operator */
    static NightOnTerminal telling(CommandLine command, CensusSettings settings, String afterAStop) {
        return new NightOnTerminal(command, settings, afterAStop, DryRunSummary::of);
    }

    /** Reads the plan of a dry run while it is there. */
    interface PlanReading {
        /** @return shows it when nothing is left of it in the database */
        Consumer<PrintWriter> read(Database database, CensusNight night);
    }

    /**
     * @param request  makes the request, if no other run has the lock; its clock is the database's
     * @param ifNeeded whether a night that is complete already is no error
     */
    int run(BiFunction<Database, InstantSource, NightRequest> request, boolean ifNeeded) {
        SafetyGate.requireLab(settings);
        try (var database = Databases.open(settings.database())) {
            return run(database, request, ifNeeded);
        }
    }

    /**
     * Continues by itself after an outage of the database, under a new lock, because the old one ended with its
     * session.
     */
    int run(Database database, BiFunction<Database, InstantSource, NightRequest> request, boolean ifNeeded) {
        var clock = MonotonicClock.of(database);
        warnOf(clock.wallClockAhead());
        TrustStoreAge.warning(
                        ConfiguredTrustStore.of(settings, database, CensusNight.today(clock))
                                .name(),
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .ifPresent(warning -> command.getErr().println("census: " + warning));
        var probe = lock(database);
        if (probe.isEmpty()) return locked(database);
        probe.get().close(); // standard input may come more slowly than the lock allows
        var tonight = request.apply(database, clock);
        var restarts = new NightRestarts();
        while (true) {
            try {
                return runOnce(database, tonight, ifNeeded);
            } catch (RuntimeException e) {
                switch (restarts.after(e)) {
                    case OUTAGE -> {
                        command.getErr()
                                .println("census: the database is away. Until it is back no server is called; "
                                        + "then the night goes on.");
                        database.await(LONGEST_OUTAGE);
                    }
                    case CONFLICT ->
                        command.getErr()
                                .println("census: two transactions of the database conflicted. "
                                        + "The night goes on where it stopped.");
                }
            }
        }
    }

    private void warnOf(Duration ahead) {
        if (ahead.abs().compareTo(CLOCK_TOLERANCE) <= 0) return;
        command.getErr()
                .printf(
                        "census: the clock of this machine is %,d s %s the database's. The database's time is used. "
                                + "Please set one of them right.%n",
                        ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of");
    }

    private Optional<RunLock> lock(Database database) {
        var until = System.nanoTime() + LONGEST_CHECK.toNanos();
        return LockAfterChecks.take(
                database::tryRunLock,
                database::runLockHolder,
                () -> command.getErr()
                        .println("census: a `census check` is making its calls; the night begins after it, in minutes"),
                () -> {
                    LockSupport.parkNanos(LOCK_POLL_INTERVAL.toNanos());
                    return System.nanoTime() < until;
                });
    }

    private int runOnce(Database database, NightRequest request, boolean ifNeeded) {
        var lock = lock(database);
        if (lock.isEmpty()) return locked(database);
        try (var held = lock.get();
                var progress = ProgressLine.onStderr(command)) {
            var runner = new NightRunner(database, settings, progress, MonotonicClock.of(database));
            if (request.dryRun()) return tryOut(database, request, held, runner, progress);
            var nightResult = StopOnSignal.whileRunning(
                    runner,
                    progress,
                    "open calls are finished and stored; " + afterAStop,
                    () -> runner.run(request, held));
            progress.close();
            if (nightResult == NightRunner.NightResult.COMPLETED)
                NightSummary.print(database, request, command.getOut());
            return CommandLine.ExitCode.OK;
        } catch (RefusedNightException e) {
            if (!ifNeeded || !e.alreadyCompleted()) throw e;
            command.getErr().println(e.getMessage());
            return CommandLine.ExitCode.OK;
        }
    }

    private int locked(Database database) {
        command.getErr()
                .printf(
                        "census: another run is using %s. This one called no server and ends now. "
                                + "To see how far the other is: census status%n",
                        Printable.line(database.where()));
        return Faults.LOCKED;
    }

    private int tryOut(
            Database database, NightRequest request, RunLock lock, NightRunner runner, ProgressLine progress) {
        var shown = StopOnSignal.whileRunning(
                runner,
                progress,
                "no server was called, and nothing of it is kept",
                () -> runner.rehearse(request, lock, night -> whenPlanned.read(database, night)));
        progress.close();
        shown.ifPresent(show -> show.accept(command.getOut()));
        command.getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
