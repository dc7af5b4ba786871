package org.starttlscensus.cli;

import java.time.Clock;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Counted;
import org.starttlscensus.job.ConfiguredTrustStore;
import org.starttlscensus.store.TrustStores;
import org.starttlscensus.verdict.TrustStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        description = "The trust stores of this database, and which one judges the next night. Only reads.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = "  census trust-store list")
final class TrustStoreListCommand implements Callable<Integer> {

    @Mixin
    private LookingOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var settings = options.read();
        var out = spec.commandLine().getOut();
        try (var database = Databases.look(settings.database())) {
            var next = ConfiguredTrustStore.of(settings, database, CensusNight.today(InstantSource.system()));
            out.printf(
                    "The next night is judged by %s (%s); shipped with the program: %s%n",
                    Printable.line(next.name()),
                    Counted.of(next.anchors().size(), "root"),
                    TrustStore.mozilla().name());
            TrustStoreAge.warning(next.name(), LocalDate.now(Clock.systemUTC())).ifPresent(out::println);
            var stores = new TrustStores(database);
            for (var stored : stores.all()) {
                out.printf(
                        "  %-40s %,5d roots   SHA-256 %s%n",
                        Printable.line(stored.name()),
                        stores.roots(stored).size(),
                        stored.sha256().hex().substring(0, 16));
            }
            out.flush();
            return ExitCode.OK;
        }
    }
}
