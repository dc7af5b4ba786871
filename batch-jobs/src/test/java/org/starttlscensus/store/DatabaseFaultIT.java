package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.store.DatabaseFault.OUTAGE;
import static org.starttlscensus.store.DatabaseFault.SURROUNDINGS;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.starttlscensus.postgres.EmbeddedPostgresUse;

/** Faults of a real PostgreSQL and their classification: which ones are retried, and which ones end a run. */
class DatabaseFaultIT {

    @TempDir
    static Path directory;

    private static EmbeddedPostgresUse server;
    private static ProvokedFaults faults;

    @BeforeAll
    static void start() {
        EmptyDatabase.layOut(directory, List.of("classpath:store/one"));
        server = EmbeddedPostgresUse.of(directory);
        faults = new ProvokedFaults(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> isClassifiedByItsSqlState() {
        return faults.all().stream()
                .map(one -> DynamicTest.dynamicTest(one.state() + " " + one.description(), () -> {
                    try (var connection = faults.connect()) {
                        var fault = assertThrows(
                                Exception.class, () -> one.provocation().provoke(connection));
                        assertEquals(Optional.of(one.state()), DatabaseFault.sqlState(fault), fault::toString);
                        assertEquals(
                                Optional.of(one.expected()), DatabaseFault.behind(wrapped(fault)), fault::toString);
                        assertEquals(one.expected() == OUTAGE, Outage.isCausedBy(fault));
                    }
                }));
    }

    /** Wraps the fault as a step of a night would. */
    private static Exception wrapped(Exception fault) {
        var translator = new SQLErrorCodeSQLExceptionTranslator("PostgreSQL");
        var translated = fault instanceof SQLException known ? translator.translate("task", "SQL", known) : null;
        return new IllegalStateException("a step failed", translated == null ? fault : translated);
    }

    @Test
    void aPoolWithoutAFreeConnectionIsAnOutage() throws SQLException {
        try (var pool = new HikariDataSource()) {
            pool.setDataSource(DatabaseServer.on(server, "postgres").source());
            pool.setMaximumPoolSize(1);
            pool.setConnectionTimeout(250);
            try (var taken = pool.getConnection()) {
                var fault = assertThrows(SQLException.class, pool::getConnection);
                assertEquals(Optional.empty(), DatabaseFault.sqlState(fault), "the connections hang");
                assertEquals(Optional.of(OUTAGE), DatabaseFault.behind(wrapped(fault)));
                assertTrue(taken.isValid(1));
            }
        }
    }

    /** Faults that cannot be provoked here, by their SQLSTATE alone. */
    @Test
    void areClassifiedEvenIfTheyAreRare() {
        for (var state : List.of("08000", "08003", "08006", "08007", "57P02", "57P03")) {
            assertEquals(OUTAGE, DatabaseFault.of(state), state);
        }
        for (var state : List.of("53100", "53200", "58000", "58030", "57P04", "XX001", "08004", "08P01", "28000")) {
            assertEquals(SURROUNDINGS, DatabaseFault.of(state), state);
        }
    }

    @Test
    void ofAnotherExceptionIsNone() {
        var fault = new IllegalStateException(new ArithmeticException("integer overflow"));
        assertEquals(Optional.empty(), DatabaseFault.behind(fault));
    }
}
