package org.starttlscensus.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Counted;
import org.starttlscensus.job.NightRequest;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.ListEdition;
import org.starttlscensus.store.Lists;
import org.starttlscensus.store.NightStatus;
import org.starttlscensus.store.Verdicts;

/** The table at the end of a night: the outcomes, and where the result files are. */
final class NightSummary {

    private NightSummary() {}

    static void print(Database database, NightRequest request, PrintWriter out) {
        out.printf("%nNight %s%n%n", request.night());
        outcomes(database, request.night(), out);
        out.println();
        files(request.out(), out);
    }

    /** A night that is complete, and that somebody must look at before its files are written. */
    static void printUnpublished(Database database, CensusNight night, PrintWriter out) {
        out.printf("%nNight %s%n%n", night);
        outcomes(database, night, out);
        out.printf("%n%s%n", unpublished(night));
        out.flush();
    }

    static String unpublished(CensusNight night) {
        return "Not published yet. Look at it, then say why it may be: census publish --night %s --accept \"WHY\""
                .formatted(night);
    }

    static void files(Path folder, PrintWriter out) {
        out.printf("Results in %s%n", Printable.line(folder.toString()));
        try (var files = Files.list(folder)) {
            files.map(Path::getFileName)
                    .sorted()
                    .forEach(file -> out.printf(
                            "  %s%n", Printable.line(folder.resolve(file).toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.flush();
    }

    /** What became of the lines of each list. */
    static void lists(List<ListEdition> lists, PrintWriter out) {
        lists.forEach(list -> out.printf("  %s: %s%n", Printable.line(list.file()), list.words()));
    }

    static void outcomes(Database database, CensusNight night, PrintWriter out) {
        lists(new Lists(database).pinned(night), out);
        var counts = new NightStatus(database).counts(night);
        out.printf("  %-34s %,9d%n", "domains on the lists", counts.domains());
        out.printf("  %-34s %,9d%n", "mail servers (name and address)", counts.planned());
        out.printf("  %-34s %,9d%n", "called", counts.called());
        if (counts.checked() > 0) {
            out.printf(
                    "  %-34s %,9d   (%s, counted nowhere else here)%n",
                    "called by census check only", counts.checked(), Counted.of(counts.checkCalls(), "call"));
        }
        out.printf("%n  %-34s %9s   %s%n", "outcome", "servers", "has STARTTLS");
        for (var outcome : new Verdicts(database).outcomes(night)) {
            out.printf(
                    "  %-34s %,9d   %s%n",
                    outcome.outcome(),
                    outcome.servers(),
                    outcome.starttls().map(yes -> yes ? "yes" : "no").orElse("unknown"));
        }
    }
}
