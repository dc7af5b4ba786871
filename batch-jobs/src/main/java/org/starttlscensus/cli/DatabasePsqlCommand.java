package org.starttlscensus.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.starttlscensus.store.ReaderRole;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "psql",
        description = {
            "psql as census_reader, which sees the views of schema pub and can change nothing.",
            "The embedded server is started for it, and ends with it, unless another command uses it. What is not an "
                    + "option of census is passed on to psql."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0, 1, 2, 3:as psql ended", "5:the database cannot be used, or psql is not installed"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  census database psql",
            "  census database psql --demo -c 'SELECT * FROM pub.night'",
            "  census database psql --csv -f question.sql > answer.csv"
        })
final class DatabasePsqlCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ARGUMENT", arity = "0..*", description = "Arguments of psql, such as -c or -f.")
    private List<String> arguments = List.of();

    @Mixin
    private LookingOptions options;

    private CommandSpec spec = CommandSpec.create();

    /** psql's options are arguments of ours, in their order. */
    @Spec
    void setSpec(CommandSpec own) {
        spec = own;
        own.parser().unmatchedOptionsArePositionalParams(true);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var settings = options.read();
        var psql = PsqlProgram.ofThisMachine();
        try (var database = Databases.look(settings.database())) {
            var access = ReaderAccess.of(database);
            if (!access.hasRole()) {
                access.print(spec.commandLine().getErr());
                return Faults.ENVIRONMENT;
            }
            if (database.embeddedDirectory().isEmpty()) return psql.run(access, arguments);
            try (var watch = ReaderWatch.over(new ReaderRole(database))) {
                return psql.run(access, arguments);
            }
        }
    }
}
