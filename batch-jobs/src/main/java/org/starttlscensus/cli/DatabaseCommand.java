package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.starttlscensus.postgres.EmbeddedPostgresUse;
import org.starttlscensus.settings.DatabaseSettings;
import org.starttlscensus.store.ReaderRole;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "database",
        description = {
            "Where the results are, and how to read them with psql, DuckDB, Python or JDBC.",
            "Readers log in as the role census_reader, which sees the views of schema pub and can change nothing. "
                    + "sql/README.md describes the views, and a PostgreSQL server of your own."
        },
        mixinStandardHelpOptions = true,
        subcommands = {DatabasePsqlCommand.class, DatabaseServeCommand.class, DatabaseMigrateCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:wrong usage or setting", "5:the database cannot be used"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  census database              what there is, and what reads it",
            "  census database psql         psql as census_reader",
            "  census database serve        for other programs: prints a URL and waits for Ctrl-C",
            "  census database --demo       the same for the database of `census demo`"
        })
final class DatabaseCommand implements Callable<Integer> {

    @Mixin
    private LookingOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var command = CommandName.typed() + " database";
        var demo = options.forNextCommand();
        switch (options.read().database()) {
            case DatabaseSettings.Embedded embedded -> printEmbedded(embedded, out);
            case DatabaseSettings.Server server -> printServer(server, out);
        }
        out.printf("%nTo read:%n");
        out.printf("  %-40s psql, if it is installed; the database ends with it%n", command + " psql" + demo);
        out.printf("  %-40s for any other program: prints a URL, until Ctrl-C%n", command + " serve" + demo);
        out.printf(
                "%nReaders are the role %s: it sees the views of schema pub and can change nothing.%n",
                ReaderRole.NAME);
        out.printf("The views and some questions: sql/README.md%n");
        out.flush();
        return ExitCode.OK;
    }

    private static void printEmbedded(DatabaseSettings.Embedded embedded, PrintWriter out) {
        var port = EmbeddedPostgresUse.portOfRunning(embedded.directory());
        out.printf(
                "The results are in the PostgreSQL that came with this program, in %s.%n",
                Printable.line(embedded.directory().toString()));
        if (port.isPresent())
            out.printf("It is running, on 127.0.0.1 port %d, as long as some command uses it.%n", port.getAsInt());
        else out.printf("It is not running: it runs while a command uses it.%n");
    }

    /** Of a server of the operator's, this command shows what of the role is missing, and makes nothing. */
    private static void printServer(DatabaseSettings.Server server, PrintWriter out) {
        try (var database = Databases.look(server)) {
            out.printf("The results are in your own PostgreSQL, %s.%n", Printable.line(database.where()));
            out.printf("%n");
            ReaderAccess.of(database).print(out);
        }
    }
}
