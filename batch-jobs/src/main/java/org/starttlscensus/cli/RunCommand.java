package org.starttlscensus.cli;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.NightRequest;
import org.starttlscensus.lists.ListTolerance;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.Nights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = {
            "Run a night: read lists, find the mail servers, call each once, judge, publish.",
            "A night that was interrupted continues where it stopped."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the night is complete",
            "2:refused: a wrong setting, an unusable list, or the night is complete already",
            "5:environment: database, disk, output folder",
            "75:another run holds the lock; try again later"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  census run --list tranco.csv.zip --list panel.txt",
            "  census run --list tranco.csv.zip --dry-run      look up and plan, call no server",
            "  census run --if-needed                          for cron: a complete night is no error",
            "  CENSUS_LAUNCHER_JAVA_OPTIONS=-Xmx2g census run --list l.csv    with a larger heap",
            "  census run --list l.csv --set census.lab.networks=127.20.0.0/16 \\",
            "      --set census.dns.resolvers=127.20.0.53:5353"
        })
final class RunCommand implements Callable<Integer> {

    @Option(
            names = "--list",
            paramLabel = "FILE",
            description = "A list of domains: one per line, rank,domain (Tranco), or columns under a header, as CrUX, "
                    + "Majestic and DomCop have them; also .gz and .zip. May be repeated.")
    private List<Path> lists = List.of();

    @Option(
            names = "--night",
            paramLabel = "DATE",
            converter = NightConverter.class,
            description = "The night, for example 2026-11-23 (default: the unfinished one, else today, UTC).")
    private @Nullable CensusNight night;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The folder of all nights' results; this night becomes a folder in it "
                    + "(default: datasets/published).")
    private @Nullable Path out;

    @Option(names = "--dry-run", description = "Do everything up to the plan, but call no server.")
    private boolean dryRun;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = CountConverter.class,
            description = "Call at most N servers, chosen at random; the others count as not attempted.")
    private @Nullable Integer limit;

    @Option(names = "--if-needed", description = "Exit 0 if the night is complete already.")
    private boolean ifNeeded;

    @Option(
            names = "--tolerate-malformed",
            paramLabel = "PERCENT",
            converter = ToleranceConverter.class,
            description = "Accept a list with up to this percentage of bad lines (default: 1).")
    private ListTolerance tolerance = ListTolerance.ORDINARY;

    @Option(
            names = "--accept-shorter-list",
            description = "Accept a list that has lost half or more of the lines or bytes of its last edition.")
    private boolean acceptShorterList;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var settings = options.read();
        return new NightOnTerminal(spec.commandLine(), settings)
                .run(
                        (database, clock) -> request(settings, night == null ? tonight(database, clock) : night),
                        ifNeeded);
    }

    /** The night in whose window this start falls (a night that passes midnight keeps its date); else today's. */
    private static CensusNight tonight(Database database, InstantSource clock) {
        return new Nights(database)
                .latest()
                .filter(latest -> latest.includes(clock.instant()))
                .map(NightRow::night)
                .orElseGet(() -> CensusNight.today(clock));
    }

    private NightRequest request(CensusSettings settings, CensusNight tonight) {
        var nights = out == null ? SettingsReader.home().resolve("datasets/published") : out;
        var target = nights.resolve(tonight.toString());
        return new NightRequest(
                tonight,
                lists.isEmpty() ? settings.lists() : lists,
                target.toAbsolutePath().normalize(),
                acceptShorterList ? tolerance.acceptingShorter() : tolerance,
                limit == null ? OptionalInt.empty() : OptionalInt.of(limit),
                dryRun);
    }
}
