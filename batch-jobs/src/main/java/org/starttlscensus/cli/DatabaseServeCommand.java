package org.starttlscensus.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.starttlscensus.store.ReaderRole;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        description = {
            "Let other programs read the database: prints how to connect, and waits for Ctrl-C.",
            "The embedded server listens on this machine only. It ends with this command, unless another one uses it. "
                    + "A server of your own needs no waiting: then this only prints."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "5:the database cannot be used", "130, 143:ended by a signal"},
        footerHeading = "%nExamples:%n",
        footer = {"  census database serve", "  census database serve --demo"})
final class DatabaseServeCommand implements Callable<Integer> {

    @Mixin
    private LookingOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        var end = new CountDownLatch(1);
        var over = StopOnSignal.whileServing(end::countDown);
        try (var database = Databases.look(options.read().database())) {
            var out = spec.commandLine().getOut();
            ReaderAccess.of(database).print(out);
            out.flush();
            if (database.embeddedDirectory().isEmpty()) return ExitCode.OK;
            spec.commandLine().getErr().printf("%nReaders can connect until this ends. To end: Ctrl-C%n");
            try (var watch = ReaderWatch.over(new ReaderRole(database))) {
                end.await();
            }
            return ExitCode.OK;
        } finally {
            over.run();
        }
    }
}
