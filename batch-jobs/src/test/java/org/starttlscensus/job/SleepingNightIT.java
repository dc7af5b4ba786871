package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.OperatorsServer;

/**
 * A run that is stopped amid its calls (SIGSTOP) for long enough that another takes the night over, and then wakes.
 *
 * <p>{@code -Dcensus.sleep=120} makes it sleep for two minutes.
 */
class SleepingNightIT {

    private static final int SLEEP_SECONDS = Integer.getInteger("census.sleep", 50);
    private static final int LOCKED = 75;
    private static final int REFUSED = 2;

    @TempDir
    Path home;

    @Test
    void whoeverSleepsLosesTheNightAndDialsNobodyMore() throws Exception {
        assumeTrue(CensusProcess.isBuilt(), "needs target/census.jar: run by mvn verify, behind package");
        try (var server = OperatorsServer.start(home.resolve("server")); var lab = Lab.open(MiniNight.lab(home, 1))) {
            var night = MiniNight.date(1);
            var settings = MiniNight.settings(lab, server.settings());
            var audit = new NightAudit(night, lab);
            try (var database = server.open()) {
                var sleeper = CensusProcess.run(home, night, settings, List.of());
                awaitCalls(audit, database);
                sleeper.signal("STOP");
                var slept = System.nanoTime();
                audit.look(database, "asleep");
                long open = audit.openPermits(database);
                var successor = takeOver(night, settings);
                while (System.nanoTime() - slept < SLEEP_SECONDS * 1_000_000_000L) Thread.sleep(100);
                awaitTakeover(database, night);
                var woken = Instant.now();
                sleeper.signal("CONT");
                assertTrue(sleeper.isOverWithin(60_000), "the sleeper does not end: " + sleeper.said());
                // Where the other is through with the night by now, there is no lock any more, and nothing left to do.
                assertTrue(sleeper.exit() == LOCKED || sleeper.exit() == REFUSED && sleeper.said().contains("was completed"), sleeper.said());
                MiniNight.finish(successor, "the successor");
                audit.lastLook(database, "at the end");
                assertEquals(0, audit.count(database, "epoch = 1 AND started_at > '" + woken + "'"), "dialled by the sleeper once awake");
                long stored = audit.count(database, "epoch = 1 AND signal NOT IN ('not_dialled', 'abandoned') AND closed_at >= '" + woken.minusSeconds(SLEEP_SECONDS) + "'");
                assertTrue(audit.abandoned(database) <= open, "repeated more than was under way");
                System.out.printf("SIGSTOP for %d s: calls under way %d, stored by the sleeper once awake %d, dialled by it once awake 0, "
                        + "rows lost 0, doubled 0, called too often 0%n", SLEEP_SECONDS, open, stored);
            }
            assertEquals(List.of(), server.deadlocks());
        }
    }

    private static void awaitCalls(NightAudit audit, Database database) throws InterruptedException {
        var end = System.nanoTime() + 120_000_000_000L;
        while (audit.count(database, "closed_at IS NOT NULL") < 20 || audit.openPermits(database) < 3) {
            if (System.nanoTime() > end) throw new AssertionError("no calls");
            Thread.sleep(10);
        }
    }

    /**
     * Whoever was stopped amid a transaction keeps the night's row, and so the night, until the server ends its session after a
     * minute.
     */
    private static void awaitTakeover(Database database, String night) throws InterruptedException {
        var end = System.nanoTime() + 120_000_000_000L;
        while (PlannedNight.count(database, "SELECT epoch FROM census.night WHERE night = '" + night + "'") < 2) {
            if (System.nanoTime() > end) throw new AssertionError("the night is not taken over");
            Thread.sleep(100);
        }
    }

    /** As cron would: the lock is refused until the server has given the sleeper up. */
    private CensusProcess takeOver(String night, Map<String, String> settings) throws Exception {
        var refusals = 0;
        while (true) {
            var run = CensusProcess.run(home, night, settings, List.of());
            if (!run.isOverWithin(12_000)) return run;
            assertEquals(LOCKED, run.exit(), run.said());
            assertTrue(++refusals < 20, "the sleeper is not given up");
        }
    }
}
