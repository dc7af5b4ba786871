package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.store.Database;

/**
 * Dry runs that are killed at any moment (kill -9). The run after each has another list, and is a night of that list
 * alone. {@code -Dcensus.dry-run.kills=50} makes it long; {@code -Dcensus.seed=7} another one.
 */
class KilledDryRunIT {

    private static final int KILLS = Integer.getInteger("census.dry-run.kills", 2);
    private static final long SEED = Long.getLong("census.seed", System.nanoTime());
    /** From the start of the list step to beyond the end of the dry run. */
    private static final long LONGEST_MILLISECONDS = 2_500;

    @TempDir
    private Path home;

    private final Random random = new Random(SEED);

    @Test
    void nothingOfAKilledDryRunIsInTheNightAfterIt() throws Exception {
        assumeTrue(CensusProcess.isBuilt(), "needs target/census.jar: run by mvn verify, behind package");
        int leftOver = 0;
        try (var lab = Lab.open(MiniNight.lab(home, 1))) {
            var settings = MiniNight.settings(
                    lab, Map.of("census.database.directory", home.resolve("pg").toString()));
            var domains = Files.readAllLines(
                            Path.of(settings.get("census.lists").split(",")[0]))
                    .stream()
                    .map(line -> line.replaceFirst(".*,", ""))
                    .filter(line -> line.endsWith(".test"))
                    .distinct()
                    .toList();
            var tried = Files.write(home.resolve("tried.txt"), domains.subList(0, domains.size() - 10));
            var run = Files.write(home.resolve("run.txt"), domains.subList(domains.size() - 10, domains.size()));
            settings.remove("census.lists");
            for (int kill = 1; kill <= KILLS; kill++) {
                var night = MiniNight.date(kill);
                var when = "kill %d of the dry run of night %s, seed %d".formatted(kill, night, SEED);
                var dryRun = CensusProcess.run(home, night, settings, List.of("--dry-run", "--list", tried.toString()));
                dryRun.awaitOutput("list");
                dryRun.isOverWithin(random.nextLong(LONGEST_MILLISECONDS));
                dryRun.kill();
                leftOver += leftOver();
                MiniNight.finish(
                        CensusProcess.run(home, night, settings, List.of("--list", run.toString())), "after " + when);
                assertEquals(List.of("run"), lists(night), when);
                assertEquals(0, leftOver(), when);
                assertEquals(10, domains(night), when);
            }
        }
        assertTrue(leftOver <= KILLS);
        System.out.printf(
                "killed dry runs: %d, of which %d left something behind, and 0 in the nights after; seed %d%n",
                KILLS, leftOver, SEED);
    }

    private <T> T ask(String sql, String night, Class<T> type) {
        try (var database = Database.openEmbedded(home.resolve("pg"))) {
            return JdbcClient.create(database.dataSource())
                    .sql(sql)
                    .param("night", night)
                    .query(type)
                    .single();
        }
    }

    private int leftOver() {
        return ask("SELECT count(*) FROM census.night WHERE is_rehearsal AND :night = ''", "", Integer.class);
    }

    private List<String> lists(String night) {
        return List.of(ask("""
                SELECT string_agg(list_id, ' ') FROM census.night_list JOIN census.list_edition USING (list_edition_id)
                WHERE night = :night::date""", night, String.class));
    }

    private int domains(String night) {
        return ask("SELECT count(*) FROM census.domain_verdict WHERE night = :night::date", night, Integer.class);
    }
}
