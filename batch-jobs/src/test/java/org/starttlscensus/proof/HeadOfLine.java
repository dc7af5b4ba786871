package org.starttlscensus.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.NightRunner;
import org.starttlscensus.lab.ConnectionLog;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabOptions;
import org.starttlscensus.lab.LabPopulation;
import org.starttlscensus.store.Database;

/** I16: how fast the calm providers are called while one in ten of all keeps everybody waiting, or is suspended. */
record HeadOfLine(Path directory, double scale) {

    Invariant measure() throws IOException {
        var calm = callsASecond(LabPopulation.CALM, "2030-02-01");
        var troubled = callsASecond(LabPopulation.TROUBLED, "2030-02-02");
        var percent = 100 * troubled / calm;
        return new Invariant(
                "I16",
                "calls a second at the calm 90 % of providers, against a night in which all are",
                ">= 95 %",
                "%.1f %% (%.1f against %.1f)".formatted(percent, troubled, calm),
                percent < 95 ? List.of("%.1f %%".formatted(percent)) : List.of());
    }

    /** Each lab has roots of its own, and each database knows the roots that go by a name. */
    private double callsASecond(LabPopulation population, String night) throws IOException {
        try (var database = Database.openEmbedded(directory.resolve("pg-" + night));
                var lab = Lab.open(LabOptions.in(directory.resolve(night))
                        .withNetwork("127.57")
                        .withPopulation(population)
                        .withTimeScale(scale))) {
            var running = new AtomicReference<NightRunner>();
            var watch = Thread.ofVirtual().start(() -> stopBehindTheCalm(lab, running));
            new ProofNight(lab, database, CensusNight.of(night)).run(directory.resolve("published-" + night), running);
            watch.interrupt();
            return pace(calm(lab));
        }
    }

    private static ConnectionLog calm(Lab lab) {
        return lab.log()
                .connectionLog(address -> lab.universe()
                        .company(address)
                        .filter(name -> name.startsWith("calm-"))
                        .isPresent());
    }

    /** What the troubled ones come to later is not asked here. */
    private static void stopBehindTheCalm(Lab lab, AtomicReference<NightRunner> running) {
        long expected = lab.universe().endpoints().keySet().stream()
                .filter(endpoint -> endpoint.mxHost().ascii().contains(".calm-"))
                .count();
        try {
            while (calm(lab).sessions().size() < expected) Thread.sleep(200);
            running.get().stop();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static double pace(ConnectionLog book) {
        var took = Duration.between(
                book.sessions().getFirst().startedAt(),
                book.sessions().getLast().startedAt());
        return book.sessions().size() * 1e9 / took.toNanos();
    }
}
