package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.store.DatabaseFault.BUG;
import static org.starttlscensus.store.DatabaseFault.CONFLICT;
import static org.starttlscensus.store.DatabaseFault.DATA;
import static org.starttlscensus.store.DatabaseFault.OUTAGE;
import static org.starttlscensus.store.DatabaseFault.SURROUNDINGS;

import com.zaxxer.hikari.HikariDataSource;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.starttlscensus.postgres.EmbeddedPostgresUse;

/** Faults of a real PostgreSQL, each provoked, and what is made of them: which are waited out, and which end a run. */
class DatabaseFaultIT {

    @TempDir
    static Path directory;

    private static EmbeddedPostgresUse server;

    @BeforeAll
    static void start() throws SQLException {
        EmptyDatabase.layOut(directory, List.of("classpath:store/one"));
        server = EmbeddedPostgresUse.of(directory);
        try (var connection = connect()) {
            execute(connection, """
                    CREATE TABLE thing (id integer PRIMARY KEY, word text UNIQUE, small smallint CHECK (small > 0));
                    INSERT INTO thing VALUES (1, 'one', 1), (2, 'two', 2);
                    CREATE ROLE guest LOGIN PASSWORD 'guest' CONNECTION LIMIT 1""");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Connection connect() {
        return DatabaseServer.on(server, "postgres").connect();
    }

    private static Connection connect(String user, String password) {
        var url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.port());
        return DatabaseServer.at(url, Optional.of(user), Optional.of(password)).connect();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Waits until the server has ended that session, as it does after the time-out that the session asked for. */
    private static void awaitEnd(int process) throws SQLException {
        try (var other = connect();
                var statement = other.createStatement()) {
            var end = System.nanoTime() + 20_000_000_000L;
            while (true) {
                try (var result = statement.executeQuery("SELECT FROM pg_stat_activity WHERE pid = " + process)) {
                    if (!result.next()) return;
                }
                if (System.nanoTime() > end) throw new AssertionError("session " + process + " is not ended");
            }
        }
    }

    private static int process(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT pg_backend_pid()")) {
            result.next();
            return result.getInt(1);
        }
    }

    private interface Provocation {
        void provoke(Connection connection) throws Exception;
    }

    private record Case(String state, DatabaseFault expected, String what, Provocation provocation) {

        static Case sql(String state, DatabaseFault expected, String what, String sql) {
            return new Case(state, expected, what, connection -> execute(connection, sql));
        }
    }

    private static final List<Case> CASES = List.of(
            Case.sql("57P01", OUTAGE, "an operator ends our session", "SELECT pg_terminate_backend(pg_backend_pid())"),
            new Case("25P03", OUTAGE, "we were silent amid a transaction", connection -> {
                int process = process(connection);
                execute(connection, "SET idle_in_transaction_session_timeout = '20ms'; BEGIN");
                awaitEnd(process);
                execute(connection, "SELECT 1");
            }),
            new Case("57P05", OUTAGE, "we were silent", connection -> {
                int process = process(connection);
                execute(connection, "SET idle_session_timeout = '20ms'");
                awaitEnd(process);
                execute(connection, "SELECT 1");
            }),
            new Case("53300", OUTAGE, "too many connections", _ -> {
                try (var first = connect("guest", "guest");
                        var second = connect("guest", "guest")) {
                    throw new AssertionError("%s and %s are one too many".formatted(first, second));
                }
            }),
            new Case("08001", OUTAGE, "nobody listens there", _ -> {
                int port;
                try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                    port = socket.getLocalPort();
                }
                var url = "jdbc:postgresql://127.0.0.1:%d/c".formatted(port);
                DatabaseServer.at(url, Optional.empty(), Optional.empty()).connect();
            }),
            new Case("40001", CONFLICT, "another transaction changed it", connection -> {
                execute(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT word FROM thing");
                try (var other = connect()) {
                    execute(other, "UPDATE thing SET small = small WHERE id = 1");
                }
                execute(connection, "UPDATE thing SET small = small WHERE id = 1");
            }),
            new Case("40P01", CONFLICT, "two transactions wait for each other", connection -> {
                execute(connection, "SET deadlock_timeout = '20ms'; BEGIN");
                execute(connection, "UPDATE thing SET small = small WHERE id = 1");
                try (var other = connect()) {
                    execute(other, "SET deadlock_timeout = '1h'; BEGIN; UPDATE thing SET small = small WHERE id = 2");
                    var waiting = CompletableFuture.runAsync(() -> {
                        try {
                            execute(other, "UPDATE thing SET small = small WHERE id = 1");
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    });
                    try {
                        execute(connection, "UPDATE thing SET small = small WHERE id = 2");
                    } finally {
                        execute(connection, "ROLLBACK");
                        waiting.join();
                    }
                }
            }),
            Case.sql(
                    "57014",
                    SURROUNDINGS,
                    "a statement takes longer than its operator allows",
                    "SET statement_timeout = '20ms'; SELECT pg_sleep(20)"),
            Case.sql(
                    "25P04",
                    SURROUNDINGS,
                    "a transaction takes longer than its operator allows",
                    "SET transaction_timeout = '20ms'; SELECT pg_sleep(20)"),
            new Case("55P03", SURROUNDINGS, "a lock is not to be had in the time its operator allows", connection -> {
                try (var other = connect()) {
                    execute(other, "BEGIN; LOCK TABLE thing");
                    execute(connection, "SET lock_timeout = '20ms'; LOCK TABLE thing");
                }
            }),
            Case.sql(
                    "25006",
                    SURROUNDINGS,
                    "a transaction that takes no writes, as on a standby",
                    "BEGIN READ ONLY; INSERT INTO thing VALUES (3)"),
            Case.sql(
                    "53400",
                    SURROUNDINGS,
                    "more temporary files than allowed",
                    "SET temp_file_limit = '1MB'; SET work_mem = '64kB'; "
                            + "SELECT count(DISTINCT n || 'x') FROM generate_series(1, 300000) AS n"),
            Case.sql(
                    "58P01",
                    SURROUNDINGS,
                    "a file of the server's is missing",
                    "COPY thing FROM '/nowhere/to/be/found'"),
            new Case("42501", SURROUNDINGS, "a right is missing", _ -> {
                try (var guest = connect("guest", "guest")) {
                    execute(guest, "SELECT word FROM thing");
                }
            }),
            new Case(
                    "28P01",
                    SURROUNDINGS,
                    "a wrong password",
                    _ -> connect("guest", "wrong").close()),
            new Case(
                    "3D000",
                    SURROUNDINGS,
                    "no such database",
                    _ -> DatabaseServer.on(server, "nowhere").connect().close()),
            Case.sql("22003", DATA, "a number too large", "INSERT INTO thing VALUES (3, 'three', 100000)"),
            new Case("22021", DATA, "U+0000 in a text", connection -> {
                try (var statement = connection.prepareStatement("INSERT INTO thing VALUES (3, ?, 3)")) {
                    statement.setString(1, "\0");
                    statement.executeUpdate();
                }
            }),
            Case.sql("23505", DATA, "a key twice", "INSERT INTO thing VALUES (1, 'three', 3)"),
            Case.sql("23514", DATA, "a check", "INSERT INTO thing VALUES (3, 'three', -3)"),
            Case.sql(
                    "54000",
                    DATA,
                    "a value longer than an index takes",
                    "INSERT INTO thing SELECT 3, string_agg(md5(n::text), ''), 3 FROM generate_series(1, 1000) AS n"),
            Case.sql("42601", BUG, "no SQL", "SELEKT 1"),
            Case.sql("42P01", BUG, "no such table", "SELECT word FROM nothing"));

    @TestFactory
    Stream<DynamicTest> isToldByItsSqlState() {
        return CASES.stream()
                .map(one -> DynamicTest.dynamicTest(one.state + " " + one.what, () -> {
                    try (var connection = connect()) {
                        var fault = assertThrows(Exception.class, () -> one.provocation.provoke(connection));
                        assertEquals(Optional.of(one.state), DatabaseFault.sqlState(fault), fault::toString);
                        assertEquals(Optional.of(one.expected), DatabaseFault.behind(wrapped(fault)), fault::toString);
                        assertEquals(one.expected == OUTAGE, Outage.isCausedBy(fault));
                    }
                }));
    }

    /** As a step of a night throws it. */
    private static Exception wrapped(Exception fault) {
        var translator = new SQLErrorCodeSQLExceptionTranslator("PostgreSQL");
        var translated = fault instanceof SQLException known ? translator.translate("task", "SQL", known) : null;
        return new IllegalStateException("the calls could not go on", translated == null ? fault : translated);
    }

    @Test
    void aPoolThatHasNoConnectionToGiveIsAnOutage() throws SQLException {
        try (var pool = new HikariDataSource()) {
            pool.setDataSource(DatabaseServer.on(server, "postgres").source());
            pool.setMaximumPoolSize(1);
            pool.setConnectionTimeout(250);
            try (var taken = pool.getConnection()) {
                var fault = assertThrows(SQLException.class, pool::getConnection);
                assertEquals(Optional.empty(), DatabaseFault.sqlState(fault), "nobody refused: the connections hang");
                assertEquals(Optional.of(OUTAGE), DatabaseFault.behind(wrapped(fault)));
                assertTrue(taken.isValid(1));
            }
        }
    }

    /** What cannot be provoked here, by its state alone. */
    @Test
    void isToldAlsoWhereItIsRare() {
        for (var state : List.of("08000", "08003", "08006", "08007", "57P02", "57P03")) {
            assertEquals(OUTAGE, DatabaseFault.of(state), state);
        }
        for (var state : List.of("53100", "53200", "58000", "58030", "57P04", "XX001", "08004", "08P01", "28000")) {
            assertEquals(SURROUNDINGS, DatabaseFault.of(state), state);
        }
    }

    @Test
    void ofSomethingElseIsNone() {
        var fault = new IllegalStateException(new ArithmeticException("integer overflow"));
        assertEquals(Optional.empty(), DatabaseFault.behind(fault));
    }
}
