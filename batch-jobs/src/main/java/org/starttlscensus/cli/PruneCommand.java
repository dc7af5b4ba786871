package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.starttlscensus.job.Pruning;
import org.starttlscensus.job.Pruning.PrunableMonths;
import org.starttlscensus.store.ContactMonths.ContactMonth;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.RunLock;
import org.starttlscensus.store.RunLockAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "prune",
        description = {
            "Drop the record of old calls, plans and greetings: whole months, of which census.retention.contact-log "
                    + "(90 days unless it is set) keeps no night. No run does so by itself.",
            "Verdicts, observations, trends and published files stay. Of a pruned night nothing more can be judged "
                    + "again, and no greeting or plan is shown. If interrupted, the same command goes on."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, also if there was nothing to drop",
            "2:refused: a wrong setting",
            "5:the database cannot be used, or somebody's open transaction is in the way",
            "75:a run, a check or another command holds the lock; try again later"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  census prune --dry-run                                     what would go; changes nothing",
            "  census prune",
            "  census prune --set \"census.retention.contact-log=365 d\"   keeps a year"
        })
final class PruneCommand implements Callable<Integer> {

    @Option(names = "--dry-run", description = "Only say what would go.")
    private boolean dryRun;

    @Mixin
    private OutputOptions output;

    @Mixin
    private LookingOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var settings = options.read();
        var kept = settings.retention().contactLog();
        try (var database = Databases.look(settings.database());
                var progress = ProgressLine.onStderr(spec.commandLine())) {
            var pruning = new Pruning(database, kept, progress, InstantSource.system());
            var days = kept.toDays();
            if (dryRun) {
                var prunable = pruning.find();
                print(days, prunable, List.of());
                return ExitCode.OK;
            }
            return switch (database.askForRunLock(RunLock.Holder.WORK)) {
                case RunLockAnswer.HeldBy(var holder) -> locked(database, holder);
                case RunLockAnswer.Acquired(var lock) -> drop(pruning, lock, days);
            };
        }
    }

    private int drop(Pruning pruning, RunLock lock, long days) {
        try (lock) {
            var prunable = pruning.find();
            print(days, prunable, pruning.drop(prunable, lock));
        }
        return ExitCode.OK;
    }

    private int locked(Database database, RunLock.Holder holder) {
        spec.commandLine().getErr().println("census: " + LockWords.busy(database, holder, options.forNextCommand()));
        return Faults.LOCKED;
    }

    private void print(long days, PrunableMonths prunable, List<ContactMonth> dropped) {
        output.print(() -> PruneJson.of(days, dryRun, prunable), out -> table(days, prunable, dropped, out));
    }

    private void table(long days, PrunableMonths prunable, List<ContactMonth> dropped, PrintWriter out) {
        if (prunable.keepFrom().isEmpty()) {
            out.println("There is no night yet, so there is nothing to drop.");
            return;
        }
        out.printf(
                "Kept: permits, plans and raw replies of the %,d days before the last night, from %s on "
                        + "(census.retention.contact-log).%n",
                days, prunable.keepFrom().get());
        prunable.staying()
                .forEach(month -> out.printf(
                        "Month %s stays, because night %s was never judged. The next night judges it: census run%n",
                        month.month(), month.unjudged().orElseThrow()));
        if (prunable.old().isEmpty()) {
            out.println("No whole month is older. Nothing was dropped.");
            return;
        }
        out.printf("%n  %-8s %7s %14s %9s%n", "month", "nights", "rows, about", "MB");
        for (var month : prunable.old()) {
            out.printf(
                    "  %-8s %,7d %,14d %,9d%n",
                    month.month(), month.nights(), month.rows(), Math.ceilDiv(month.bytes(), 1_000_000));
        }
        out.println();
        out.println(
                dropped.isEmpty()
                        ? "Nothing was dropped yet. Without --dry-run these months go for ever. What was concluded and "
                                + "published from them stays."
                        : "These months are dropped. What was concluded and published from them stays.");
    }
}
