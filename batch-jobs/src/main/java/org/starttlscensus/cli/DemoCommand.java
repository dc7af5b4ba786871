package org.starttlscensus.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Counted;
import org.starttlscensus.job.NightRequest;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabOptions;
import org.starttlscensus.lists.ListTolerance;
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
        footer = {"  census demo", "  census status --demo     its result; every command that looks has --demo"})
final class DemoCommand implements Callable<Integer> {

    /** Each demo has a new lab, so no demo goes on with the night of an earlier one. */
    private static final String AFTER_A_STOP = "this night stays incomplete, and what it has measured is kept: see it "
            + "with `census status --demo`. The next `census demo` runs the next night";

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        options.requireFitForDemo();
        var home = DemoHome.ofThisProgram();
        var usual = LabOptions.in(home.lab());
        var early = StopOnSignal.saying(
                spec.commandLine().getErr(),
                "census: stopped before the night began; nothing was measured. Start again with: %s demo"
                        .formatted(CommandName.typed()));
        try (var lab = Lab.open(usual)) {
            home.keep(lab.settings());
            var settings = options.readOnly(home.settingsOfLastDemo(), Map.of());
            try (var database = Databases.open(settings.database())) {
                early.run();
                var night = nextNight(database);
                spec.commandLine()
                        .getErr()
                        .printf(
                                "Simulating %s and %s on loopback; night %s.%n",
                                Counted.of(lab.universe().endpoints().size(), "mail server"),
                                Counted.of(lab.universe().domains().size(), "domain"),
                                night);
                int exit = NightOnTerminal.ofDemo(spec.commandLine(), settings, AFTER_A_STOP)
                        .run(database, (_, _) -> request(settings.lists(), home, night), false);
                if (exit == CommandLine.ExitCode.OK) {
                    var out = spec.commandLine().getOut();
                    DemoConnections.print(lab, usual.timeScale(), out);
                    DemoNextSteps.print(lab.universe(), home, out);
                }
                return exit;
            }
        } finally {
            early.run();
        }
    }

    private static NightRequest request(List<Path> lists, DemoHome home, CensusNight night) {
        return new NightRequest(
                night,
                lists,
                home.published().resolve(night.toString()),
                ListTolerance.ORDINARY,
                OptionalInt.empty(),
                false);
    }

    /** Today, or the day after the last demo's night. */
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
