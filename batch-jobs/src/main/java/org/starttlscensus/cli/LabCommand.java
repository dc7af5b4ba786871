package org.starttlscensus.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.Counted;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabOptions;
import org.starttlscensus.lab.LabPopulation;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "lab",
        description = {
            "Simulate mail servers and DNS on loopback, print the settings to use them, and wait for Ctrl-C.",
            "The settings name a database of the lab's own, in .census/lab; results are published beside it. To remove "
                    + "all of it: rm -r .census/lab"
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  census lab > lab.properties             and in another terminal, as long as it runs:",
            "  census run --config lab.properties                    a night over the lab's own lists",
            "  census run --config lab.properties --list mine.txt    over a list of some of its domains",
            "  census status --config lab.properties                 every command that looks takes these settings",
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
        var directory = NightFolders.lab();
        var usual = settings(LabOptions.in(directory).withPopulation(population));
        Files.createDirectories(directory);
        try (var lab = Lab.open(usual)) {
            print(lab, directory, spec.commandLine().getOut());
            spec.commandLine()
                    .getErr()
                    .printf(
                            "Simulating %s and %s on loopback. To end: Ctrl-C%n",
                            Counted.of(lab.universe().endpoints().size(), "mail server"),
                            Counted.of(lab.universe().domains().size(), "domain"));
            LabTime.sentence(usual.timeScale()).ifPresent(spec.commandLine().getErr()::println);
            new CountDownLatch(1).await();
        }
        return CommandLine.ExitCode.OK;
    }

    /** A file of settings as it stands: with the lab's own database, and the roots of earlier labs in it. */
    private static void print(Lab lab, Path directory, PrintWriter out) throws IOException {
        var root = Path.of(lab.settings().getOrDefault(LabRoots.SETTING, ""));
        var roots = new LabRoots(directory).with(root);
        var settings = new TreeMap<>(LabRoots.in(lab.settings(), roots, directory.resolve("trust-stores.pem")));
        settings.put("census.database.directory", directory.resolve("pg").toString());
        settings.forEach((key, value) -> out.printf("%s=%s%n", key, value));
        out.flush();
    }

    private LabOptions settings(LabOptions usual) {
        try {
            return timeScale == null ? usual : usual.withTimeScale(timeScale);
        } catch (IllegalArgumentException outside) {
            throw new ParameterException(spec.commandLine(), outside.getMessage());
        }
    }
}
