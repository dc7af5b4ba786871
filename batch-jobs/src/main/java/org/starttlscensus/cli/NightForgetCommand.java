package org.starttlscensus.cli;

import java.util.concurrent.Callable;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Counted;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightRemoval;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.RunLock;
import org.starttlscensus.store.RunLockAnswer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "forget",
        description = {
            "Remove a night in which no server was called, as if it had never been begun.",
            "For a mistyped date, or to begin a night again with other lists. Asks nothing. Published files stay."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the night is forgotten",
            "2:refused: there is no such night, calls were made in it, or census prune dropped its record",
            "5:the database cannot be used",
            "75:a run holds the lock; try again later"
        },
        footerHeading = "%nExamples:%n",
        footer = "  census night forget 2062-11-30")
final class NightForgetCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "DATE",
            arity = "1",
            converter = NightConverter.class,
            description = "The night, for example 2026-11-23.")
    private CensusNight night;

    @Mixin
    private LookingOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var settings = options.read();
        try (var database = Databases.look(settings.database())) {
            return switch (database.askForRunLock(RunLock.Holder.WORK)) {
                case RunLockAnswer.HeldBy(var holder) -> {
                    spec.commandLine()
                            .getErr()
                            .println("census: " + LockWords.busy(database, holder, options.forNextCommand()));
                    yield Faults.LOCKED;
                }
                case RunLockAnswer.Acquired(var lock) -> {
                    try (var _ = lock) {
                        forget(database);
                    }
                    yield CommandLine.ExitCode.OK;
                }
            };
        }
    }

    private void forget(Database database) {
        var row = new Nights(database).find(night).orElseThrow(() -> noSuchNight(database));
        var removal = new NightRemoval(database);
        row.contactsPrunedAt().ifPresent(prunedAt -> {
            throw new RefusedRequestException(
                    ("night %s: its permits were dropped (census prune, %s), and what was concluded from its calls "
                                    + "stays. Nothing was removed.%s")
                            .formatted(night, prunedAt, whatInstead(row)));
        });
        var permits = removal.calls(night);
        if (permits > 0) {
            throw new RefusedRequestException(
                    ("night %s: %s permitted in it, and what servers saw of us is never forgotten. "
                                    + "Nothing was removed.%s")
                            .formatted(night, Counted.of(permits, "call was", "calls were"), whatInstead(row)));
        }
        var removed = removal.remove(night);
        var out = spec.commandLine().getOut();
        out.printf("Night %s is forgotten. No server had been called in it.%n", night);
        out.printf(
                "Removed: %s, %s, %s, %s.%n",
                Counted.of(removed.lists(), "edition of a list", "editions of lists"),
                Counted.of(removed.routes(), "route first seen in it", "routes first seen in it"),
                Counted.of(removed.planned(), "planned call"),
                Counted.of(removed.verdicts(), "verdict"));
        if (row.completedAt().isPresent())
            out.println("It was complete: files that were published for it are still in their folder.");
        out.flush();
    }

    private RefusedRequestException noSuchNight(Database database) {
        return new RefusedRequestException("%s has no night %s. Nothing was removed.%s"
                .formatted(
                        Printable.line(database.where()),
                        night,
                        new Nights(database)
                                .latest()
                                .map(latest -> " The last one is %s.".formatted(latest.night()))
                                .orElse(" It has none.")));
    }

    private String whatInstead(NightRow row) {
        if (row.completedAt().isPresent()) return "";
        return options.isDemo()
                ? " The next `census demo` runs the next night."
                : " To end it with what was measured: census stop, then census run. To go on with it: census run.";
    }
}
