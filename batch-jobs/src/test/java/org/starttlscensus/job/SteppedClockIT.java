package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.NightStep;
import org.starttlscensus.lab.Lab;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.OperatorsServer;

/**
 * A night on a machine whose wall clock is an hour ahead at first. The process is killed during the calls and started
 * again with a clock that is an hour behind. The database's clock is right. libfaketime sets the clock.
 */
class SteppedClockIT {

    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"));
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    @TempDir
    Path home;

    @Test
    void theDatabasesTimeCounts() throws Exception {
        assumeTrue(CensusProcess.isBuilt(), "needs target/census.jar: run by mvn verify, behind package");
        Optional<Path> library = LIBRARIES.stream().filter(Files::exists).findFirst();
        assumeTrue(library.isPresent(), "needs libfaketime: apt-get install faketime");
        try (var server = OperatorsServer.start(home.resolve("server"))) {
            try (var lab = Lab.open(MiniNight.lab(home, 1))) {
                night(MiniNight.date(1), lab, server, library.get());
            }
        }
    }

    private void night(String night, Lab lab, OperatorsServer server, Path library) throws Exception {
        var clock = home.resolve("clock");
        var settings = MiniNight.settings(lab, server.settings());
        var environment = Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                clock.toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "DONT_FAKE_MONOTONIC",
                "1",
                // otherwise a waiting Java thread wakes up too early, or never
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
        set(clock, 0);
        var began = Instant.now();
        var run = CensusProcess.run(home, night, settings, List.of(), environment);
        int ahead = 1;
        for (var step : NightStep.values()) {
            run.awaitOutput(step.label());
            set(clock, ahead);
            ahead = -ahead;
            if (step == NightStep.CALL) {
                run.isOverWithin(1_500);
                run.kill();
                set(clock, ahead);
                run = CensusProcess.run(home, night, settings, List.of(), environment);
            }
        }
        MiniNight.finish(run, "night " + night + ", clock set at each step");
        assertTrue(run.output().contains("the clock of this machine is 3,6"), run.output());
        try (var database = server.open()) {
            var audit = new NightAudit(night, lab);
            audit.lastLook(database, night);
            assertEquals(
                    List.of(),
                    outside(
                            database,
                            night,
                            began.minus(TOLERANCE),
                            Instant.now().plus(TOLERANCE)));
        }
    }

    /** As faketime reads it: the difference to the right time in seconds. */
    private static void set(Path clock, int hours) throws IOException {
        var next = Files.writeString(clock.resolveSibling("next-clock"), "%+d".formatted(hours * 3_600));
        Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Permits and calls whose times are before or after the night, or that ended before they began. */
    private static List<Long> outside(Database database, String night, Instant from, Instant until) {
        return JdbcClient.create(database.dataSource())
                .sql("""
                SELECT permit_id
                FROM census.permit
                WHERE night = :night
                  AND (start_at < :from OR dial_before > :until + interval '10 s' OR started_at < :from
                       OR ended_at > :until OR ended_at < started_at OR closed_at < start_at)""")
                .param("night", LocalDate.parse(night))
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .list();
    }
}
