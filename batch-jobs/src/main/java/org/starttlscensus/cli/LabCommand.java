package org.starttlscensus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.settings.SettingsReader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "lab",
        description = "Serve the lab alone, print the settings by which a census finds it, and wait for Ctrl-C.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  census lab > lab.properties", "  census run --config lab.properties      in another terminal"})
final class LabCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var directory = SettingsReader.home().resolve(".census/lab");
        Files.createDirectories(directory);
        try (var lab = Lab.open(directory)) {
            var out = spec.commandLine().getOut();
            new TreeMap<>(lab.settings()).forEach((key, value) -> out.printf("%s=%s%n", key, value));
            out.flush();
            spec.commandLine().getErr().printf("%d mail servers and %,d domains are served on loopback. Ctrl-C ends them.%n",
                    lab.universe().endpoints().size(), lab.universe().domains().size());
            new CountDownLatch(1).await();
        }
        return CommandLine.ExitCode.OK;
    }
}
