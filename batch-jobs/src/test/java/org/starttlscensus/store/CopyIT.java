package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.starttlscensus.fact.Address;

/** Rows by COPY from a real PostgreSQL, read directly and ahead, also if either end fails. */
@Timeout(60)
@ExtendWith(EmptyDatabaseExtension.class)
class CopyIT {

    private static final int MANY = 100_000;
    private static final String NUMBERS = """
            COPY (SELECT n FROM generate_series(1, current_setting('census.most')::bigint) AS n)
            TO STDOUT (FORMAT binary)""";

    private static Database database;

    private static List<Long> numbers(int most) {
        var numbers = new ArrayList<Long>();
        database.copy(NUMBERS, Map.of("most", String.valueOf(most)), row -> numbers.add(row.number()));
        return numbers;
    }

    private static ReadAhead<Long> ahead(String statement) {
        return new ReadAhead<>(each ->
                database.copy(statement, Map.of("most", String.valueOf(MANY)), row -> each.accept(row.number())));
    }

    @Test
    void everyTypeIsReadAsStored() {
        database.copy("""
                COPY (SELECT 7::smallint, -8::integer, 9000000000::bigint, NULL::bigint, true, NULL::boolean,
                      'Grüße', '', NULL::text,
                             timestamptz '2026-11-26 01:02:03.000004Z',
                             timestamptz '1969-12-31 23:59:59.999999Z', NULL::timestamptz,
                             inet '192.0.2.1', inet '2001:db8::1') TO STDOUT (FORMAT binary)""", Map.of(), row -> {
            assertEquals(7, row.number());
            assertEquals(-8, row.number());
            assertEquals(9_000_000_000L, row.number());
            assertEquals(OptionalLong.empty(), row.numberIfAny());
            assertEquals(List.of(true, false), List.of(row.flag(), row.flag()));
            assertEquals(
                    List.of(Optional.of("Grüße"), Optional.of(""), Optional.empty()),
                    List.of(row.text(), row.text(), row.text()));
            assertEquals(Optional.of(Instant.parse("2026-11-26T01:02:03.000004Z")), row.time());
            assertEquals(Optional.of(Instant.parse("1969-12-31T23:59:59.999999Z")), row.time());
            assertEquals(Optional.empty(), row.time());
            assertEquals(
                    List.of(Address.of("192.0.2.1"), Address.of("2001:db8::1")), List.of(row.address(), row.address()));
        });
    }

    @Test
    void allRowsAreRead() {
        assertEquals(List.of(), numbers(0));
        assertEquals(List.of(1L), numbers(1));
        assertEquals(MANY, numbers(MANY).size());
    }

    @Test
    void afterAFailureOfTheConsumerTheConnectionCanBeUsed() {
        for (int time = 0; time < 5; time++) { // more often than there are connections
            assertThrows(
                    ArithmeticException.class,
                    () -> database.copy(NUMBERS, Map.of("most", String.valueOf(MANY)), row -> {
                        if (row.number() == 5) throw new ArithmeticException("the fifth");
                    }));
            assertThrows(
                    OutOfMemoryError.class,
                    () -> database.copy(NUMBERS, Map.of("most", String.valueOf(MANY)), row -> {
                        if (row.number() == 5) throw new OutOfMemoryError("the fifth");
                    }));
        }
        assertEquals(MANY, numbers(MANY).size());
    }

    @Test
    void theConsumerMayRunOtherQueries() {
        var answers = new ArrayList<Long>();
        Consumer<CopiedRow> querying = row -> answers.add(database.jdbc()
                .sql("SELECT :number")
                .param("number", row.number())
                .query(Long.class)
                .single());
        database.copy(NUMBERS, Map.of("most", "2000"), querying);
        database.transactions().executeWithoutResult(_ -> database.copy(NUMBERS, Map.of("most", "2000"), querying));
        assertEquals(4_000, answers.size());
    }

    @Test
    void readAheadKeepsTheOrder() {
        var numbers = new ArrayList<Long>();
        try (var rows = ahead(NUMBERS)) {
            rows.forEach(numbers::add);
        }
        assertEquals(numbers(MANY), numbers);
    }

    @Test
    void aFailureOfTheServerIsThrownToTheCaller() {
        try (var rows =
                ahead("COPY (SELECT 1 / (n - 5000) FROM generate_series(1, 9000) AS n) TO STDOUT (FORMAT binary)")) {
            var thrown = assertThrows(RuntimeException.class, () -> rows.forEach(_ -> {}));
            assertFalse(thrown instanceof CancellationException, thrown.toString());
        }
        assertEquals(MANY, numbers(MANY).size());
    }

    @Test
    void aFailureOfTheReaderIsThrownToTheCaller() {
        var rows = new ReadAhead<Long>(_ -> {
            throw new OutOfMemoryError("at once");
        });
        assertEquals(
                OutOfMemoryError.class,
                assertThrows(IllegalStateException.class, () -> rows.forEach(_ -> {}))
                        .getCause()
                        .getClass());
    }

    @Test
    void closingEarlyReleasesTheConnection() {
        for (int time = 0; time < 10; time++) {
            try (var rows = ahead(NUMBERS)) {
                assertThrows(
                        ArithmeticException.class,
                        () -> rows.forEach(number -> {
                            if (number == 5_000) throw new ArithmeticException("enough");
                        }));
            }
            ahead(NUMBERS).close();
        }
        assertEquals(MANY, numbers(MANY).size());
    }
}
