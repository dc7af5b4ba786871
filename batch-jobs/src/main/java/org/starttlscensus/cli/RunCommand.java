package org.starttlscensus.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.NightCalendar;
import org.starttlscensus.job.NightRequest;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Nights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = {
            "Run a night: read lists, find the mail servers, call each once, judge, publish. Outside a lab somebody looks "
                    + "at it before it is published (census publish).",
            "A night that was interrupted continues where it stopped.",
            "Outside the hours of census.window it waits until they begin, and says until when. "
                    + "With --if-needed it waits an hour at most, and ends otherwise."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the night is complete",
            "2:refused: a wrong setting, an unusable list, or the night is complete already",
            "3:outside a lab: the night is complete, and waits for census publish",
            "4:this machine may not call others yet; census doctor says why",
            "5:environment: database, disk, output folder",
            "75:another run holds the lock; try again later"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  census run --list tranco.csv.zip --list panel.txt",
            "  census run --list tranco.csv.zip --dry-run      look up and plan, call no server, bind nothing",
            "  zcat panel.gz | census run --list -             the list on standard input; it is kept for a week",
            "  census run --if-needed                          for cron: a complete night is no error",
            "  CENSUS_LAUNCHER_JAVA_OPTIONS=-Xmx2g census run --list l.csv    with a larger heap",
            "  census run --list l.csv --config lab.properties    in a lab: census lab > lab.properties"
        })
final class RunCommand implements Callable<Integer> {

    @Mixin
    private ListOptions lists;

    @Option(
            names = "--night",
            paramLabel = "DATE",
            converter = NightConverter.class,
            description = "The night, for example 2026-11-23 (default: the one whose window is open or opens next). "
                    + "Outside a lab only the open night or the next one.")
    private @Nullable CensusNight night;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The folder of all nights' results; this night becomes a folder in it " + "(default: "
                    + NightFolders.DEFAULT + ").")
    private @Nullable Path out;

    @Option(
            names = "--dry-run",
            description =
                    "Read the lists, look up the mail servers and plan; call none, and bind the night to nothing.")
    private boolean dryRun;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = CountConverter.class,
            description = "Call at most N servers, chosen at random; the others count as not attempted.")
    private @Nullable Integer limit;

    @Option(names = "--if-needed", description = "Exit 0 if the night is complete already.")
    private boolean ifNeeded;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var settings = options.read();
        var wanted = Optional.ofNullable(night);
        var waits =
                dryRun ? Optional.<WindowWait>empty() : WindowWait.of(spec.commandLine(), settings, ifNeeded, wanted);
        return NightOnTerminal.of(spec.commandLine(), settings, dryRun)
                .waiting(waits)
                .run(
                        (folders, progress) -> lists.requireUsable(settings, folders.rejected(wanted), progress),
                        (database, clock) -> request(
                                settings,
                                waits.map(WindowWait::awaited)
                                        .or(() -> wanted)
                                        .orElseGet(() -> tonight(database, settings, clock)),
                                clock.instant()),
                        ifNeeded);
    }

    private static CensusNight tonight(Database database, CensusSettings settings, InstantSource clock) {
        return NightCalendar.tonight(new Nights(database).latest(), clock.instant(), settings.windowInForce());
    }

    private NightRequest request(CensusSettings settings, CensusNight tonight, Instant now) {
        var folders = NightFolders.of(settings);
        var nights = out == null ? folders.published() : out;
        var target = nights.resolve(tonight.toString());
        return new NightRequest(
                tonight,
                dryRun ? lists.triedOut(settings, now) : lists.ofNight(settings, tonight, now),
                target.toAbsolutePath().normalize(),
                folders.rejected(tonight),
                lists.tolerance(),
                limit == null ? OptionalInt.empty() : OptionalInt.of(limit),
                dryRun);
    }
}
