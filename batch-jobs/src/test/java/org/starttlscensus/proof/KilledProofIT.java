package org.starttlscensus.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.job.CensusProcess;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.lab.LabOptions;
import org.starttlscensus.lab.LabPopulation;
import org.starttlscensus.smtp.Deadlines;
import org.starttlscensus.store.OperatorsServer;

/**
 * I14: the same bounds across kill -9, and across SIGSTOP while another process takes the night over. The lab runs in
 * this process. The census is the real program, killed again and again and restarted with the same command.
 */
@EnabledIfSystemProperty(
        named = "census.proof.kills",
        matches = "[0-9]+",
        disabledReason = "takes minutes: batch-jobs/bench/politeness runs it")
class KilledProofIT {

    private static final double SCALE = Double.parseDouble(System.getProperty("census.proof.scale", "0.05"));
    private static final int KILLS = Integer.getInteger("census.proof.kills", 0);
    private static final long SEED = Long.getLong("census.seed", System.nanoTime());
    private static final String NIGHT = "2030-01-01";
    private static final int LOCKED = 75;
    /**
     * Long enough that a call may outlast the stop. Connections of a stopped process stay open, as in reality with a
     * stop of two minutes and calls of three.
     */
    private static final double PATIENCE = 0.5;

    private static final Duration LONGEST_CALL =
            Deadlines.ordinary().scaled(PATIENCE).whole();

    private static final long LONGEST_NIGHT_MILLISECONDS = 1_200_000;

    @TempDir
    Path home;

    @Test
    void theBoundsHoldAcrossKillsAndAStop() throws Exception {
        assumeTrue(CensusProcess.isBuilt(), "needs target/census.jar: run by mvn verify, after package");
        var random = new Random(SEED);
        try (var server = OperatorsServer.start(home.resolve("server"));
                var lab = Lab.open(LabOptions.in(home.resolve("lab"))
                        .withNetwork("127.56")
                        .withPopulation(LabPopulation.STRICT)
                        .withTimeScale(SCALE)
                        .withPatience(PATIENCE))) {
            var settings = new LinkedHashMap<>(ProofSources.settings(lab));
            settings.putAll(server.settings());
            for (int kill = 0; kill < KILLS; kill++) {
                var run = CensusProcess.run(home, NIGHT, settings, List.of());
                awaitCalls(lab, run);
                if (run.isOverWithin(1_000 + random.nextLong(15_000))) break;
                run.kill();
            }
            var stopped = CensusProcess.run(home, NIGHT, settings, List.of());
            awaitCalls(lab, stopped);
            stopped.signal("STOP");
            var stoppedAt = System.nanoTime();
            var successor = takeOver(settings);
            awaitCalls(lab, successor, stoppedAt + LONGEST_CALL.minusSeconds(15).toNanos());
            stopped.signal("CONT");
            var stop = Duration.ofNanos(System.nanoTime() - stoppedAt);
            assertTrue(stopped.isOverWithin(120_000), stopped.output());
            assertTrue(successor.isOverWithin(LONGEST_NIGHT_MILLISECONDS), successor.output());
            assertEquals(List.of(LOCKED, 0), List.of(stopped.exit(), successor.exit()), successor.output());
            requireShorterThanACall(stop);
            report(lab, server);
        }
    }

    /** A longer stop keeps connections open for longer than any call, which nobody can know of. */
    private static void requireShorterThanACall(Duration stop) {
        assertTrue(
                stop.compareTo(LONGEST_CALL) < 0,
                () -> "the stop lasted %d s, and a call at most %d s: this machine is too busy for this proof"
                        .formatted(stop.toSeconds(), LONGEST_CALL.toSeconds()));
    }

    private static void report(Lab lab, OperatorsServer server) throws Exception {
        var lines = limits(new ServersView(lab, SCALE));
        var table =
                ("Invariants at a time scale of %s from %d source(s) across %d kill -9 and one SIGSTOP with takeover, "
                                + "seed %d%n%s")
                        .formatted(SCALE, ProofSources.count(), KILLS, SEED, Invariant.table(lines));
        try (var database = server.open()) {
            var own = OwnRecord.of(lab.log().sessions(), database);
            table += "The servers noted starts up to %d ms, and ends up to %d ms, after us.%n"
                    .formatted(own.latestStart().toMillis(), own.latestEnd().toMillis());
            if (violations(lines) > 0)
                table += "The same by our own record (also broken: our fault; else: the machine was too busy)%n%s"
                        .formatted(Invariant.table(limits(new ServersView(lab, SCALE, own.sessions()))));
        }
        System.out.print(table);
        Files.writeString(Path.of("target", "politeness-proof-killed.txt"), table);
        assertEquals(0, violations(lines), table);
    }

    private static List<Invariant> limits(ServersView seen) {
        var lines = new ArrayList<>(new ConnectionInvariants(seen).limits());
        lines.addAll(new FeedbackInvariants(seen, Map.of()).backOffs());
        lines.addAll(new SourceInvariants(seen).all());
        return lines.stream()
                .map(line -> new Invariant(
                        "I14", line.id() + ", " + line.what(), line.bound(), line.figure(), line.violations()))
                .toList();
    }

    private static long violations(List<Invariant> lines) {
        return lines.stream().mapToLong(line -> line.violations().size()).sum();
    }

    /** Waits for five more calls. */
    private static void awaitCalls(Lab lab, CensusProcess run) throws InterruptedException {
        awaitCalls(lab, run, Long.MAX_VALUE);
    }

    /** The same, until then: where all calls of the stopped process are open, its successor makes none before. */
    private static void awaitCalls(Lab lab, CensusProcess run, long until) throws InterruptedException {
        var before = lab.log().sessionCount();
        while (lab.log().sessionCount() < before + 5 && System.nanoTime() < until) if (run.isOverWithin(20)) return;
    }

    /** Retries as cron would: the lock is refused until the server has ended the stopped process's session. */
    private CensusProcess takeOver(Map<String, String> settings) throws Exception {
        for (int refusals = 0; refusals < 20; refusals++) {
            var run = CensusProcess.run(home, NIGHT, settings, List.of());
            while (!run.isOverWithin(20)) if (run.output().lines().anyMatch("call"::equals)) return run;
            assertEquals(LOCKED, run.exit(), run.output());
        }
        throw new AssertionError("the server does not end the session of the stopped process");
    }
}
