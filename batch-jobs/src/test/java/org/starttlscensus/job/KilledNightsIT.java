package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.store.Database;

/**
 * Nights over the lab that are killed repeatedly ({@code kill -9}, sometimes the database, too), and each time started
 * with the same command, until they are complete. The lab runs in this process and counts what its servers see; the
 * census is a process of its own.
 *
 * <p>{@code -Dcensus.kills=200} makes it long; {@code -Dcensus.seed=7} another one.
 */
class KilledNightsIT {

    private static final int KILLS = Integer.getInteger("census.kills", 3);
    private static final long SEED = Long.getLong("census.seed", System.nanoTime());
    private static final int KILLS_PER_NIGHT = 8;
    /** Early kills hit the steps before the calls, late ones those after them. */
    private static final int[] LONGEST_LIVES_MILLISECONDS = {6_000, 12_000, 20_000};

    @TempDir
    Path home;

    private final Random random = new Random(SEED);
    private int nights;
    private int killed;
    private long inFlight;
    private long repeated;

    @Test
    void nothingIsLostOrDoubledAndNoServerIsCalledTooOften() throws Exception {
        assumeTrue(CensusProcess.isBuilt(), "needs target/census.jar: run by mvn verify, behind package");
        while (killed < KILLS) {
            nights++;
            try (var lab = Lab.open(MiniNight.lab(home, nights))) {
                killAndResume(
                        MiniNight.date(nights),
                        MiniNight.settings(lab, Map.of("census.database.directory", pg().toString())),
                        lab);
            }
        }
        System.out.printf(
                "kill -9: %d in %d nights; calls under way at the kills %d, repeated %d; "
                        + "rows lost 0, doubled 0, called too often 0; seed %d%n",
                killed, nights, inFlight, repeated, SEED);
    }

    private void killAndResume(String night, Map<String, String> settings, Lab lab) throws Exception {
        var audit = new NightAudit(night, lab);
        long openAtKills = 0;
        for (int kills = 0; kills < KILLS_PER_NIGHT && killed < KILLS; kills++) {
            var run = CensusProcess.run(home, night, settings, List.of());
            if (run.isOverWithin(500
                    + random.nextLong(LONGEST_LIVES_MILLISECONDS[random.nextInt(LONGEST_LIVES_MILLISECONDS.length)]))) {
                assertEquals(0, run.exit(), run.output());
                break;
            }
            run.kill();
            killed++;
            if (random.nextInt(4) == 0) killDatabase();
            try (var database = Database.openEmbedded(pg())) {
                audit.look(database, "kill " + killed + ", seed " + SEED);
                openAtKills += audit.openPermits(database);
            }
        }
        MiniNight.finish(
                CensusProcess.run(home, night, settings, List.of("--if-needed")), "night " + night + ", seed " + SEED);
        try (var database = Database.openEmbedded(pg())) {
            audit.lastLook(database, "at the end of " + night + ", seed " + SEED);
            long abandoned = audit.abandoned(database);
            assertTrue(
                    abandoned <= openAtKills,
                    "repeated %d calls, under way at the kills were %d; seed %d"
                            .formatted(abandoned, openAtKills, SEED));
            repeated += abandoned;
            inFlight += openAtKills;
        }
    }

    private Path pg() {
        return home.resolve("pg");
    }

    /**
     * Kills the database server as a power failure would. The next process that needs it starts it, and it recovers.
     */
    private void killDatabase() throws IOException {
        var file = pg().resolve("data/postmaster.pid");
        if (Files.notExists(file)) return;
        var pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        ProcessHandle.of(pid)
                .filter(process -> process.info().command().orElse("").endsWith("postgres"))
                .ifPresent(server -> {
                    server.destroyForcibly();
                    server.onExit().join();
                });
    }
}
