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
import java.util.function.Supplier;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.ConfiguredTrustStore;
import org.starttlscensus.job.LockHeartbeat;
import org.starttlscensus.job.NightRequest;
import org.starttlscensus.job.NightRunner;
import org.starttlscensus.job.Progress;
import org.starttlscensus.job.RefusedNightException;
import org.starttlscensus.ledger.MonotonicClock;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.RunLock;
import org.starttlscensus.store.RunLockAnswer;
import picocli.CommandLine;

/** Runs one night for a person or for cron: takes the lock, shows the progress, prints a summary of the results. */
final class NightOnTerminal {

    private static final Duration LONGEST_OUTAGE = Duration.ofHours(1);

    /** Longer than the wait and the calls of a check together. */
    private static final Duration LONGEST_CHECK = Duration.ofMinutes(15);

    private static final RunLockAnswer CHECK_AT_WORK = new RunLockAnswer.HeldBy(RunLock.Holder.CHECK);
    private static final Duration LOCK_POLL_INTERVAL = Duration.ofSeconds(1);
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    private final CommandLine command;
    private final CensusSettings settings;
    private final String afterAStop;
    private final String forNextCommand;
    private final PlanReading whenPlanned;
    private final boolean isDryRun;
    private Optional<WindowWait> windowWait = Optional.empty();

    private NightOnTerminal(
            CommandLine command,
            CensusSettings settings,
            String afterAStop,
            String forNextCommand,
            PlanReading whenPlanned,
            boolean isDryRun) {
        this.command = command;
        this.settings = settings;
        this.afterAStop = afterAStop;
        this.forNextCommand = forNextCommand;
        this.whenPlanned = whenPlanned;
        this.isDryRun = isDryRun;
    }

    static NightOnTerminal of(CommandLine command, CensusSettings settings, boolean isDryRun) {
        return new NightOnTerminal(
                command, settings, "the next `census run` continues from here", "", DryRunSummary::of, isDryRun);
    }

    /**
     * A dry run.
     *
     * @param whenPlanned what is to be shown of its plan
     */
    static NightOnTerminal showing(CommandLine command, CensusSettings settings, PlanReading whenPlanned) {
        return new NightOnTerminal(command, settings, "nothing of it is kept", "", whenPlanned, true);
    }

    /**
     * A night of the demo.
     *
     * @param afterAStop what becomes of the night if Ctrl-C interrupts it, for the operator
     */
    static NightOnTerminal ofDemo(CommandLine command, CensusSettings settings, String afterAStop) {
        return new NightOnTerminal(command, settings, afterAStop, " --demo", DryRunSummary::of, false);
    }

    /** @param wait for the window; empty: the run begins at once */
    NightOnTerminal waiting(Optional<WindowWait> wait) {
        windowWait = wait;
        return this;
    }

    /** Reads the plan of a dry run while it is there. */
    interface PlanReading {
        /** What can be shown when nothing is left of it in the database. */
        ShownPlan read(Database database, CensusNight night);
    }

    /** @param exit of the command */
    record ShownPlan(Consumer<PrintWriter> text, int exit) {}

    /** Refuses a night before anything is made for it. */
    interface Refusals {
        void require(NightFolders folders, Progress progress);
    }

    /**
     * @param refusals what is to be refused before a database is made
     * @param request  makes the request, if no other run has the lock; its clock is the database's
     * @param ifNeeded whether a night that is complete already is no error
     */
    int run(Refusals refusals, BiFunction<Database, InstantSource, NightRequest> request, boolean ifNeeded) {
        if (isDryRun) Departure.ofPlan(command, settings);
        else Departure.ofCalls(command, settings);
        NightFolders.requireOwnDatabase(settings);
        try (var progress = ProgressLine.onStderr(command)) {
            refusals.require(NightFolders.of(settings), progress);
        }
        try (var database = Databases.open(settings.database())) {
            if (windowWait.isPresent() && !windowWait.get().awaitOpen(database)) return CommandLine.ExitCode.OK;
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
        return switch (lock(database)) {
            case RunLockAnswer.HeldBy(var holder) -> locked(database, holder);
            case RunLockAnswer.Acquired(var lock) -> {
                var tonight = requested(lock, () -> {
                    if (!isDryRun) PreflightGate.require(command, settings, database);
                    return request.apply(database, clock);
                });
                yield run(database, tonight, ifNeeded, lock);
            }
        };
    }

    /** Standard input and the preflight may take longer than a lock lasts that is not renewed. */
    private static NightRequest requested(RunLock lock, Supplier<NightRequest> request) {
        try (var _ = new LockHeartbeat(lock)) {
            return request.get();
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private int run(Database database, NightRequest request, boolean ifNeeded, RunLock first) {
        var restarts = new NightRestarts();
        Optional<RunLock> own = Optional.of(first);
        while (true) {
            try {
                var answer = own.<RunLockAnswer>map(RunLockAnswer.Acquired::new).orElseGet(() -> lock(database));
                own = Optional.empty();
                return switch (answer) {
                    case RunLockAnswer.HeldBy(var holder) -> locked(database, holder);
                    case RunLockAnswer.Acquired(var lock) -> runOnce(database, request, ifNeeded, lock);
                };
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

    /** Waits if a check has the lock, because a check keeps it for a few calls only. */
    private RunLockAnswer lock(Database database) {
        var until = System.nanoTime() + LONGEST_CHECK.toNanos();
        for (var isFirst = true; ; isFirst = false) {
            var answer = database.askForRunLock(RunLock.Holder.RUN);
            if (!answer.equals(CHECK_AT_WORK) || System.nanoTime() > until) return answer;
            if (isFirst)
                command.getErr()
                        .println("census: a `census check` is making its calls; the night begins after it, in minutes");
            LockSupport.parkNanos(LOCK_POLL_INTERVAL.toNanos());
        }
    }

    private int runOnce(Database database, NightRequest request, boolean ifNeeded, RunLock lock) {
        try (var held = lock;
                var progress = ProgressLine.onStderr(command)) {
            var runner = new NightRunner(database, settings, progress, MonotonicClock.of(database));
            if (request.dryRun()) return tryOut(database, request, held, runner, progress);
            var nightResult = StopOnSignal.whileRunning(
                    runner,
                    progress,
                    "open calls are finished and stored; " + afterAStop,
                    () -> runner.run(request, held));
            progress.close();
            return switch (nightResult) {
                case COMPLETED -> {
                    NightSummary.print(database, request, command.getOut());
                    LabTime.sentence(settings).ifPresent(command.getOut()::println);
                    yield CommandLine.ExitCode.OK;
                }
                case UNPUBLISHED -> {
                    NightSummary.printUnpublished(database, request.night(), command.getOut());
                    yield Faults.UNPUBLISHED;
                }
                case STOPPED -> Faults.INTERRUPTED;
            };
        } catch (RefusedNightException e) {
            if (!ifNeeded || !e.alreadyCompleted()) throw e;
            command.getErr().println(e.getMessage());
            return CommandLine.ExitCode.OK;
        }
    }

    private int locked(Database database, RunLock.Holder holder) {
        command.getErr().println("census: " + LockWords.busy(database, holder, forNextCommand));
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
        shown.ifPresent(plan -> plan.text().accept(command.getOut()));
        command.getOut().flush();
        return shown.map(ShownPlan::exit).orElse(CommandLine.ExitCode.OK);
    }
}
