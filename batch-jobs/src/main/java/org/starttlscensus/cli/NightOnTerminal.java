package org.starttlscensus.cli;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.starttlscensus.job.NightRequest;
import org.starttlscensus.job.NightRunner;
import org.starttlscensus.job.RefusedNightException;
import org.starttlscensus.ledger.MonotonicClock;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SafetyGate;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.RunLock;
import picocli.CommandLine;

/** Runs one night for a person or for cron: the lock, the progress, and at the end what was found and where it lies. */
final class NightOnTerminal {

    private static final Duration LONGEST_OUTAGE = Duration.ofHours(1);

    /** Longer than a check's patience and its calls take together. */
    private static final Duration LONGEST_CHECK = Duration.ofMinutes(15);

    private static final Duration BETWEEN_ASKINGS = Duration.ofSeconds(1);
    private static final Duration WORTH_SAYING = Duration.ofSeconds(5);

    private final CommandLine command;
    private final CensusSettings settings;

    NightOnTerminal(CommandLine command, CensusSettings settings) {
        this.command = command;
        this.settings = settings;
    }

    /**
     * @param request  what to run, by the database's time
     * @param ifNeeded a night that is complete already is no error
     */
    int run(BiFunction<Database, InstantSource, NightRequest> request, boolean ifNeeded) {
        SafetyGate.requireLab(settings);
        try (var database = Databases.open(settings.database())) {
            return run(database, request, ifNeeded);
        }
    }

    /** Goes on by itself when the database was away: under a new lock, for the old one went with its connection. */
    int run(Database database, BiFunction<Database, InstantSource, NightRequest> request, boolean ifNeeded) {
        var clock = MonotonicClock.of(database);
        warnOf(clock.wallClockAhead());
        var tonight = request.apply(database, clock);
        var restarts = new NightRestarts();
        while (true) {
            try {
                return runOnce(database, tonight, ifNeeded);
            } catch (RuntimeException e) {
                switch (restarts.after(e)) {
                    case OUTAGE -> {
                        command.getErr()
                                .println(
                                        "census: the database is away. Nobody is called meanwhile; the night goes on when it is back.");
                        database.await(LONGEST_OUTAGE);
                    }
                    case CONFLICT ->
                        command.getErr()
                                .println(
                                        "census: two transactions were in each other's way. The night goes on where it stood.");
                }
            }
        }
    }

    private void warnOf(Duration ahead) {
        if (ahead.abs().compareTo(WORTH_SAYING) <= 0) return;
        command.getErr()
                .printf(
                        "census: this machine's clock is %,d s %s that of the database, whose time counts. Set one of them right.%n",
                        ahead.abs().toSeconds(), ahead.isNegative() ? "behind" : "ahead of");
    }

    /** Waits for a check, which has the lock for its few calls only. */
    private Optional<RunLock> lock(Database database) {
        var until = System.nanoTime() + LONGEST_CHECK.toNanos();
        for (boolean said = false; ; said = true) {
            var lock = database.tryRunLock();
            if (lock.isPresent() || System.nanoTime() > until || !database.isRunLockHeldByCheck()) return lock;
            if (!said)
                command.getErr()
                        .println(
                                "census: a `census check` is making its calls; the night begins when it is done, within minutes");
            LockSupport.parkNanos(BETWEEN_ASKINGS.toNanos());
        }
    }

    private int runOnce(Database database, NightRequest request, boolean ifNeeded) {
        var lock = lock(database);
        if (lock.isEmpty()) {
            command.getErr()
                    .printf(
                            "census: another run works on %s. Nobody was called by this one. It goes on by itself; "
                                    + "see how far it is with: census status%n",
                            Printable.line(database.where()));
            return Faults.LOCKED;
        }
        try (var held = lock.get();
                var progress = ProgressLine.onStderr()) {
            var runner = new NightRunner(database, settings, progress, MonotonicClock.of(database));
            var nightResult = StopOnSignal.whileRunning(runner, progress, () -> runner.run(request, held));
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
}
