package org.starttlscensus.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.ds.PGSimpleDataSource;
import org.starttlscensus.postgres.DatabaseAccess;
import org.starttlscensus.postgres.DatabaseException;
import org.starttlscensus.postgres.EmbeddedPostgresCluster;
import org.starttlscensus.postgres.EmbeddedPostgresUse;

/**
 * A PostgreSQL server and one of its databases: connects to it, and checks that it is suitable.
 *
 * @param withoutTimeout for migrations: one that rewrites a table of many nights may take hours
 */
public record DatabaseServer(PGSimpleDataSource source, PGSimpleDataSource withoutTimeout, String where) {

    private static final int OLDEST = 15;
    private static final int CONNECT_SECONDS = 10;
    /**
     * Read timeout of a connection: the last resort if nothing else shows that an answer was lost. The longest
     * statement measured at a million domains takes two minutes and sends nothing meanwhile.
     */
    private static final int READ_TIMEOUT_SECONDS = 1_800;

    private static final int NO_TIMEOUT = 0;
    /** How long a new user of an embedded server tries to reach one that was found running. */
    private static final Duration EMBEDDED_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
    private static final String NO_SUCH_DATABASE = "3D000";
    /** Another process has just created it; PostgreSQL detects that in one of two places. */
    private static final Set<String> DATABASE_EXISTS = Set.of("42P04", "23505");

    static DatabaseServer at(String url, Optional<String> user, Optional<String> password) {
        return at(url, user, password, url.replaceFirst("\\?.*", ""));
    }

    private static DatabaseServer at(String url, Optional<String> user, Optional<String> password, String where) {
        return new DatabaseServer(
                source(url, user, password, READ_TIMEOUT_SECONDS), source(url, user, password, NO_TIMEOUT), where);
    }

    private static PGSimpleDataSource source(
            String url, Optional<String> user, Optional<String> password, int readTimeout) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        user.ifPresent(source::setUser);
        password.ifPresent(source::setPassword);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(readTimeout);
        source.setTcpKeepAlive(true);
        source.setSocketFactory(KeepAliveSockets.class.getName());
        source.setReWriteBatchedInserts(true);
        source.setApplicationName("census");
        return source;
    }

    /** It is known by its directory: its port may be another one next time. */
    public static DatabaseServer on(EmbeddedPostgresUse embedded, String database) {
        return at(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(embedded.port(), database),
                Optional.of(EmbeddedPostgresCluster.USER),
                Optional.of(embedded.password()),
                embedded.directory().toString());
    }

    /** A server that was killed a moment ago can still look alive, although it accepts nobody. It is started again. */
    static DatabaseServer reached(EmbeddedPostgresUse embedded, DatabaseAccess access) {
        var end = System.nanoTime() + EMBEDDED_TIMEOUT.toNanos();
        while (true) {
            try {
                return on(embedded, access);
            } catch (DatabaseException e) {
                var mayPass = e.databaseProblem() == DatabaseException.DatabaseProblem.UNREACHABLE
                        && !Thread.currentThread().isInterrupted();
                if (!mayPass || System.nanoTime() > end) throw e;
            }
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            embedded.revive();
        }
    }

    /** Creates the database if the server has none of that name, and if the caller may create one. */
    static DatabaseServer on(EmbeddedPostgresUse embedded, DatabaseAccess access) {
        var server = on(embedded, "census");
        try (var connection = server.source.getConnection()) {
            return server;
        } catch (SQLException missing) {
            if (access == DatabaseAccess.LOOK || !NO_SUCH_DATABASE.equals(missing.getSQLState()))
                throw server.refused(missing);
        }
        try (var connection = on(embedded, "postgres").source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE census");
            return server;
        } catch (SQLException e) {
            if (DATABASE_EXISTS.contains(e.getSQLState())) return server;
            throw server.refused(e);
        }
    }

    Connection connect() {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    public DatabaseAddress address() {
        return DatabaseAddress.of(source);
    }

    /** The role that logs in, if it was named. */
    Optional<String> user() {
        return Optional.ofNullable(source.getUser());
    }

    /** Rejects a server that would lose or alter what is stored. Who only looks may look at a standby. */
    void requireFit(DatabaseAccess access) {
        try (var connection = connect()) {
            int version = Integer.parseInt(shown(connection, "server_version_num")) / 10_000;
            if (version < OLDEST) {
                throw fault(
                        DatabaseException.DatabaseProblem.SERVER_TOO_OLD,
                        "it is PostgreSQL %d; expected %d or newer. Upgrade the server".formatted(version, OLDEST));
            }
            var encoding = shown(connection, "server_encoding");
            if (!encoding.equals("UTF8")) {
                throw fault(
                        DatabaseException.DatabaseProblem.NOT_UTF8,
                        ("the database's encoding is %s; expected UTF8. "
                                        + "Create it anew: CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0")
                                .formatted(encoding));
            }
            if (access == DatabaseAccess.WORK
                    && shown(connection, "transaction_read_only").equals("on")) {
                throw fault(
                        DatabaseException.DatabaseProblem.READ_ONLY,
                        "it accepts no writes (a standby, or default_transaction_read_only). "
                                + "Name the primary in census.database.url");
            }
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    private static String shown(Connection connection, String parameter) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT current_setting(?)")) {
            statement.setString(1, parameter);
            try (var result = statement.executeQuery()) {
                result.next();
                return result.getString(1);
            }
        }
    }

    private DatabaseException fault(DatabaseException.DatabaseProblem databaseProblem, String message) {
        return new DatabaseException(
                databaseProblem, "database %s: %s. Nothing was changed.".formatted(where, message));
    }

    /** @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL 18, appendix A</a> */
    DatabaseException refused(SQLException cause) {
        var state = String.valueOf(cause.getSQLState());
        var seen = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return switch (state) {
            case "28P01", "28000", "08004" ->
                new DatabaseException(
                        DatabaseException.DatabaseProblem.LOGIN_REFUSED,
                        ("database %s: the server refused the login (%s). Check census.database.user and "
                                        + "census.database.password, and the server's pg_hba.conf.")
                                .formatted(where, seen),
                        cause);
            case NO_SUCH_DATABASE ->
                new DatabaseException(
                        DatabaseException.DatabaseProblem.NO_SUCH_DATABASE,
                        ("database %s: the server has no such database (%s). "
                                        + "Create it, encoded in UTF8, or correct census.database.url.")
                                .formatted(where, seen),
                        cause);
            default ->
                new DatabaseException(
                        DatabaseException.DatabaseProblem.UNREACHABLE,
                        ("database %s: cannot be reached (%s). Is the server running and reachable from here? "
                                        + "Check census.database.url.")
                                .formatted(where, seen),
                        cause);
        };
    }
}
