package org.starttlscensus.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "migrate",
        description = {
            "Make the tables, or bring those of an earlier version up to date. No night may be running.",
            "A night does this by itself, and commands that only look never do. So this is for looking before the next "
                    + "night, after an update of the program or with a new server of your own."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the tables are up to date", "5:the database cannot be used", "75:a night is running"},
        footerHeading = "%nExamples:%n",
        footer = {"  census database migrate", "  census database migrate --config census.yaml"})
final class DatabaseMigrateCommand implements Callable<Integer> {

    @Mixin
    private LookingOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (var database = Databases.open(options.read().database())) {
            var out = spec.commandLine().getOut();
            out.printf("The tables in %s are those of this program.%n", Printable.line(database.where()));
            out.flush();
            return ExitCode.OK;
        }
    }
}
