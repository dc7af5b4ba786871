package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.lists.ListTolerance;

/** An earlier night that cannot be closed: tonight runs nevertheless, and the run then ends with that fault. */
class ClosingFaultIT {

    private static final CensusNight BROKEN = CensusNight.of("2030-01-01");
    private static final CensusNight TONIGHT = CensusNight.of("2030-01-02");

    @TempDir
    Path directory;

    private LabNights nights;

    /** A night that was planned, called once and never resumed. A trigger makes the database refuse to close it. */
    @BeforeEach
    void brokenOff() throws Exception {
        nights = LabNights.open(directory);
        nights.plan(BROKEN);
        nights.execute("""
                INSERT INTO census.permit (night, epoch, endpoint_id, attempt, patient, start_at, dial_before)
                SELECT night, 1, endpoint_id, 1, false, now() - interval '25 hours', now() - interval '24 hours'
                FROM census.planned_call WHERE not_attempted IS NULL LIMIT 1""");
        nights.execute("ALTER TABLE census.night ADD CONSTRAINT none_closed_early CHECK (NOT is_closed_early)");
    }

    @AfterEach
    void close() throws Exception {
        nights.close();
    }

    private NightRunner.NightResult run(Consumer<NightRunner> whenTold) {
        return run(TONIGHT, whenTold);
    }

    private NightRunner.NightResult run(CensusNight night, Consumer<NightRunner> whenTold) {
        var request = new NightRequest(
                night,
                nights.settings().lists(),
                directory.resolve("published"),
                ListTolerance.ORDINARY,
                OptionalInt.empty(),
                false);
        var runner = new NightRunner[1];
        var progress = new Progress() {
            @Override
            public void begin(String step) {}

            @Override
            public void at(long done, long total) {}

            @Override
            public void say(String words) {
                if (words.contains("could not be closed")) whenTold.accept(runner[0]);
            }
        };
        runner[0] = new NightRunner(nights.database(), nights.settings(), progress, Clock.systemUTC());
        try (var lock = nights.database().tryRunLock().orElseThrow()) {
            return runner[0].run(request, lock);
        }
    }

    private List<String> completed() {
        return JdbcClient.create(nights.database().dataSource())
                .sql("SELECT night::text FROM census.night WHERE completed_at IS NOT NULL")
                .query(String.class)
                .list();
    }

    @Test
    void tonightIsCompletedAndTheRunEndsWithTheFault() {
        var fault = assertThrows(IllegalStateException.class, () -> run(_ -> {}));
        assertTrue(fault.getMessage().contains("could not be closed"), fault::getMessage);
        assertEquals(List.of(TONIGHT.toString()), completed());
    }

    /** A fault that is mended is over, although later nights were judged meanwhile. */
    @Test
    void isClosedByALaterRun() throws Exception {
        nights.execute("ALTER TABLE census.night DROP CONSTRAINT none_closed_early");
        nights.execute(
                "ALTER TABLE census.domain_night ADD CONSTRAINT disk_full CHECK (night <> '%s')".formatted(BROKEN));
        assertThrows(RuntimeException.class, () -> run(_ -> {}));
        assertEquals(List.of(TONIGHT.toString()), completed());
        nights.execute("ALTER TABLE census.domain_night DROP CONSTRAINT disk_full");
        var next = CensusNight.of("2030-01-03");
        assertEquals(NightRunner.NightResult.COMPLETED, run(next, _ -> {}));
        assertEquals(
                List.of(BROKEN.toString(), TONIGHT.toString(), next.toString()),
                completed().stream().sorted().toList());
    }

    /** As if the run monitor failed during the closing and requested the stop: the run must not end as a success. */
    @Test
    void theFaultIsNotLostIfTheRunIsStopped() {
        assertThrows(IllegalStateException.class, () -> run(NightRunner::stop));
        assertEquals(List.of(), completed());
    }
}
