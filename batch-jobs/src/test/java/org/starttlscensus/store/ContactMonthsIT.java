package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.store.PrunableLedger.OLDEST;
import static org.starttlscensus.store.PrunableLedger.rows;
import static org.starttlscensus.store.PrunableLedger.tables;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.postgres.DatabaseException;
import org.starttlscensus.postgres.EmbeddedPostgresUse;
import org.starttlscensus.store.ContactMonths.ContactMonth;

/** Months of the ledger that are dropped: what goes, what stays, who is in the way, and processes that die amid it. */
class ContactMonthsIT {

    private static final Instant NOW = Instant.parse("2031-03-31T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final YearMonth NEXT = OLDEST.plusMonths(1);
    /** Marking, then two steps for each table. */
    private static final int STEPS = 9;

    @TempDir
    Path directory;

    private Database database;
    private ContactMonths months;

    @BeforeEach
    void open() {
        database = EmptyDatabase.in(directory);
        months = new ContactMonths(database);
        PrunableLedger.fill(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void drop(YearMonth month) {
        months.drop(month, NOW, PATIENCE, () -> {});
    }

    private void requireGone() {
        assertEquals(PrunableLedger.none(), rows(database, OLDEST));
        assertEquals(0, tables(database, OLDEST));
        assertEquals(2, PrunableLedger.markedNights(database));
        assertEquals(40, PrunableLedger.abandonedCalls(database), "its calls without an end are contacts");
        for (int later = 1; later < PrunableLedger.MONTHS; later++)
            assertEquals(PrunableLedger.all(), rows(database, OLDEST.plusMonths(later)));
    }

    @Test
    void onlyWholeMonthsBeforeADateAreOld() {
        assertEquals(List.of(), months.endedBefore(LocalDate.of(2030, 12, 31)));
        var old = months.endedBefore(LocalDate.of(2031, 2, 27));
        assertEquals(
                List.of(OLDEST, NEXT), old.stream().map(ContactMonth::month).toList());
        assertEquals(List.of(2L, 2L), old.stream().map(ContactMonth::nights).toList());
        assertTrue(old.getFirst().bytes() > 0);
        assertEquals(
                OLDEST, months.endedBefore(LocalDate.of(2031, 1, 1)).getFirst().month());
    }

    @Test
    void theLastNightIsNoneOfTheFutureAndNoneThatWasRefused() {
        for (var begun : List.of("2031-03-01", "2031-03-31")) ListedNights.pin(database, CensusNight.of(begun));
        new Nights(database).open(CensusNight.of("2031-04-05"), "test", "test", NOW);
        assertEquals(Optional.of(CensusNight.of("2031-03-31")), months.lastNight(LocalDate.of(2031, 4, 9)));
        assertEquals(Optional.of(CensusNight.of("2031-03-01")), months.lastNight(LocalDate.of(2031, 3, 30)));
        assertEquals(Optional.empty(), months.lastNight(LocalDate.of(2030, 1, 1)));
    }

    @Test
    void aNightThatWasNeverJudgedIsNamed() {
        database.jdbc()
                .sql("UPDATE night SET completed_at = NULL WHERE night = '2030-12-31'")
                .update();
        var without = months.endedBefore(LocalDate.of(2031, 1, 1)).getFirst();
        assertEquals(Optional.empty(), without.unjudged(), "census check alone begins no night");
        for (var begun : List.of("2030-12-31", "2031-03-31")) ListedNights.pin(database, CensusNight.of(begun));
        var listed = months.endedBefore(LocalDate.of(2031, 1, 1)).getFirst();
        assertEquals(Optional.of(CensusNight.of("2030-12-31")), listed.unjudged());
    }

    /** Its looks are confirmed by what the 32 nights before it show: refusals there speak against them. */
    @Test
    void aMonthBeforeANightThatWaitsToBeJudgedStays() {
        var nights = List.of("2031-02-01", "2031-02-28", "2031-03-31");
        nights.forEach(night -> ListedNights.pin(database, CensusNight.of(night)));
        assertEquals(List.of("2031-02-01", "2031-02-01"), keptFor("2031-02-01"), "its 32 nights begin with 2030-12-31");
        assertEquals(List.of("-", "2031-02-28"), keptFor("2031-02-28"));
        assertEquals(List.of("-", "-"), keptFor("2031-03-31"));
    }

    /** For which night the first two months stay, if that one alone was never judged. */
    private List<String> keptFor(String night) {
        database.jdbc()
                .sql("UPDATE night SET completed_at = CASE WHEN night <> :night::date THEN opened_at END")
                .param("night", night)
                .update();
        return months.endedBefore(LocalDate.of(2031, 2, 1)).stream()
                .map(month -> month.unjudged().map(CensusNight::toString).orElse("-"))
                .toList();
    }

    /** census check writes to it, however long ago it was. */
    @Test
    void theMonthOfTheLastNightThatWasBegunIsNeverOld() {
        ListedNights.pin(database, CensusNight.of("2030-12-31"));
        ListedNights.pin(database, CensusNight.of("2031-01-31"));
        assertEquals(
                List.of(OLDEST, OLDEST.plusMonths(2)),
                months.endedBefore(LocalDate.of(2031, 3, 31)).stream()
                        .map(ContactMonth::month)
                        .toList());
    }

    @Test
    void aMonthGoesAndTheOthersStay() {
        drop(OLDEST);
        requireGone();
        drop(OLDEST);
        requireGone();
    }

    /** Interrupted before each step in turn; then once more from the beginning, with only what is left. */
    @Test
    void whatWasInterruptedIsCompleted() {
        for (int killedBefore = 0; killedBefore < STEPS; killedBefore++) {
            int[] left = {killedBefore};
            var month = killedBefore == 0 ? OLDEST : month(killedBefore);
            assertThrows(
                    Interrupted.class,
                    () -> months.drop(month, NOW, PATIENCE, () -> {
                        if (left[0]-- == 0) throw new Interrupted();
                    }));
            drop(month);
            assertEquals(PrunableLedger.none(), rows(database, month));
            assertEquals(0, tables(database, month));
            assertEquals(PrunableLedger.all(), rows(database, OLDEST.plusMonths(3)));
        }
    }

    private YearMonth month(int number) {
        var month = OLDEST.plusMonths(10L + number);
        new Nights(database).open(new CensusNight(month.atDay(1)), "test", "test", NOW);
        return month;
    }

    private static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** A researcher's transaction that has read the ledger, also of another month, and is idle since. */
    @Test
    void anOpenTransactionIsNamedAndKeepsNobodyElse() throws SQLException {
        try (var reader = database.dataSource().getConnection();
                var statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SET application_name = 'a researcher'; SELECT count(*) FROM planned_call");
            var refused = assertThrows(DatabaseException.class, () -> drop(OLDEST));
            assertTrue(refused.getMessage().contains("a researcher"), refused::getMessage);
            assertTrue(refused.getMessage().contains("census prune goes on from there"), refused::getMessage);
            assertEquals(List.of(0L, 0L, 0L, 40L), rows(database, OLDEST), "it was taken out, as far as others see");
            assertTrue(tables(database, OLDEST) > 0);
            new MonthlyTables(database).open(CensusNight.of("2031-08-01"));
            assertThrows(DatabaseException.class, () -> drop(OLDEST), "still there");
            reader.rollback();
        }
        drop(OLDEST);
        requireGone();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aProcessThatIsKilledBetweenTwoStepsLosesNothing(int killedBefore) throws Exception {
        database.close();
        try (var server = EmbeddedPostgresUse.of(directory)) {
            var process = start(server, killedBefore);
            assertTrue(process.waitFor(2, TimeUnit.MINUTES));
            assertEquals(PruningProcess.KILLED, process.exitValue());
            database = Database.openEmbedded(directory);
            months = new ContactMonths(database);
            assertTrue(tables(database, OLDEST) > 0);
            drop(OLDEST);
            requireGone();
        }
    }

    /** Killed while its statement waits in the server, which goes on for a while. */
    @Test
    void aProcessThatIsKilledWhileItWaitsLosesNothing() throws Exception {
        database.close();
        try (var server = EmbeddedPostgresUse.of(directory)) {
            database = Database.openEmbedded(directory);
            months = new ContactMonths(database);
            try (var reader = database.dataSource().getConnection();
                    var statement = reader.createStatement()) {
                reader.setAutoCommit(false);
                statement.execute("SELECT count(*) FROM permit");
                var process = start(server, 1_000);
                assertTrue(IntStream.range(0, 600).anyMatch(_ -> isWaiting()), "it waits for the reader");
                process.destroyForcibly().waitFor();
                reader.rollback();
            }
            drop(OLDEST);
            requireGone();
        }
    }

    /** The server is asked to wait, so that this thread need not sleep. */
    private boolean isWaiting() {
        return database.jdbc().sql("""
                        SELECT EXISTS (
                            SELECT FROM pg_stat_activity
                            WHERE wait_event_type = 'Lock' AND query LIKE '%DETACH PARTITION%permit%CONCURRENTLY')
                        FROM pg_sleep(0.1)""").query(Boolean.class).single();
    }

    private static Process start(EmbeddedPostgresUse server, int killedBefore) throws Exception {
        return PruningProcess.start(server.port(), server.password(), OLDEST, killedBefore);
    }
}
