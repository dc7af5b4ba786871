package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.SilentPath;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.store.OperatorsServer;

/**
 * Nights whose network path to the database goes silent during a step. Afterwards the old connections go on, are cut,
 * or stay silent for ever. No night ends early, and nothing is lost.
 *
 * <p>{@code -Dcensus.silences=50 -Dcensus.silence.longest=60} (seconds) makes it long; {@code -Dcensus.seed=7} makes it
 * another one.
 */
class SilentNightsIT {

    private static final int SILENCES = Integer.getInteger("census.silences", 2);
    private static final int LONGEST_SECONDS = Integer.getInteger("census.silence.longest", 7);
    private static final long SEED = Long.getLong("census.seed", System.nanoTime());
    private static final int SILENCES_PER_NIGHT = 4;
    private static final String RESTARTED = "the database is away. Until it is back no server is called";

    /** What happens to the old connections. */
    private enum Afterwards {
        GO_ON,
        CUT,
        FORGOTTEN
    }

    @TempDir
    Path home;

    private final Random random = new Random(SEED);
    private final Map<Afterwards, Integer> silences = new EnumMap<>(Afterwards.class);
    private Duration silent = Duration.ZERO;
    private int nights;
    private int count;
    private long repeated;
    private long restarts;

    @Test
    void theNightGoesOnByItself() throws Exception {
        assumeTrue(CensusProcess.isBuilt(), "needs target/census.jar: run by mvn verify, behind package");
        try (var server = OperatorsServer.start(home.resolve("server"))) {
            while (count < SILENCES) {
                nights++;
                try (var lab = Lab.open(MiniNight.lab(home, nights));
                        var path = SilentPath.to(server.port())) {
                    night(MiniNight.date(nights), lab, server, path);
                }
            }
            assertEquals(List.of(), server.deadlocks());
        }
        System.out.printf(
                "PostgreSQL's path fell silent: %d times %s, 1 to %d s, %d s in all, in %d nights; "
                        + "steps begun anew %d, calls repeated %d; "
                        + "rows lost 0, doubled 0, nights ended 0, deadlocks 0; seed %d%n",
                count, silences, LONGEST_SECONDS, silent.toSeconds(), nights, restarts, repeated, SEED);
    }

    /**
     * The server has committed an update of Spring Batch's tables, but its answer was lost with the session. The
     * version that this process has of that row is then out of date.
     */
    @Test
    void aNightWhoseJobTablesAreAheadOfItGoesOn() throws Exception {
        assumeTrue(CensusProcess.isBuilt(), "needs target/census.jar: run by mvn verify, behind package");
        try (var server = OperatorsServer.start(home.resolve("server"));
                var lab = Lab.open(MiniNight.lab(home, 1))) {
            var night = MiniNight.date(1);
            var run = CensusProcess.run(home, night, MiniNight.settings(lab, server.settings()), List.of());
            run.awaitOutput("call");
            try (var database = server.open()) {
                var jdbc = JdbcClient.create(database.dataSource());
                jdbc.sql("UPDATE batch.batch_step_execution SET version = version + 1 WHERE step_name = 'call'")
                        .update();
                jdbc.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                                + "WHERE application_name LIKE 'census run lock%'")
                        .query()
                        .listOfRows();
                MiniNight.finish(run, "the night");
                assertEquals(
                        1,
                        run.output()
                                .lines()
                                .filter(line -> line.contains(RESTARTED))
                                .count(),
                        run.output());
                new NightAudit(night, lab).lastLook(database, "at the end");
            }
        }
    }

    private void night(String night, Lab lab, OperatorsServer server, SilentPath path) throws Exception {
        var audit = new NightAudit(night, lab);
        var settings = MiniNight.settings(lab, server.settings(path.port()));
        var run = CensusProcess.run(home, night, settings, List.of());
        run.awaitOutput("list"); // a database that is away when it is opened is an error, told at once
        for (int one = 0; one < SILENCES_PER_NIGHT && count < SILENCES; one++) {
            if (run.isOverWithin(500 + random.nextLong(5_000))) break;
            silence(path);
        }
        MiniNight.finish(run, "night " + night + ", seed " + SEED);
        restarts +=
                run.output().lines().filter(line -> line.contains(RESTARTED)).count();
        try (var database = server.open()) {
            audit.lastLook(database, "at the end of " + night + ", seed " + SEED);
            repeated += audit.abandoned(database);
        }
    }

    /** Log-uniform: each doubling of the time is equally likely. */
    private void silence(SilentPath path) throws InterruptedException {
        var afterwards = Afterwards.values()[count % Afterwards.values().length];
        var length = Duration.ofMillis((long) (1_000 * Math.pow(LONGEST_SECONDS, random.nextDouble())));
        path.fallSilent();
        Thread.sleep(length.toMillis());
        switch (afterwards) {
            case GO_ON -> path.speak();
            case CUT -> path.speakWithoutOldConnections();
            case FORGOTTEN -> path.speakAndForgetOldConnections();
        }
        count++;
        silent = silent.plus(length);
        silences.merge(afterwards, 1, Integer::sum);
    }
}
