package org.starttlscensus.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.NightRequest;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.NightStatus;
import org.starttlscensus.store.Verdicts;

/** The table at the end of a night: the outcomes, and where the result files are. */
final class NightSummary {

    private NightSummary() {}

    static void print(Database database, NightRequest request, PrintWriter out) {
        out.printf("%nNight %s%n%n", request.night());
        outcomes(database, request.night(), out);
        out.printf("%nResults in %s%n", Printable.line(request.out().toString()));
        try (var files = Files.list(request.out())) {
            files.map(Path::getFileName)
                    .sorted()
                    .forEach(file -> out.printf(
                            "  %s%n", Printable.line(request.out().resolve(file).toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.flush();
    }

    static void outcomes(Database database, CensusNight night, PrintWriter out) {
        var counts = new NightStatus(database).counts(night);
        out.printf("  %-34s %,9d%n", "domains on the lists", counts.domains());
        out.printf("  %-34s %,9d%n", "mail servers (name and address)", counts.planned());
        out.printf("  %-34s %,9d%n", "called", counts.observed());
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
