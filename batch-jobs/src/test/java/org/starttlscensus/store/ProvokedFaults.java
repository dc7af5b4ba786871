package org.starttlscensus.store;

import static org.starttlscensus.store.DatabaseFault.BUG;
import static org.starttlscensus.store.DatabaseFault.CONFLICT;
import static org.starttlscensus.store.DatabaseFault.DATA;
import static org.starttlscensus.store.DatabaseFault.OUTAGE;
import static org.starttlscensus.store.DatabaseFault.SURROUNDINGS;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.starttlscensus.postgres.EmbeddedPostgresUse;

/** Provokes the faults of a real PostgreSQL that {@link DatabaseFault} classifies. */
final class ProvokedFaults {

    private final EmbeddedPostgresUse server;

    ProvokedFaults(EmbeddedPostgresUse server) {
        this.server = server;
        try (var connection = connect()) {
            execute(connection, """
                    CREATE TABLE thing (id integer PRIMARY KEY, word text UNIQUE, small smallint CHECK (small > 0));
                    INSERT INTO thing VALUES (1, 'one', 1), (2, 'two', 2);
                    CREATE ROLE guest LOGIN PASSWORD 'guest' CONNECTION LIMIT 1""");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    interface Provocation {
        void provoke(Connection connection) throws Exception;
    }

    record Fault(String state, DatabaseFault expected, String description, Provocation provocation) {

        static Fault sql(String state, DatabaseFault expected, String description, String sql) {
            return new Fault(state, expected, description, connection -> execute(connection, sql));
        }
    }

    List<Fault> all() {
        return List.of(
                Fault.sql(
                        "57P01",
                        OUTAGE,
                        "an operator ends our session",
                        "SELECT pg_terminate_backend(pg_backend_pid())"),
                new Fault("25P03", OUTAGE, "idle in a transaction for too long", connection -> {
                    int process = process(connection);
                    execute(connection, "SET idle_in_transaction_session_timeout = '20ms'; BEGIN");
                    awaitEnd(process);
                    execute(connection, "SELECT 1");
                }),
                new Fault("57P05", OUTAGE, "idle for too long", connection -> {
                    int process = process(connection);
                    execute(connection, "SET idle_session_timeout = '20ms'");
                    awaitEnd(process);
                    execute(connection, "SELECT 1");
                }),
                new Fault("53300", OUTAGE, "too many connections", _ -> {
                    try (var first = connect("guest", "guest");
                            var second = connect("guest", "guest")) {
                        throw new AssertionError("%s and %s: expected one connection only".formatted(first, second));
                    }
                }),
                new Fault("08001", OUTAGE, "no server listens there", _ -> {
                    int port;
                    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                        port = socket.getLocalPort();
                    }
                    var url = "jdbc:postgresql://127.0.0.1:%d/c".formatted(port);
                    DatabaseServer.at(url, Optional.empty(), Optional.empty()).connect();
                }),
                new Fault("40001", CONFLICT, "another transaction changed it", connection -> {
                    execute(connection, "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT word FROM thing");
                    try (var other = connect()) {
                        execute(other, "UPDATE thing SET small = small WHERE id = 1");
                    }
                    execute(connection, "UPDATE thing SET small = small WHERE id = 1");
                }),
                new Fault("40P01", CONFLICT, "two transactions wait for each other", connection -> {
                    execute(connection, "SET deadlock_timeout = '20ms'; BEGIN");
                    execute(connection, "UPDATE thing SET small = small WHERE id = 1");
                    try (var other = connect()) {
                        execute(
                                other,
                                "SET deadlock_timeout = '1h'; BEGIN; UPDATE thing SET small = small WHERE id = 2");
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
                Fault.sql(
                        "57014",
                        SURROUNDINGS,
                        "a statement time-out set by the operator",
                        "SET statement_timeout = '20ms'; SELECT pg_sleep(20)"),
                Fault.sql(
                        "25P04",
                        SURROUNDINGS,
                        "a transaction time-out set by the operator",
                        "SET transaction_timeout = '20ms'; SELECT pg_sleep(20)"),
                new Fault("55P03", SURROUNDINGS, "a lock time-out set by the operator", connection -> {
                    try (var other = connect()) {
                        execute(other, "BEGIN; LOCK TABLE thing");
                        execute(connection, "SET lock_timeout = '20ms'; LOCK TABLE thing");
                    }
                }),
                Fault.sql(
                        "25006",
                        SURROUNDINGS,
                        "a read-only transaction, as on a standby",
                        "BEGIN READ ONLY; INSERT INTO thing VALUES (3)"),
                Fault.sql(
                        "53400",
                        SURROUNDINGS,
                        "more temporary files than allowed",
                        "SET temp_file_limit = '1MB'; SET work_mem = '64kB'; "
                                + "SELECT count(DISTINCT n || 'x') FROM generate_series(1, 300000) AS n"),
                Fault.sql(
                        "58P01",
                        SURROUNDINGS,
                        "a file of the server is missing",
                        "COPY thing FROM '/nowhere/to/be/found'"),
                new Fault("42501", SURROUNDINGS, "a missing privilege", _ -> {
                    try (var guest = connect("guest", "guest")) {
                        execute(guest, "SELECT word FROM thing");
                    }
                }),
                new Fault(
                        "28P01",
                        SURROUNDINGS,
                        "a wrong password",
                        _ -> connect("guest", "wrong").close()),
                new Fault(
                        "3D000",
                        SURROUNDINGS,
                        "no such database",
                        _ -> DatabaseServer.on(server, "nowhere").connect().close()),
                Fault.sql("22003", DATA, "a number too large", "INSERT INTO thing VALUES (3, 'three', 100000)"),
                new Fault("22021", DATA, "U+0000 in a text", connection -> {
                    try (var statement = connection.prepareStatement("INSERT INTO thing VALUES (3, ?, 3)")) {
                        statement.setString(1, "\0");
                        statement.executeUpdate();
                    }
                }),
                Fault.sql("23505", DATA, "a key twice", "INSERT INTO thing VALUES (1, 'three', 3)"),
                Fault.sql("23514", DATA, "a check", "INSERT INTO thing VALUES (3, 'three', -3)"),
                Fault.sql(
                        "54000",
                        DATA,
                        "a value too long for an index",
                        "INSERT INTO thing SELECT 3, string_agg(md5(n::text), ''), 3 "
                                + "FROM generate_series(1, 1000) AS n"),
                Fault.sql("42601", BUG, "no SQL", "SELEKT 1"),
                Fault.sql("42P01", BUG, "no such table", "SELECT word FROM nothing"));
    }

    Connection connect() {
        return DatabaseServer.on(server, "postgres").connect();
    }

    Connection connect(String user, String password) {
        var url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.port());
        return DatabaseServer.at(url, Optional.of(user), Optional.of(password)).connect();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Waits until the server has ended the session by its time-out. */
    private void awaitEnd(int process) throws SQLException {
        try (var other = connect();
                var statement = other.createStatement()) {
            var end = System.nanoTime() + 20_000_000_000L;
            while (true) {
                try (var result = statement.executeQuery("SELECT FROM pg_stat_activity WHERE pid = " + process)) {
                    if (!result.next()) return;
                }
                if (System.nanoTime() > end) throw new AssertionError("session " + process + " has not ended");
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
}
