package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.store.OperatorsServer;
import org.starttlscensus.store.OperatorsServer.StopMode;

/**
 * Nights whose database is restarted, at once or after ten seconds. They go on by themselves, no server is called while
 * the database is away, and nothing is lost.
 *
 * <p>{@code -Dcensus.outages=40} makes it long; {@code -Dcensus.seed=7} another one.
 */
class OutageNightsIT {

    private static final int OUTAGES = Integer.getInteger("census.outages", 2);
    private static final long SEED = Long.getLong("census.seed", System.nanoTime());
    private static final int OUTAGES_PER_NIGHT = 4;
    private static final Duration LONG = Duration.ofSeconds(10);
    /** How long calls that were permitted before the outage may still be dialled. */
    private static final Duration LAST_DIALS = Duration.ofSeconds(5);

    @TempDir
    Path home;

    private final Random random = new Random(SEED);
    private final List<Instant[]> away = new ArrayList<>();
    private int nights;
    private int outages;
    private long repeated;

    @Test
    void theNightGoesOnByItself() throws Exception {
        assumeTrue(CensusProcess.isBuilt(), "needs target/census.jar: run by mvn verify, behind package");
        try (var server = OperatorsServer.start(home.resolve("server"))) {
            while (outages < OUTAGES) {
                nights++;
                try (var lab = Lab.open(MiniNight.lab(home, nights))) {
                    night(MiniNight.date(nights), MiniNight.settings(lab, server.settings()), lab, server);
                }
            }
            assertEquals(List.of(), server.deadlocks());
        }
        System.out.printf(
                "PostgreSQL restarted: %d, half of them -m immediate, in %d nights; repeated %d; "
                        + "rows lost 0, doubled 0, calls 5 s into an outage 0, deadlocks 0; seed %d%n",
                outages, nights, repeated, SEED);
    }

    private void night(String night, Map<String, String> settings, Lab lab, OperatorsServer server) throws Exception {
        var audit = new NightAudit(night, lab);
        var run = CensusProcess.run(home, night, settings, List.of());
        run.awaitOutput("list"); // a database that is away when it is opened is an error, told at once
        for (int count = 0; count < OUTAGES_PER_NIGHT && outages < OUTAGES; count++) {
            if (run.isOverWithin(1_000 + random.nextLong(6_000))) break;
            interrupt(
                    server,
                    outages % 2 == 0 ? StopMode.IMMEDIATE : StopMode.FAST,
                    random.nextInt(3) == 0 ? LONG : Duration.ZERO);
            outages++;
        }
        MiniNight.finish(run, "night " + night + ", seed " + SEED);
        try (var database = server.open()) {
            audit.lastLook(database, "at the end of " + night + ", seed " + SEED);
            repeated += audit.abandoned(database);
        }
        assertEquals(
                List.of(),
                lab.log().sessions().stream()
                        .filter(session -> away.stream()
                                .anyMatch(outage -> session.startedAt().isAfter(outage[0].plus(LAST_DIALS))
                                        && session.startedAt().isBefore(outage[1])))
                        .toList());
    }

    private void interrupt(OperatorsServer server, StopMode manner, Duration pause) throws Exception {
        server.stop(manner);
        var stopped = Instant.now();
        Thread.sleep(pause.toMillis());
        away.add(new Instant[] {stopped, Instant.now()});
        server.startAgain();
    }
}
