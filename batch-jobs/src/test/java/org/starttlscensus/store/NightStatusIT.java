package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.PlannedNight;
import org.starttlscensus.fact.CensusNight;

/** The numbers of a night, and its pace. */
class NightStatusIT {

    private static final CensusNight NIGHT = CensusNight.of("2030-01-01");

    @TempDir
    private Path directory;

    private Database database;
    private JdbcClient jdbc;

    /** Two providers: endpoints 1 to 99, and 100 to 199. */
    @BeforeEach
    void open() {
        database = EmptyDatabase.in(directory);
        jdbc = JdbcClient.create(database.dataSource());
        PlannedNight.in(database, NIGHT, 199, 100);
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** Calls one after the other, from ten o'clock on, each five seconds long. */
    private void calls(int from, int to, int secondsBetween) {
        jdbc.sql("""
                INSERT INTO census.permit (night, epoch, endpoint_id, attempt, patient, start_at, dial_before,
                                           started_at, ended_at, closed_at, signal)
                SELECT '2030-01-01', 1, number, 1, false, at, at + interval '1 min', at, at + interval '5 s',
                       at + interval '6 s', 'ok'
                FROM (SELECT number, '2030-01-01 22:00Z'::timestamptz + make_interval(secs => :gap * (number - :from))
                             AS at
                      FROM generate_series(:from, :to) AS number) AS call""")
                .param("from", from)
                .param("to", to)
                .param("gap", secondsBetween)
                .update();
    }

    private NightStatus.NightPace pace() {
        return new NightStatus(database).pace(NIGHT);
    }

    @Test
    void callsOfChecksAreCountedApart() {
        calls(1, 3, 10);
        jdbc.sql("UPDATE census.permit SET started_at = NULL, ended_at = NULL, signal = 'not_dialled' "
                        + "WHERE endpoint_id = 3")
                .update();
        jdbc.sql("UPDATE census.planned_call SET not_attempted = 'suspended' WHERE endpoint_id = 50")
                .update();
        jdbc.sql("""
                INSERT INTO census.asked_call (night, endpoint_id, provider, provider_source, asked_at)
                VALUES ('2030-01-01', 50, 'x.test', 'psl', now()), ('2030-01-01', 2, 'x.test', 'psl', now()),
                       ('2030-01-01', 51, 'x.test', 'psl', now())""").update();
        calls(50, 50, 10);
        jdbc.sql("""
                INSERT INTO census.permit (night, epoch, endpoint_id, attempt, patient, start_at, dial_before)
                VALUES ('2030-01-01', 1, 4, 1, false, now(), now() + interval '1 min')""").update();
        var counts = new NightStatus(database).counts(NIGHT);
        assertEquals(199, counts.planned());
        assertEquals(198, counts.toCall());
        assertEquals(2, counts.called(), "not the one that was permitted and not dialled, nor the open one");
        assertEquals(2, counts.calls());
        assertEquals(1, counts.openCalls());
        assertEquals(1, counts.checked());
        assertEquals(1, counts.checkCalls());
    }

    @Test
    void thePaceIsThatOfTheLastCalls() {
        assertEquals(new NightStatus.NightPace(199, Optional.empty()), pace());
        calls(1, 99, 10);
        assertEquals(100, pace().remaining());
        assertEquals(Duration.ofSeconds(985 * 100 / 99), pace().left().orElseThrow());
        calls(100, 199, 10);
        assertEquals(new NightStatus.NightPace(0, Optional.of(Duration.ZERO)), pace());
    }

    /** The fast provider is done; the slow one is called as slowly as before. */
    @Test
    void theSlowestProviderDecides() {
        calls(1, 99, 2);
        calls(100, 109, 60);
        assertEquals(90, pace().remaining());
        // 545 s for its ten calls so far
        assertEquals(Duration.ofSeconds(545 * 9), pace().left().orElseThrow());
    }

    @Test
    void theTimeBeforeAResumeIsNoPartOfThePace() {
        calls(1, 10, 10);
        var before = pace();
        jdbc.sql("""
                INSERT INTO census.run_request (night, request, requested_at)
                VALUES ('2030-01-01', 'pause', '2030-01-01 22:01:40Z')""").update();
        assertEquals(before, pace(), "while it is paused nothing changes");
        jdbc.sql("""
                INSERT INTO census.run_request (night, request, requested_at)
                VALUES ('2030-01-01', 'resume', '2030-01-01 22:59:50Z')""").update();
        assertEquals(Optional.empty(), pace().left(), "no call has ended since");
        jdbc.sql("UPDATE census.run_request SET requested_at = '2030-01-01 22:00:50Z' WHERE request = 'resume'")
                .update();
        // five calls have ended in the 45 s since
        assertEquals(Duration.ofSeconds(45 * 189 / 5), pace().left().orElseThrow());
    }
}
