package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.starttlscensus.store.OptOutRecords;
import org.starttlscensus.store.OptOuts;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "Who is left out, since when, and how we know. Only reads. For the operator only: nobody who is "
                + "left out is named in a file or a view.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:listed", "5:the database cannot be used"},
        footerHeading = "%nExamples:%n",
        footer = {"  census opt-out list", "  census opt-out list --json"})
final class OptOutListCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private LookingOptions options;

    @Override
    public Integer call() {
        var settings = options.read();
        try (var database = Databases.look(settings.database())) {
            var wishes = new OptOuts(database).wishes();
            output.print(() -> OptOutListJson.of(wishes), out -> print(wishes, out));
            return ExitCode.OK;
        }
    }

    private static void print(List<OptOuts.Wish> wishes, PrintWriter out) {
        if (wishes.isEmpty()) {
            out.println("Nobody is left out.");
            return;
        }
        out.printf("  %-40s %-20s %s%n", "who, with all below", "since", "how we know");
        wishes.forEach(wish -> out.printf(
                "  %-40s %-20s %s%n", wish.subject(), wish.notedAt().truncatedTo(ChronoUnit.SECONDS), words(wish)));
    }

    private static String words(OptOuts.Wish wish) {
        return switch (wish.channel()) {
            case TOLD ->
                "told%s%s%s"
                        .formatted(
                                wish.told()
                                        .askedBy()
                                        .map(who -> " by " + Printable.line(who))
                                        .orElse(""),
                                wish.notedBy()
                                        .map(user -> ", noted by " + Printable.line(user))
                                        .orElse(""),
                                wish.told()
                                        .note()
                                        .map(note -> ": " + Printable.line(note))
                                        .orElse(""));
            case DNS ->
                "%s TXT, last seen on night %s%s"
                        .formatted(
                                wish.record().orElseThrow(),
                                wish.lastSeen().orElseThrow(),
                                wish.absentNights() == 0
                                        ? ""
                                        : "; absent on %d nights since, ends after %d"
                                                .formatted(wish.absentNights(), OptOutRecords.ABSENT_NIGHTS));
        };
    }
}
