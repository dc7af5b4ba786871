package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.postgres.DatabaseException;

/** The first night of a month, beside people who read and people who lock. Each test has a month of its own. */
class MonthlyTablesIT {

    private static final List<String> PARENTS = List.of("permit", "planned_call", "planned_precedence", "raw_reply");

    @TempDir
    static Path directory;

    private static Database database;
    private static LocalDate first = LocalDate.of(2031, 1, 1);

    private CensusNight night;

    @BeforeAll
    static void open() {
        database = EmptyDatabase.in(directory);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void anotherMonth() {
        first = first.plusMonths(3);
        open(first.minusMonths(1));
        night = new CensusNight(first);
    }

    private static void open(LocalDate date) {
        new Nights(database).open(new CensusNight(date), "test", "test", Instant.parse("2031-01-01T22:00:00Z"));
    }

    private static List<String> missing(LocalDate date) {
        return database.jdbc()
                .sql("SELECT missing_months FROM missing_months(:night)")
                .param("night", date)
                .query(String.class)
                .list();
    }

    private static boolean isThere(LocalDate date) {
        return missing(date).isEmpty();
    }

    private static Connection with(String... statements) throws SQLException {
        var connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            for (var sql : statements) statement.execute(sql);
        }
        return connection;
    }

    /** In each order in which a reader or a writer may have come before: the parent, its month, an index, a view. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM permit",
                "SELECT count(*) FROM permit WHERE night = '%s' AND permit_id = 1",
                "SELECT count(*) FROM planned_call JOIN permit USING (night, endpoint_id) JOIN raw_reply USING (night)",
                "SELECT count(*) FROM pub.server",
                "SELECT count(*) FROM night",
                "SELECT count(*) FROM month_partition",
                "DECLARE half CURSOR FOR SELECT night FROM permit; FETCH 1 FROM half",
                "LOCK TABLE permit IN ACCESS SHARE MODE",
                "LOCK TABLE permit IN ROW EXCLUSIVE MODE",
                "INSERT INTO raw_reply (night, endpoint_id, attempt, banner) VALUES ('%s', 1, 1, 'x')",
                "DELETE FROM planned_call",
                "UPDATE night SET epoch = epoch"
            })
    void nobodyWhoReadsOrWritesIsInItsWay(String question) throws SQLException {
        for (var level : List.of("READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE")) {
            try (var reader = with(
                    "SET TRANSACTION ISOLATION LEVEL " + level,
                    question.formatted(night.date().minusMonths(1)))) {
                new MonthlyTables(database).open(night);
                assertTrue(isThere(night.date()), level);
                // the one that began before goes on reading, and reads the new month
                try (var statement = reader.createStatement()) {
                    statement.execute("SELECT count(*) FROM permit");
                }
                reader.rollback();
            }
            anotherMonth();
        }
    }

    @Test
    void aNightMakesItsOwnMonthAndTheNextOne() {
        openWithTheNextOne(night);
        assertTrue(isThere(night.date()));
        assertTrue(isThere(first.plusMonths(1)));
        var later = new CensusNight(first.plusDays(30)); // after a short month in the next one
        openWithTheNextOne(later);
        Stream.of(first, first.plusMonths(1), later.date(), later.date().plusMonths(1))
                .forEach(each -> assertTrue(isThere(each), () -> "30 days later, and no month is left out: " + each));
    }

    private static void openWithTheNextOne(CensusNight night) {
        open(night.date());
        assertEquals(Optional.empty(), new MonthlyTables(database).openAhead(night));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2032-01-31", "2032-10-30"})
    void theMonthAheadOfALongMonthsEndIsTheNextOne(String date) {
        var last = CensusNight.of(date);
        new MonthlyTables(database).open(last);
        assertEquals(Optional.empty(), new MonthlyTables(database).openAhead(last));
        assertTrue(isThere(last.date().plusDays(5)));
    }

    /** Whoever locks a table by hand is named, and nothing is half made. */
    @Test
    void whoLocksATableIsNamedAndTheNightDoesNotBegin() throws SQLException {
        try (var locking = with("SET application_name = 'by hand'", "LOCK TABLE planned_call IN SHARE MODE")) {
            var refused = assertThrows(DatabaseException.class, () -> open(night.date()));
            assertEquals(DatabaseException.DatabaseProblem.TABLES_LOCKED, refused.databaseProblem());
            Stream.of("by hand", "idle in transaction", "planned_call", "Night " + night, "no server was called")
                    .forEach(part -> assertTrue(refused.getMessage().contains(part), refused::getMessage));
            assertTrue(missing(night.date()).containsAll(PARENTS), "all or nothing");
            assertEquals(
                    0,
                    database.jdbc()
                            .sql("SELECT count(*) FROM night WHERE night = :night")
                            .param("night", night.date())
                            .query(Integer.class)
                            .single());
            locking.rollback();
        }
        open(night.date());
        assertTrue(isThere(night.date()));
    }

    @Test
    void aMonthAheadThatCannotBeMadeIsOnlyAWarning() throws SQLException {
        open(night.date());
        try (var locking = with("LOCK TABLE raw_reply IN EXCLUSIVE MODE")) {
            var warning = new MonthlyTables(database).openAhead(night).orElseThrow();
            assertTrue(warning.contains(first.plusMonths(1).toString().substring(0, 7)), warning);
            assertTrue(warning.contains("the next night tries again"), warning);
            locking.rollback();
        }
        assertEquals(Optional.empty(), new MonthlyTables(database).openAhead(night));
        assertTrue(isThere(first.plusMonths(1)));
    }

    @Test
    void severalProcessesMayMakeItAtOnce() {
        var all = Stream.generate(() -> CompletableFuture.runAsync(() -> new MonthlyTables(database).open(night)))
                .limit(4)
                .toList();
        all.forEach(CompletableFuture::join);
        assertTrue(isThere(night.date()));
    }

    /** The constraints and keys of a month are those of its table. */
    @Test
    void aMonthHasAllThatItsTableHas() {
        new MonthlyTables(database).open(night);
        var differing = database.jdbc()
                .sql("""
                        SELECT part.part || ' lacks ' || own.conname
                        FROM month_partition AS part
                        JOIN pg_constraint AS own ON own.conrelid = ('census.' || part.parent)::regclass
                        WHERE part.month = :month
                          AND own.contype IN ('c', 'p', 'u')
                          AND NOT EXISTS (
                              SELECT
                              FROM pg_constraint AS its
                              WHERE its.conrelid = part.relation
                                AND its.contype = own.contype
                                AND pg_get_constraintdef(its.oid) = pg_get_constraintdef(own.oid)
                          )""")
                .param("month", night.date())
                .query(String.class)
                .list();
        assertEquals(List.of(), differing);
    }
}
