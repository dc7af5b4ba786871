package org.starttlscensus.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.NightRequest;
import org.starttlscensus.ledger.Forecast;
import org.starttlscensus.ledger.MonotonicClock;
import org.starttlscensus.lists.ListTolerance;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Forecasts;
import org.starttlscensus.store.NightRow;
import org.starttlscensus.store.NightStatus;
import org.starttlscensus.store.Nights;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "simulate",
        description = {
            "How long a night would take, what each provider would see, and what would not fit. Calls no server.",
            "Runs the real dispatcher with a virtual clock over a stored plan: that of the last night, or with --list "
                    + "a new one, for which mail servers are looked up. Calls take as long as on the last night."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:simulated",
            "2:refused: a wrong setting, an unusable list or sizes file, or there is no plan",
            "5:the database cannot be used",
            "75:another run holds the lock (only with --list); try again later"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  census simulate                          the last night's plan",
            "  census simulate --list tranco.csv.zip    look up and plan a list, then simulate it",
            "  census simulate --sizes sizes.csv        lines of provider,servers,seconds; needs no database",
            "  census simulate --json"
        })
final class SimulateCommand implements Callable<Integer> {

    @Option(
            names = "--list",
            paramLabel = "FILE",
            description = "Plan this list first, unless the night is planned already. May be repeated.")
    private List<Path> lists = List.of();

    @Option(
            names = "--accept-shorter-list",
            description = "Accept a list that has lost half or more of the lines or bytes of its last edition.")
    private boolean acceptShorterList;

    @Option(
            names = "--night",
            paramLabel = "DATE",
            converter = NightConverter.class,
            description = "The night (default: the last one; with --list today, UTC).")
    private @Nullable CensusNight night;

    @Option(names = "--sizes", paramLabel = "FILE", description = "Providers of given sizes, instead of a plan.")
    private @Nullable Path sizes;

    @Option(
            names = "--call-length",
            paramLabel = "SECONDS",
            converter = CountConverter.class,
            description = "How long a call takes if no earlier one is known (default: 8).")
    private int callLength = 8;

    @Option(
            names = "--window",
            paramLabel = "MINUTES",
            converter = CountConverter.class,
            description = "The time in which calls may start (default: 435, eight hours less 45 minutes).")
    private int window = 435;

    @Option(
            names = "--top",
            paramLabel = "N",
            converter = CountConverter.class,
            description = "Show the N providers with most calls (default: 20).")
    private int top = 20;

    @Mixin
    private OutputOptions output;

    @Mixin
    private LookingOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var settings = options.read();
        if (sizes != null) {
            if (!lists.isEmpty() || night != null)
                throw new CommandLine.ParameterException(
                        spec.commandLine(), "--sizes cannot be used with --list or --night");
            var limits = settings.tonightsLimits();
            var given = given(sizes);
            print(
                    "sizes of " + sizes.getFileName(),
                    Forecast.ofSizes(given, limits),
                    given.stream().map(size -> size.planned(limits)).toList());
            return CommandLine.ExitCode.OK;
        }
        try (var database =
                lists.isEmpty() ? Databases.look(settings.database()) : Databases.open(settings.database())) {
            var wanted = lists.isEmpty() ? lastNight(database) : Optional.of(planned(database, settings));
            if (wanted.isEmpty()
                    || new NightStatus(database).counts(wanted.get()).planned() == 0) {
                throw new RefusedRequestException("%s has no plan%s. Make one with: census simulate --list FILE"
                        .formatted(
                                Printable.line(database.where()),
                                wanted.map(one -> " of night " + one).orElse("")));
            }
            print(
                    "night " + wanted.get(),
                    Forecast.ofPlan(database, wanted.get(), settings.tonightsLimits(), otherwise()),
                    new Forecasts(database).providers(wanted.get()));
            return CommandLine.ExitCode.OK;
        }
    }

    private Optional<CensusNight> lastNight(Database database) {
        return night == null ? new Nights(database).latest().map(NightRow::night) : Optional.of(night);
    }

    /** Stores lists, routes and plan of the night as a dry run does; a later run continues from there. */
    private CensusNight planned(Database database, CensusSettings settings) {
        var wanted = night == null ? CensusNight.today(MonotonicClock.of(database)) : night;
        if (new NightStatus(database).counts(wanted).planned() > 0) return wanted;
        var out = SettingsReader.home().resolve("datasets/published").resolve(wanted.toString());
        var tolerance = acceptShorterList ? ListTolerance.ORDINARY.acceptingShorter() : ListTolerance.ORDINARY;
        new NightOnTerminal(spec.commandLine(), settings)
                .run(
                        database,
                        (_, _) -> new NightRequest(wanted, lists, out, tolerance, OptionalInt.empty(), true),
                        true);
        return wanted;
    }

    private List<Forecast.Size> given(Path file) {
        try {
            return ProviderSizes.read(file, otherwise());
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private Duration otherwise() {
        return Duration.ofSeconds(callLength);
    }

    private void print(String what, Forecast forecast, List<Forecasts.PlannedProvider> planned) {
        var shown = SimulatedNight.of(what, forecast, Duration.ofMinutes(window), planned);
        output.print(() -> shown.asJson(top), out -> shown.print(out, top));
    }
}
