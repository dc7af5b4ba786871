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

/** I16: how fast 90 % of the providers are called while the others are slow or backed off. */
record HeadOfLine(Path directory, double scale) {

    Invariant measure() throws IOException {
        var calm = callsPerSecond(LabPopulation.CALM, "2030-02-01");
        var troubled = callsPerSecond(LabPopulation.TROUBLED, "2030-02-02");
        var percent = 100 * troubled / calm;
        return new Invariant(
                "I16",
                "calls per second to 90 % of providers, with against without 10 % troubled",
                ">= 95 %",
                "%.1f %% (%.1f against %.1f)".formatted(percent, troubled, calm),
                percent < 95 ? List.of("%.1f %%".formatted(percent)) : List.of());
    }

    /** A database of its own for each lab, because each lab makes a new root and a database knows one per name. */
    private double callsPerSecond(LabPopulation population, String night) throws IOException {
        try (var database = Database.openEmbedded(directory.resolve("pg-" + night));
                var lab = Lab.open(LabOptions.in(directory.resolve(night))
                        .withNetwork("127.57")
                        .withPopulation(population)
                        .withTimeScale(scale))) {
            var running = new AtomicReference<NightRunner>();
            var watch = Thread.ofVirtual().start(() -> stopAfterTheCalm(lab, running));
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

    /** Ends the night once the calm providers are done: the outcomes of the troubled ones do not matter here. */
    private static void stopAfterTheCalm(Lab lab, AtomicReference<NightRunner> running) {
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

    private static double pace(ConnectionLog log) {
        var took = Duration.between(
                log.sessions().getFirst().startedAt(), log.sessions().getLast().startedAt());
        return log.sessions().size() * 1e9 / took.toNanos();
    }
}
