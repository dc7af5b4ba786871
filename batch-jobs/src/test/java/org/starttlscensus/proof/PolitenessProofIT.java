package org.starttlscensus.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabOptions;
import org.starttlscensus.lab.LabPopulation;
import org.starttlscensus.store.Database;

/**
 * The table of invariants for a night against companies that limit their clients. At a twentieth of the real times it
 * takes two to three minutes, nearly all of it waiting. {@code batch-jobs/bench/politeness} runs it at larger scales.
 */
@EnabledIfSystemProperty(
        named = "census.proof.scale",
        matches = "[0-9.]+",
        disabledReason = "takes minutes, and a quiet machine: batch-jobs/bench/politeness runs it")
class PolitenessProofIT {

    private static final double SCALE = Double.parseDouble(System.getProperty("census.proof.scale", "0.05"));
    private static final LabPopulation POPULATION =
            LabPopulation.valueOf(System.getProperty("census.proof.population", "STRICT"));
    /** Deadlines that a busy machine can keep: a handshake may take six seconds. */
    private static final double PATIENCE = 0.1;

    private static final CensusNight NIGHT = CensusNight.of("2030-01-01");
    private static final Path TABLE = Path.of("target", "politeness-proof.txt");

    @TempDir
    Path directory;

    @Test
    void everyInvariantHolds() throws Exception {
        var lines = new ArrayList<Invariant>();
        try (var lab = Lab.open(LabOptions.in(directory.resolve("lab"))
                        .withNetwork("127.55")
                        .withPopulation(POPULATION)
                        .withTimeScale(SCALE)
                        .withPatience(PATIENCE));
                var database = Database.openEmbedded(directory.resolve("pg"))) {
            var night = new ProofNight(lab, database, NIGHT);
            night.run(directory.resolve("published"));
            var seen = new ServersView(lab, SCALE);
            var connections = new ConnectionInvariants(seen);
            var feedback = new FeedbackInvariants(seen, night.outcomes());
            lines.addAll(connections.limits());
            lines.addAll(feedback.backOffs());
            lines.addAll(connections.attempts());
            lines.addAll(new DialogueInvariants(seen).all());
            lines.addAll(new SourceInvariants(seen).all());
            lines.addAll(feedback.recovery());
        }
        lines.add(new FaultMatrix().measure());
        lines.add(new HeadOfLine(directory, SCALE).measure());
        lines.sort(Comparator.comparingInt(line -> Integer.parseInt(line.id().substring(1))));
        var table = Invariant.table(lines);
        System.out.printf(
                "Invariants at a time scale of %s from %d source(s) over the lab %s%n%s",
                SCALE, ProofSources.count(), POPULATION, table);
        Files.writeString(TABLE, table);
        assertEquals(
                List.of(),
                lines.stream()
                        .flatMap(line -> line.violations().stream().map(one -> line.id() + ": " + one))
                        .toList());
    }
}
