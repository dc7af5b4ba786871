package org.starttlscensus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabOptions;
import org.starttlscensus.lab.LabPopulation;
import org.starttlscensus.settings.SettingsReader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "lab",
        description = "Simulate mail servers and DNS on loopback, print the settings to use them, and wait for Ctrl-C.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  census lab > lab.properties",
            "  census run --config lab.properties      in another terminal",
            "  census lab --population strict --time-scale 0.05    providers with connection limits, 20 times as fast"
        })
final class LabCommand implements Callable<Integer> {

    @Option(
            names = "--population",
            paramLabel = "NAME",
            description = "Which servers to simulate: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private LabPopulation population = LabPopulation.INTERNET;

    @Option(
            names = "--time-scale",
            paramLabel = "FACTOR",
            description = "The factor by which all times are multiplied, 0 to 1 (default: 0.001).")
    private @Nullable Double timeScale;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var directory = SettingsReader.home().resolve(".census/lab");
        Files.createDirectories(directory);
        try (var lab = Lab.open(settings(LabOptions.in(directory).withPopulation(population)))) {
            var out = spec.commandLine().getOut();
            new TreeMap<>(lab.settings()).forEach((key, value) -> out.printf("%s=%s%n", key, value));
            out.flush();
            spec.commandLine()
                    .getErr()
                    .printf(
                            "Simulating %d mail servers and %,d domains on loopback. To end: Ctrl-C%n",
                            lab.universe().endpoints().size(),
                            lab.universe().domains().size());
            new CountDownLatch(1).await();
        }
        return CommandLine.ExitCode.OK;
    }

    private LabOptions settings(LabOptions usual) {
        try {
            return timeScale == null ? usual : usual.withTimeScale(timeScale);
        } catch (IllegalArgumentException outside) {
            throw new ParameterException(spec.commandLine(), outside.getMessage());
        }
    }
}
