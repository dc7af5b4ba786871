package org.starttlscensus.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.NightRequest;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabOptions;
import org.starttlscensus.lists.ListTolerance;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.Nights;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = {
            "Run a whole night on this machine only, in a minute.",
            "Simulates a small mail Internet on loopback and calls its servers, with an embedded PostgreSQL, real "
                    + "sockets and real TLS handshakes. Only the times are scaled."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  census demo", "  census status --set census.database.directory=.census/demo/pg"})
final class DemoCommand implements Callable<Integer> {

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var home = SettingsReader.home().resolve(".census/demo");
        Files.createDirectories(home);
        var usual = LabOptions.in(home.resolve("lab"));
        try (var lab = Lab.open(usual)) {
            Map<String, String> own = new HashMap<>(lab.settings());
            own.put("census.database.directory", home.resolve("pg").toString());
            var settings = options.read(own);
            try (var database = Databases.open(settings.database())) {
                var night = nextNight(database);
                spec.commandLine()
                        .getErr()
                        .printf(
                                "Simulating %d mail servers and %,d domains on loopback; night %s.%n",
                                lab.universe().endpoints().size(),
                                lab.universe().domains().size(),
                                night);
                int exit = new NightOnTerminal(spec.commandLine(), settings)
                        .run(database, (_, _) -> request(settings.lists(), home, night), false);
                if (exit == CommandLine.ExitCode.OK)
                    DemoConnections.print(
                            lab, usual.timeScale(), spec.commandLine().getOut());
                return exit;
            }
        }
    }

    private static NightRequest request(List<Path> lists, Path home, CensusNight night) {
        return new NightRequest(
                night,
                lists,
                home.resolve("published").resolve(night.toString()),
                ListTolerance.ORDINARY,
                OptionalInt.empty(),
                false);
    }

    /** Today, or the day after the last demo's night: each demo has a new lab, so it cannot resume an earlier night. */
    private static CensusNight nextNight(Database database) {
        var today = CensusNight.today(Clock.systemUTC());
        return new Nights(database)
                .latest()
                .map(NightRow::night)
                .map(last -> new CensusNight(last.date().plusDays(1)))
                .filter(next -> next.compareTo(today) > 0)
                .orElse(today);
    }
}
