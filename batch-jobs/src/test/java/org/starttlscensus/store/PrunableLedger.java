package org.starttlscensus.store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.starttlscensus.fact.CensusNight;

/** Some months of nights with rows in all the season's tables, and with what outlives them. */
final class PrunableLedger {

    static final List<String> TABLES = List.of("raw_reply", "planned_precedence", "planned_call", "permit");
    static final YearMonth OLDEST = YearMonth.of(2030, 12);
    static final int MONTHS = 4;

    private PrunableLedger() {}

    /** Two nights in each month, the first and the last. */
    static void fill(Database database) {
        for (int month = 0; month < MONTHS; month++) {
            night(database, OLDEST.plusMonths(month).atDay(1));
            night(database, OLDEST.plusMonths(month).atEndOfMonth());
        }
    }

    private static void night(Database database, LocalDate date) {
        var opened = Instant.parse(date + "T22:00:00Z");
        new Nights(database).open(new CensusNight(date), "test", "test", opened);
        List.of("""
                        INSERT INTO planned_call (night, endpoint_id, position, address, prefix, provider,
                                                  provider_source, provider_rules, is_primary, is_implicit)
                        SELECT :night, number, number, '127.64.0.0'::inet + number, '127.64.0.0/24', 'a.test', 'psl',
                               'test', true, false
                        FROM generate_series(1, 20) AS number""", """
                        INSERT INTO planned_precedence (night, mx_set_id, endpoint_id, is_best)
                        SELECT :night, 1, number, number = 1 FROM generate_series(1, 20) AS number""", """
                        INSERT INTO permit (night, epoch, endpoint_id, attempt, patient, start_at, dial_before)
                        SELECT :night, 1, number, 1, false, :night::date + time '22:00', :night::date + time '22:01'
                        FROM generate_series(1, 20) AS number""", """
                        INSERT INTO raw_reply (night, endpoint_id, attempt, banner)
                        SELECT night, endpoint_id, attempt, '220' FROM permit WHERE night = :night""", "UPDATE night SET completed_at = opened_at + interval '8 h' WHERE night = :night")
                .forEach(statement ->
                        database.jdbc().sql(statement).param("night", date).update());
    }

    /** Rows of one month in all these tables. */
    static List<Long> rows(Database database, YearMonth month) {
        return TABLES.stream()
                .map(table -> database.jdbc()
                        .sql("SELECT count(*) FROM %s WHERE night >= :first AND night < :next".formatted(table))
                        .param("first", month.atDay(1))
                        .param("next", month.plusMonths(1).atDay(1))
                        .query(Long.class)
                        .single())
                .toList();
    }

    static List<Long> all() {
        return List.of(40L, 40L, 40L, 40L);
    }

    static List<Long> none() {
        return List.of(0L, 0L, 0L, 0L);
    }

    /** What is left of a month in the catalogue: tables, also such as are taken out and not dropped. */
    static long tables(Database database, YearMonth month) {
        return database.jdbc()
                .sql("SELECT count(*) FROM month_partition WHERE parent = ANY (season_tables()) AND month = :month")
                .param("month", month.atDay(1))
                .query(Long.class)
                .single();
    }

    static long abandonedCalls(Database database) {
        return database.jdbc()
                .sql("SELECT count(*) FROM abandoned_call WHERE night < :next")
                .param("next", OLDEST.plusMonths(1).atDay(1))
                .query(Long.class)
                .single();
    }

    static long markedNights(Database database) {
        return database.jdbc()
                .sql("SELECT count(*) FROM night WHERE contacts_pruned_at IS NOT NULL")
                .query(Long.class)
                .single();
    }
}
