package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.starttlscensus.ledger.ProviderPaces;
import org.starttlscensus.store.OperatorOverrides;
import org.starttlscensus.store.SeenProviders;
import org.starttlscensus.store.StandingWaits;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = {
            "What each provider saw of a night, how it answered, and whether it is called.",
            "Only reads, also while a night runs. Providers that are paused or were left out come "
                    + "first, then those with most calls.",
            "Below a network or pool stand its addresses that were left out for what they answered themselves."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:listed", "2:there is no such night", "5:the database cannot be used"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  census provider list",
            "  census provider list --night 2026-11-23 --all",
            "  census provider list --all --json",
            "  census provider list --demo     the night of `census demo`"
        })
final class ProviderListCommand implements Callable<Integer> {

    private static final int USUALLY_SHOWN = 20;

    @Mixin
    private NightOption night;

    @Option(names = "--all", description = "All providers, not only the unusual ones and the twenty with most calls.")
    private boolean all;

    @Mixin
    private OutputOptions output;

    @Mixin
    private LookingOptions options;

    @Override
    public Integer call() {
        var settings = options.read();
        try (var database = Databases.look(settings.database())) {
            var row = night.find(database);
            var listing = ProviderListing.of(
                    row,
                    new SeenProviders(database).of(row.night()),
                    ProviderPaces.of(database, row.night(), settings.tonightsLimits()),
                    new OperatorOverrides(database),
                    StandingWaits.at(
                            database,
                            Clock.systemUTC().instant(),
                            settings.tonightsLimits().timeScale()));
            var shown = all ? listing : listing.mostRemarkable(USUALLY_SHOWN);
            int leftOut = listing.providerLines().size() - shown.providerLines().size();
            output.print(() -> ProviderListJson.of(shown, leftOut), out -> {
                print(shown, leftOut, out);
                LabTime.sentence(settings).ifPresent(words -> out.printf("%n%s%n", words));
            });
            return CommandLine.ExitCode.OK;
        }
    }

    private static void print(ProviderListing listing, int leftOut, PrintWriter out) {
        out.printf("Night %s%s%n%n", listing.night(), listing.isOver() ? "" : ", not complete");
        out.printf(
                "  %-28s %9s %9s %6s %6s  %-34s %s%n",
                "provider", "servers", "calls", "open", "left", "state", "answers");
        listing.providerLines().forEach(providerLine -> {
            out.println(providerLine.text());
            providerLine.addresses().forEach(address -> out.println(address.text()));
        });
        if (leftOut > 0) out.printf("%n  and %,d more, which are called as usual (--all shows them)%n", leftOut);
    }
}
