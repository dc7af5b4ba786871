package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.EmptyDatabase;
import org.starttlscensus.store.OperatorsServer;

/**
 * A run that is stopped during its calls (SIGSTOP) for so long that another run takes over the night, and that then
 * continues.
 *
 * <p>{@code -Dcensus.sleep=120} makes it sleep for two minutes.
 */
class SleepingNightIT {

    private static final int SLEEP_SECONDS = Integer.getInteger("census.sleep", 50);
    /** Longer than the server allows the session of the run lock to be silent. */
    private static final int SLEEP_OF_ALL_SECONDS = Integer.getInteger("census.sleep", 35);

    private static final int LOCKED = 75;
    private static final int REFUSED = 2;

    @TempDir
    Path home;

    @Test
    void aSleepingRunLosesTheNightAndDialsNoMoreServers() throws Exception {
        assumeTrue(CensusProcess.isBuilt(), "needs target/census.jar: run by mvn verify, behind package");
        try (var server = OperatorsServer.start(home.resolve("server"));
                var lab = Lab.open(MiniNight.lab(home, 1))) {
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
                var successor = takeOver(database, night, settings);
                while (System.nanoTime() - slept < SLEEP_SECONDS * 1_000_000_000L) Thread.sleep(100);
                var woken = Instant.now();
                sleeper.signal("CONT");
                assertTrue(sleeper.isOverWithin(60_000), "the sleeper does not end: " + sleeper.output());
                // If the other run has finished the night by now, the lock is free, and nothing is left to do.
                assertTrue(
                        sleeper.exit() == LOCKED
                                || (sleeper.exit() == REFUSED
                                        && sleeper.output().contains("was completed")),
                        sleeper.output());
                MiniNight.finish(successor, "the successor");
                audit.lastLook(database, "at the end");
                assertEquals(
                        0,
                        audit.count(database, "epoch = 1 AND started_at > '" + woken + "'"),
                        "dialled by the sleeper once awake");
                long stored = audit.count(
                        database,
                        "epoch = 1 AND signal NOT IN ('not_dialled', 'abandoned') AND closed_at >= '"
                                + woken.minusSeconds(SLEEP_SECONDS) + "'");
                assertTrue(audit.abandoned(database) <= open, "repeated more than was under way");
                System.out.printf(
                        "SIGSTOP for %d s: calls under way %d, stored by the sleeper once awake %d, "
                                + "dialled by it once awake 0, rows lost 0, doubled 0, called too often 0%n",
                        SLEEP_SECONDS, open, stored);
            }
            assertEquals(List.of(), server.deadlocks());
        }
    }

    /** The whole machine sleeps, with its PostgreSQL: no other run can take over, and the night goes on by itself. */
    @Test
    void aNightGoesOnAfterTheWholeMachineSlept() throws Exception {
        assumeTrue(CensusProcess.isBuilt(), "needs target/census.jar: run by mvn verify, behind package");
        var directory = home.resolve("pg");
        EmptyDatabase.in(directory).close();
        try (var lab = Lab.open(MiniNight.lab(home, 2))) {
            var night = MiniNight.date(2);
            var audit = new NightAudit(night, lab);
            var settings = MiniNight.settings(lab, Map.of("census.database.directory", directory.toString()));
            var run = CensusProcess.run(home, night, settings, List.of());
            run.awaitOutput("resolve");
            long open;
            try (var database = Database.openEmbedded(directory)) {
                awaitCalls(audit, database);
                run.signal("STOP");
                open = audit.openPermits(database);
            }
            var server = stopServer(directory);
            Thread.sleep(SLEEP_OF_ALL_SECONDS * 1_000L);
            for (var process : server) signal("CONT", process);
            run.signal("CONT");
            MiniNight.finish(run, "the night that slept");
            try (var database = Database.openEmbedded(directory)) {
                audit.lastLook(database, "at the end");
                assertTrue(audit.abandoned(database) <= open, "repeated more than was under way");
                System.out.printf(
                        "SIGSTOP of all, PostgreSQL too, for %d s: calls under way %d, repeated %d; "
                                + "rows lost 0, doubled 0, called too often 0%n",
                        SLEEP_OF_ALL_SECONDS, open, audit.abandoned(database));
            }
        }
    }

    /**
     * Stops the embedded server: first the postmaster, then its children. A worker may end by itself before the signal
     * reaches it; if its stopped parent has not waited for it yet, it receives the signal as a zombie.
     */
    private static List<ProcessHandle> stopServer(Path directory) throws IOException, InterruptedException {
        var pidFile = Files.readAllLines(directory.resolve("data/postmaster.pid"));
        var server =
                ProcessHandle.of(Long.parseLong(pidFile.getFirst().strip())).orElseThrow();
        signal("STOP", server);
        var others = server.descendants().toList();
        for (var process : others) signal("STOP", process);
        return Stream.concat(Stream.of(server), others.stream()).toList();
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, process.pid())).start();
        assertTrue(kill.waitFor() == 0 || !process.isAlive(), () -> "kill -" + name + " failed for " + process.info());
    }

    private static void awaitCalls(NightAudit audit, Database database) throws InterruptedException {
        var end = System.nanoTime() + 120_000_000_000L;
        while (audit.count(database, "closed_at IS NOT NULL") < 20 || audit.openPermits(database) < 3) {
            if (System.nanoTime() > end) throw new AssertionError("no calls");
            Thread.sleep(10);
        }
    }

    private static boolean isTakenOver(Database database, String night) {
        return PlannedNight.count(database, "SELECT epoch FROM census.night WHERE night = '" + night + "'") > 1;
    }

    /**
     * Starts runs as cron would. The lock is refused until the server ends the session of the sleeping run. If that
     * run was stopped in a transaction, it keeps the lock on the night's row until the server ends that session after
     * a minute.
     */
    private CensusProcess takeOver(Database database, String night, Map<String, String> settings) throws Exception {
        var end = System.nanoTime() + 240_000_000_000L;
        while (true) {
            var run = CensusProcess.run(home, night, settings, List.of());
            while (!run.isOverWithin(100)) {
                if (isTakenOver(database, night)) return run;
                if (System.nanoTime() > end) throw new AssertionError("the sleeper is not given up: " + run.output());
            }
            assertEquals(LOCKED, run.exit(), run.output());
        }
    }
}
