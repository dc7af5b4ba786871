package org.starttlscensus.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.NightCalendar;
import org.starttlscensus.job.NightRequest;
import org.starttlscensus.job.PinnedLists;
import org.starttlscensus.job.WarmUp;
import org.starttlscensus.ledger.Forecast;
import org.starttlscensus.ledger.MonotonicClock;
import org.starttlscensus.settings.CensusSettings;
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
            "Runs the real dispatcher with a virtual clock over a plan: that of the last night, or with --list a new "
                    + "one, for which mail servers are looked up. Calls take as long as on the last night. Nothing of "
                    + "the new plan stays, and no night is bound to the list."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:simulated",
            "2:refused: a wrong setting, an unusable list or sizes file, or there is no plan",
            "5:the database cannot be used, or the DNS answered about fewer than half of the domains",
            "75:another run holds the lock (only with --list); try again later"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  census simulate                          the last night's plan",
            "  census simulate --list tranco.csv.zip    look up and plan a list, then simulate it",
            "  census simulate --sizes sizes.csv        lines of provider,servers,seconds; needs no database",
            "  census simulate --json",
            "  census simulate --demo --list domains.txt    in the demo's small internet; starts its DNS again"
        })
final class SimulateCommand implements Callable<Integer> {

    @Mixin
    private ListOptions lists;

    @Option(
            names = "--night",
            paramLabel = "DATE",
            converter = NightConverter.class,
            description = "The night (default: the last one; with --list the next one that is not begun).")
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
            description = "The time in which calls may start (default: that of census.window, which ends 45 minutes "
                    + "before the window: 435 for eight hours).")
    private @Nullable Integer window;

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
    public Integer call() throws IOException {
        if (sizes != null && (lists.areGiven() || night != null))
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--sizes cannot be used with --list or --night");
        if (!lists.areGiven() || !options.isDemo()) return simulated(options.read());
        try (var lab = DemoLab.open(DemoHome.ofThisProgram())) {
            return simulated(options.ofDemo(lab.settings()));
        }
    }

    private int simulated(CensusSettings settings) {
        if (sizes != null) {
            var limits = settings.tonightsLimits();
            var given = given(sizes);
            return print(
                    settings,
                    "sizes of " + sizes.getFileName(),
                    Forecast.ofSizes(given, limits),
                    given.stream().map(size -> size.planned(limits)).toList(),
                    FailedLookupCounts.NONE);
        }
        if (lists.areGiven()) {
            requireAllowed(settings);
            try (var database = Databases.open(settings.database())) {
                return triedOut(database, settings);
            }
        }
        try (var database = Databases.look(settings.database())) {
            var wanted = lastNight(database);
            if (wanted.isEmpty()
                    || new NightStatus(database).counts(wanted.get()).planned() == 0) {
                throw new RefusedRequestException("%s has no plan%s. Make one with: census simulate --list FILE"
                        .formatted(
                                Printable.line(database.where()),
                                wanted.map(one -> " of night " + one).orElse("")));
            }
            return shown(ofPlan(database, settings, wanted.get()));
        }
    }

    /** Before a database is made. */
    private void requireAllowed(CensusSettings settings) {
        Departure.ofPlan(spec.commandLine(), settings);
        NightFolders.requireOwnDatabase(settings);
        try (var progress = ProgressLine.onStderr(spec.commandLine())) {
            lists.requireUsable(settings, NightFolders.of(settings).rejected(Optional.ofNullable(night)), progress);
        }
    }

    private Optional<CensusNight> lastNight(Database database) {
        return night == null ? new Nights(database).latest().map(NightRow::night) : Optional.of(night);
    }

    private NightOnTerminal.ShownPlan ofPlan(Database database, CensusSettings settings, CensusNight planned) {
        var forecast = Forecast.ofPlan(
                database, planned, settings.tonightsLimits(), WarmUp.sources(database, planned, settings), otherwise());
        var providers = new Forecasts(database).providers(planned);
        var failed = FailedLookupCounts.of(database, planned, new NightStatus(database).counts(planned));
        return new NightOnTerminal.ShownPlan(
                _ -> print(settings, "night " + planned, forecast, providers, failed), failed.exit());
    }

    private int shown(NightOnTerminal.ShownPlan plan) {
        plan.text().accept(spec.commandLine().getOut());
        return plan.exit();
    }

    /** A night with these lists, which are looked up and planned as a dry run does. Nothing of it stays. */
    private int triedOut(Database database, CensusSettings settings) {
        var clock = MonotonicClock.of(database);
        var requested = lists.triedOut(settings, clock.instant());
        var begun = new Nights(database).latest().map(NightRow::night);
        if (begun.isPresent()
                && (night == null || night.equals(begun.get()))
                && new PinnedLists(database).isBegunWith(begun.get(), requested.lists())
                && new NightStatus(database).counts(begun.get()).planned() > 0) {
            return shown(ofPlan(database, settings, begun.get()));
        }
        var wanted = night == null ? notBegun(begun, settings, clock) : night;
        var folders = NightFolders.of(settings);
        return NightOnTerminal.showing(
                        spec.commandLine(), settings, (opened, planned) -> ofPlan(opened, settings, planned))
                .run(
                        database,
                        (_, _) -> new NightRequest(
                                wanted,
                                requested,
                                folders.published().resolve(wanted.toString()),
                                folders.rejected(wanted),
                                lists.tolerance(),
                                OptionalInt.empty(),
                                true),
                        false);
    }

    /** Tonight, or the night after the last one that has begun. */
    private static CensusNight notBegun(Optional<CensusNight> begun, CensusSettings settings, InstantSource clock) {
        var tonight = NightCalendar.tonight(Optional.empty(), clock.instant(), settings.windowInForce());
        return begun.map(last -> new CensusNight(last.date().plusDays(1)))
                .filter(next -> next.compareTo(tonight) > 0)
                .orElse(tonight);
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

    private Duration window(CensusSettings settings) {
        if (window != null) return Duration.ofMinutes(window);
        var next = settings.window().at(InstantSource.system().instant());
        return Duration.between(next.opens(), next.lastPermit());
    }

    private int print(
            CensusSettings settings,
            String what,
            Forecast forecast,
            List<Forecasts.PlannedProvider> planned,
            FailedLookupCounts failed) {
        var shown = SimulatedNight.of(what, forecast, window(settings), planned, failed);
        output.print(() -> shown.asJson(top), out -> {
            shown.print(out, top);
            LabTime.sentence(settings).ifPresent(words -> out.printf("%n%s%n", words));
        });
        return failed.exit();
    }
}
