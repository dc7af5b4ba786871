package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.store.Database;

/**
 * Nights that are ended by SIGTERM or Ctrl-C: open calls are stored, and nothing is repeated.
 *
 * <p>{@code -Dcensus.terms=50} makes it long; {@code -Dcensus.seed=7} another one.
 */
class TerminatedNightsIT {

    private static final int TERMS = Integer.getInteger("census.terms", 2);
    private static final long SEED = Long.getLong("census.seed", System.nanoTime());
    private static final int TERMS_PER_NIGHT = 6;

    @TempDir
    Path home;

    private final Random random = new Random(SEED);
    private int nights;
    private int ended;
    private int interrupted;
    private long longestMilliseconds;

    @Test
    void openCallsAreStoredAndNothingIsRepeated() throws Exception {
        assumeTrue(CensusProcess.isBuilt(), "needs target/census.jar: run by mvn verify, behind package");
        while (ended < TERMS) {
            nights++;
            try (var lab = Lab.open(MiniNight.lab(home, nights))) {
                endAndResume(
                        MiniNight.date(nights),
                        MiniNight.settings(lab, Map.of("census.database.directory", pg().toString())),
                        lab);
            }
        }
        System.out.printf(
                "SIGTERM %d, SIGINT %d in %d nights; longest end %.1f s; "
                        + "left open 0, repeated 0, rows lost 0, doubled 0; seed %d%n",
                ended - interrupted, interrupted, nights, longestMilliseconds / 1_000.0, SEED);
    }

    private void endAndResume(String night, Map<String, String> settings, Lab lab) throws Exception {
        var audit = new NightAudit(night, lab);
        for (int terms = 0; terms < TERMS_PER_NIGHT && ended < TERMS; terms++) {
            var run = CensusProcess.run(home, night, settings, List.of());
            if (run.isOverWithin(3_000 + random.nextLong(15_000))) {
                // the last signal may have come after the end of the night, but before that of its process
                assertTrue(
                        run.exit() == 0 || (run.exit() == 2 && run.output().contains("was completed")), run.output());
                break;
            }
            end(run, random.nextBoolean() && CensusProcess.receiveInterrupts() ? "INT" : "TERM");
            try (var database = Database.openEmbedded(pg())) {
                audit.look(database, "signal " + ended + ", seed " + SEED);
                assertEquals(0, audit.openPermits(database), "left open; seed " + SEED);
            }
        }
        MiniNight.finish(
                CensusProcess.run(home, night, settings, List.of("--if-needed")), "night " + night + ", seed " + SEED);
        try (var database = Database.openEmbedded(pg())) {
            audit.lastLook(database, "at the end of " + night + ", seed " + SEED);
            assertEquals(0, audit.abandoned(database), "repeated; seed " + SEED);
        }
    }

    private void end(CensusProcess run, String signal) throws Exception {
        var began = System.nanoTime();
        run.signal(signal);
        var isOver = run.isOverWithin(30_000);
        if (!isOver) run.kill();
        assertTrue(isOver, () -> "still there 30 s after " + signal);
        longestMilliseconds = Math.max(longestMilliseconds, (System.nanoTime() - began) / 1_000_000);
        if (run.exit() != 0) { // otherwise it ended before the signal came
            assertEquals(signal.equals("TERM") ? 143 : 130, run.exit(), run.output());
            ended++;
            if (signal.equals("INT")) interrupted++;
        }
    }

    private Path pg() {
        return home.resolve("pg");
    }
}
