package org.starttlscensus.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.NightRequest;
import org.starttlscensus.job.NightRunner;
import org.starttlscensus.job.Progress;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabPopulation;
import org.starttlscensus.lab.LabSettings;
import org.starttlscensus.lists.ListTolerance;
import org.starttlscensus.settings.SettingsReader;
import org.starttlscensus.store.Database;

/**
 * The table of invariants over a night among houses that count their callers. At a twentieth of the real times it takes two
 * to three minutes, nearly all of them waiting; {@code batch-jobs/bench/politeness} runs it longer and slower.
 */
class PolitenessProofIT {

    private static final double SCALE = Double.parseDouble(System.getProperty("census.proof.scale", "0.05"));
    private static final LabPopulation POPULATION = LabPopulation.valueOf(System.getProperty("census.proof.population", "STRICT"));
    private static final CensusNight NIGHT = CensusNight.of("2030-01-01");
    private static final Path TABLE = Path.of("target", "politeness-proof.txt");

    @TempDir
    Path directory;

    @Test
    void everyInvariantHolds() throws Exception {
        var lines = new ArrayList<Invariant>();
        try (var lab = Lab.open(LabSettings.in(directory.resolve("lab")).withNetwork("127.55").withPopulation(POPULATION).withTimeScale(SCALE));
             var database = Database.openEmbedded(directory.resolve("pg"))) {
            run(lab, database);
            var seen = new ServersView(lab, SCALE);
            var manners = new Manners(seen);
            var feedback = new Feedback(seen, outcomes(database));
            lines.addAll(manners.counts());
            lines.addAll(feedback.suspensions());
            lines.addAll(manners.conduct());
            lines.addAll(feedback.recovery());
        }
        lines.add(new FaultMatrix().measure());
        lines.sort(Comparator.comparing(line -> Integer.parseInt(line.id().substring(1))));
        var table = Invariant.table(lines);
        System.out.printf("Invariants at a time scale of %s over the lab %s%n%s", SCALE, POPULATION, table);
        Files.writeString(TABLE, table);
        assertEquals(List.of(), lines.stream().flatMap(line -> line.violations().stream().map(words -> line.id() + ": " + words)).toList());
    }

    private void run(Lab lab, Database database) throws Exception {
        var pairs = new ArrayList<String>();
        lab.settings().forEach((key, value) -> pairs.add(key + "=" + value));
        var settings = SettingsReader.read(pairs, Optional.empty(), Map.of());
        var request = new NightRequest(NIGHT, settings.lists(), directory.resolve("published"), ListTolerance.ORDINARY, OptionalInt.empty(), false);
        try (var lock = database.tryRunLock().orElseThrow()) {
            assertEquals(NightRunner.Result.COMPLETED, new NightRunner(database, settings, Progress.SILENT, Clock.systemUTC()).run(request, lock));
        }
    }

    private static Map<String, String> outcomes(Database database) {
        var outcomes = new TreeMap<String, String>();
        JdbcClient.create(database.dataSource()).sql("""
                SELECT mail_host.name || '[' || host(address) || ']', outcome
                FROM census.server_verdict JOIN census.endpoint USING (endpoint_id) JOIN census.mail_host USING (mail_host_id)
                WHERE night = :night""").param("night", NIGHT.date()).query(row -> {
                    outcomes.put(row.getString(1), row.getString(2));
                });
        return outcomes;
    }
}
