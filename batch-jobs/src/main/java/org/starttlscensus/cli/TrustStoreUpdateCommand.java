package org.starttlscensus.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Counted;
import org.starttlscensus.job.ConfiguredTrustStore;
import org.starttlscensus.job.TrustStoreChoice;
import org.starttlscensus.verdict.TrustStore;
import org.starttlscensus.verdict.TrustStoreChange;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "update",
        description = {
            "Judge the nights to come by the roots in a file. Nothing is fetched.",
            "The file is a PEM file, or a package with Mozilla's roots: certifi (.whl), Debian's ca-certificates "
                    + "(.deb), or a .zip, .tgz, .tar.gz or .tar.xz with a cacert.pem.",
            "The roots until now stay under their name. The first night by the new ones is judged by both: compare "
                    + "them in pub.overlap. A night that is under way keeps its roots. Roots whose date is later than "
                    + "a night do not judge it."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; or these roots are in use already",
            "2:refused: the file, its name, or a name that means other roots",
            "5:environment: database"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pip download --no-deps certifi && census trust-store update certifi-*.whl",
            "  census trust-store update ca-certificates_20260816+nmu1_all.deb",
            "  census trust-store update roots.pem --name mozilla-2026-11-01"
        })
final class TrustStoreUpdateCommand implements Callable<Integer> {

    private static final int MOST_SHOWN = 100;

    @Parameters(paramLabel = "FILE", description = "A PEM file, or a package.")
    private @Nullable Path file;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Its name, with its date (default: mozilla- and the date in the file's name).")
    private @Nullable String name;

    @Option(
            names = "--other-roots",
            description = "Accept roots of which fewer than half are among those in use: another root programme.")
    private boolean otherRoots;

    @Mixin
    private LookingOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var settings = options.read();
        var source = file();
        var read = RootFile.read(source); // before its name is looked at: a file that is not there has none
        var roots = TrustStore.of(name(source), read, complaint -> {
            throw new RefusedRequestException(
                    "%s: %s. Nothing was changed.".formatted(Printable.line(source.toString()), complaint));
        });
        var out = spec.commandLine().getOut();
        var tonight = CensusNight.today(InstantSource.system());
        if (!Databases.isThere(settings.database())
                && settings.tls().trustStoreSetting().isEmpty()) requireRelated(TrustStore.mozilla(), roots);
        try (var database = Databases.open(settings.database())) {
            var before = ConfiguredTrustStore.of(settings, database, tonight);
            compare(before, roots, out);
            new TrustStoreChoice(database, InstantSource.system())
                    .choose(roots, source.getFileName().toString());
            var next = ConfiguredTrustStore.of(settings, database, tonight);
            out.printf("The next night is judged by %s.%n", Printable.line(next.name()));
            if (!next.name().equals(roots.name())) {
                out.printf(
                        "%s is stored, and not used: %s%n",
                        Printable.line(roots.name()),
                        whyNotUsed(
                                roots.name(),
                                tonight,
                                settings.tls().trustStoreSetting().isPresent()));
            }
            out.flush();
            return ExitCode.OK;
        }
    }

    private static String whyNotUsed(String name, CensusNight tonight, boolean settingsNameAnother) {
        if (settingsNameAnother) return "the setting census.tls.trust-store names another";
        return TrustStore.dateIn(name)
                .filter(date -> date.isAfter(tonight.date()))
                .map(date -> """
                        its date, %s, is later than tonight, %s. Nights from then on are judged by it. If the date \
                        is wrong, give the file again with the right one: --name NAME""".formatted(date, tonight))
                .orElse("the program ships newer roots");
    }

    /** Also asked before a database is made, for which the roots of the program hold. */
    private TrustStoreChange requireRelated(TrustStore before, TrustStore after) {
        var change = TrustStoreChange.between(before, after);
        if (!otherRoots && change.common() * 2 < before.anchors().size()) {
            throw new RefusedRequestException("""
                    %s has %s, and only %,d of the %,d that are in use (%s). Is it the right file? If it is \
                    another root programme, say --other-roots. Nothing was changed.""".formatted(
                            Printable.line(after.name()),
                            Counted.of(after.anchors().size(), "root"),
                            change.common(),
                            before.anchors().size(),
                            Printable.line(before.name())));
        }
        return change;
    }

    private void compare(TrustStore before, TrustStore after, PrintWriter out) {
        var change = requireRelated(before, after);
        out.printf(
                "%s: %s. %s, in use until now: %,d.%n",
                Printable.line(after.name()),
                Counted.of(after.anchors().size(), "root"),
                Printable.line(before.name()),
                before.anchors().size());
        print("new", change.added(), out);
        print("gone", change.removed(), out);
    }

    private static void print(String change, List<String> roots, PrintWriter out) {
        out.printf("%s: %,d%n", change, roots.size());
        roots.stream().limit(MOST_SHOWN).forEach(root -> out.printf("  %s%n", Printable.line(root)));
    }

    private Path file() {
        if (file == null) throw new IllegalStateException("picocli requires it");
        return file;
    }

    private String name(Path source) {
        var dated = name == null ? source.getFileName().toString() : name;
        var date = TrustStore.dateIn(dated)
                .orElseThrow(() -> new RefusedRequestException("""
                        "%s" has no date such as 2026-11-01, by which nights tell old roots from new ones. \
                        Give the roots a name with their date: --name mozilla-2026-11-01. Nothing was changed.\
                        """.formatted(Printable.line(dated))));
        return name == null ? "mozilla-" + date : name;
    }
}
