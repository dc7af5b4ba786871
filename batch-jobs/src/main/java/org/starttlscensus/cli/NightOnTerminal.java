package org.starttlscensus.cli;

import java.time.Duration;
import java.time.InstantSource;
import org.starttlscensus.job.NightRequest;
import org.starttlscensus.job.NightRunner;
import org.starttlscensus.job.RefusedNightException;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SafetyGate;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Outage;
import picocli.CommandLine;

/** Runs one night for a person or for cron: the lock, the progress, and at the end what was found and where it lies. */
final class NightOnTerminal {

    private static final Duration LONGEST_OUTAGE = Duration.ofHours(1);

    private final CommandLine command;
    private final CensusSettings settings;
    private final InstantSource clock;

    NightOnTerminal(CommandLine command, CensusSettings settings, InstantSource clock) {
        this.command = command;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param ifNeeded a night that is complete already is no error */
    int run(NightRequest request, boolean ifNeeded) {
        SafetyGate.requireLab(settings);
        try (var database = Databases.open(settings.database())) {
            return run(database, request, ifNeeded);
        }
    }

    /** Goes on by itself when the database was away: under a new lock, for the old one went with its connection. */
    int run(Database database, NightRequest request, boolean ifNeeded) {
        while (true) {
            try {
                return runOnce(database, request, ifNeeded);
            } catch (RuntimeException e) {
                if (!Outage.isBehind(e)) throw e;
                command.getErr().println("census: the database is away. Nobody is called meanwhile; the night goes on when it is back.");
                database.await(LONGEST_OUTAGE);
            }
        }
    }

    private int runOnce(Database database, NightRequest request, boolean ifNeeded) {
        var lock = database.tryRunLock();
        if (lock.isEmpty()) {
            command.getErr().printf("census: another run works on %s. Nobody was called by this one. It goes on by itself; "
                    + "see how far it is with: census status%n", Printable.line(database.where()));
            return Faults.LOCKED;
        }
        try (var held = lock.get(); var progress = ProgressLine.onStderr()) {
            var runner = new NightRunner(database, settings, progress, clock);
            var result = StopOnSignal.whileRunning(runner, progress, () -> runner.run(request, held));
            progress.close();
            if (result == NightRunner.Result.COMPLETED) NightSummary.print(database, request, command.getOut());
            return CommandLine.ExitCode.OK;
        } catch (RefusedNightException e) {
            if (!ifNeeded || !e.alreadyCompleted()) throw e;
            command.getErr().println(e.getMessage());
            return CommandLine.ExitCode.OK;
        }
    }
}
