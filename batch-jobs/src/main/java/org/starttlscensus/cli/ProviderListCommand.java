package org.starttlscensus.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.ledger.ProviderPaces;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.OperatorOverrides;
import org.starttlscensus.store.SeenProviders;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "list",
        description = {"What each provider saw of a night, how it answered, and whether it is called.",
            "Looks only; may be asked while a night runs. Those that are not simply called, or were left alone in the night, come "
                    + "first; then those with most calls."},
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:listed", "2:there is no such night", "5:the database cannot be used"},
        footerHeading = "%nExamples:%n",
        footer = {"  census provider list", "  census provider list --night 2026-11-23 --all", "  census provider list --all --json",
            "  census provider list --set census.database.directory=.census/demo/pg   of the demo"})
final class ProviderListCommand implements Callable<Integer> {

    private static final int USUALLY_SHOWN = 20;

    @Option(names = "--night", paramLabel = "DATE", converter = NightConverter.class, description = "The night (default: the last one).")
    private @Nullable CensusNight night;

    @Option(names = "--all", description = "All providers, not only the remarkable ones and the twenty with most calls.")
    private boolean all;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var settings = options.read();
        try (var database = Databases.open(settings.database())) {
            var nights = new Nights(database);
            var found = night == null ? nights.latest() : nights.find(night);
            if (found.isEmpty()) {
                spec.commandLine().getErr().printf("census: %s has no %s. Run one with: census run --list FILE%n",
                        Printable.line(database.where()), night == null ? "night yet" : "night " + night);
                return Faults.REFUSED;
            }
            var listing = ProviderListing.of(found.get(), new SeenProviders(database).of(found.get().night()),
                    ProviderPaces.of(database, found.get().night(), settings.tonightsLimits()), new OperatorOverrides(database));
            var shown = all ? listing : listing.mostRemarkable(USUALLY_SHOWN);
            print(shown, listing.providerLines().size() - shown.providerLines().size());
            return CommandLine.ExitCode.OK;
        }
    }

    private void print(ProviderListing listing, int leftOut) {
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.write(listing.asMap(leftOut)));
        } else {
            out.printf("Night %s%s%n%n", listing.night(), listing.isOver() ? "" : ", not complete");
            out.printf("  %-28s %9s %9s %6s %6s  %-34s %s%n", "provider", "servers", "calls", "open", "left", "state", "answers");
            listing.providerLines().forEach(providerLine -> out.println(providerLine.text()));
            if (leftOut > 0) out.printf("%n  and %,d more, which are called as usual: --all%n", leftOut);
        }
        out.flush();
    }
}
