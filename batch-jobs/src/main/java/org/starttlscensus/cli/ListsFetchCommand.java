package org.starttlscensus.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.Address;
import org.starttlscensus.https.HttpsClient;
import org.starttlscensus.lists.FetchOutcome;
import org.starttlscensus.lists.FetchedList;
import org.starttlscensus.lists.ListFetch;
import org.starttlscensus.lists.ListSource;
import org.starttlscensus.lists.ListTolerance;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.settings.CensusSettings;
import org.starttlscensus.settings.SafetyGate;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "fetch",
        description = {
            "Bring the latest edition of lists of domains, by HTTPS.",
            "SOURCE is tranco (tranco-list.eu, a million domains, daily), crux (a million web sites of Chrome's UX "
                    + "Report, monthly, from github.com/zakird/crux-top-lists), or an https URL. Each has its own "
                    + "terms of use.",
            "The edition that is there stays until another one is whole, can be read as a list, and has more than half "
                    + "of its lines. A server that has no other edition is not asked to send it again."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; or there is no other edition",
            "2:refused: what came is no list, is much shorter, or has another SHA-256; nothing was changed",
            "5:environment: the server does not answer as expected, or the disk; nothing was changed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  census lists fetch tranco",
            "  census lists fetch tranco crux",
            "  census lists fetch https://lists.example.org/domains.csv.gz --sha256 9f86d081884c7d659a2f..."
        })
final class ListsFetchCommand implements Callable<Integer> {

    private static final int ENVIRONMENT = 5;

    @Parameters(paramLabel = "SOURCE", arity = "1..*", description = "tranco, crux, or an https URL.")
    private List<String> sources = List.of();

    @Option(
            names = "--sha256",
            paramLabel = "HEX",
            description = "The SHA-256 that the file must have, as its publisher says. For one SOURCE.")
    private @Nullable String sha256;

    @Option(
            names = "--name",
            paramLabel = "FILE",
            description = "What the file is called (default: as in the URL). For one SOURCE.")
    private @Nullable String name;

    @Option(
            names = "--tolerate-malformed",
            paramLabel = "PERCENT",
            converter = ToleranceConverter.class,
            description = "Accept a list with up to this percentage of bad lines (default: 1).")
    private ListTolerance tolerance = ListTolerance.ORDINARY;

    @Option(
            names = "--accept-shorter-list",
            description =
                    "Accept an edition that has lost half or more of the lines or bytes of the one that is there.")
    private boolean acceptShorterList;

    @Mixin
    private SettingsOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (sources.size() > 1 && (sha256 != null || name != null))
            throw new ParameterException(spec.commandLine(), "--sha256 and --name are for one SOURCE; fetch it alone");
        var expected = Optional.ofNullable(sha256).map(this::checksum);
        var from = sources.stream().map(this::source).toList();
        var settings = options.read();
        var fetch = new ListFetch(
                new HttpsClient(ProgramVersion.userAgent(settings.identity()), whyNot(settings)),
                ListsCommand.folder(),
                acceptShorterList ? tolerance.acceptingShorter() : tolerance);
        int worst = ExitCode.OK;
        for (var source : from) worst = Math.max(worst, fetch(fetch, source, expected));
        return worst;
    }

    private int fetch(ListFetch fetch, ListSource source, Optional<String> expected) {
        try {
            return print(fetch.fetch(source, expected, InstantSource.system().instant()));
        } catch (IOException e) {
            throw ListsCommand.unusable(ListsCommand.folder(), e);
        }
    }

    private int print(FetchOutcome outcome) {
        var out = spec.commandLine().getOut();
        int exit = switch (outcome) {
            case FetchOutcome.Replaced(var edition, var before, var hasCutLine) -> {
                out.printf("A new edition: %s%n", Printable.line(edition.file().toString()));
                describe(edition, out);
                if (hasCutLine) out.println("  its last line has no line end, so it may be cut off");
                before.ifPresent(earlier ->
                        out.printf("  before: %,d lines, SHA-256 %s%n", earlier.lines(), earlier.sha256Hex()));
                out.printf(
                        "To use it: census run --list %s, or name it in census.lists.%n",
                        Printable.line(edition.file().toString()));
                yield ExitCode.OK;
            }
            case FetchOutcome.Unchanged(var edition) -> {
                out.printf(
                        "No other edition: %s stays%n",
                        Printable.line(edition.file().toString()));
                describe(edition, out);
                yield ExitCode.OK;
            }
            case FetchOutcome.NotFetched(var why, var kept) -> refuse(why, kept, ENVIRONMENT);
            case FetchOutcome.RefusedEdition(var why, var kept) -> refuse(why, kept, ExitCode.USAGE);
        };
        out.flush();
        return exit;
    }

    private static void describe(FetchedList edition, PrintWriter out) {
        out.printf(
                "  %,d lines, %,d bytes, SHA-256 %s%n  fetched %s from %s%n",
                edition.lines(),
                edition.bytes(),
                edition.sha256Hex(),
                SkipWords.time(edition.fetchedAt()),
                Printable.line(edition.url().toString()));
    }

    private int refuse(String why, Optional<FetchedList> kept, int exit) {
        spec.commandLine()
                .getErr()
                .printf(
                        "census: %s. Nothing was changed: %s.%n",
                        Printable.line(why),
                        kept.map(edition -> "the edition of %s stays, with %,d lines"
                                        .formatted(SkipWords.time(edition.fetchedAt()), edition.lines()))
                                .orElse("there is no earlier edition"));
        spec.commandLine().getErr().flush();
        return exit;
    }

    private String checksum(String text) {
        var hex = text.toLowerCase(Locale.ROOT);
        if (!hex.matches("[0-9a-f]{64}"))
            throw new ParameterException(
                    spec.commandLine(), "--sha256: %s; expected 64 hexadecimal digits".formatted(Printable.line(text)));
        return hex;
    }

    private ListSource source(String text) {
        try {
            return ListSource.of(text, Optional.ofNullable(name));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** In the lab only the lab; elsewhere no special-purpose address. */
    private static Function<Address, Optional<String>> whyNot(CensusSettings settings) {
        return settings.lab().map(lab -> AddressGate.only(lab.networks())).orElseGet(SafetyGate::publicInternet)
                ::whyNot;
    }
}
