package org.starttlscensus.store;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.starttlscensus.postgres.DatabaseException;
import org.starttlscensus.postgres.EmbeddedPostgresUse;

/**
 * The open database: reachable, fit, and migrated to this program's version. To be closed at the end; whoever uses an
 * embedded one last stops its server.
 *
 * <p>Thread-safe. Everything that goes wrong on opening is a {@link DatabaseException}.
 */
public final class Database implements AutoCloseable {

    /** Enough for a writer, a reader per step and a few questions; a session of PostgreSQL costs 5 to 10 MB. */
    private static final int CONNECTIONS = 8;

    /** A call that cannot get a connection so long is not made: without a ledger nobody is contacted. */
    private static final int CONNECTION_MILLISECONDS = 10_000;

    /** The server ends a session of ours that is idle for longer; the least that the pool allows. */
    private static final int KEEPALIVE_MILLISECONDS = 30_000;

    private static final int FETCHED_AT_ONCE = 2_000;
    /** The driver's way to say that a statement's columns come in the binary format from its first execution on. */
    private static final int OCTETS_AT_ONCE = -1;

    private final DatabaseServer server;
    private final RunLocks locks;
    private final Optional<EmbeddedPostgresUse> embedded;
    private final HikariDataSource pool;
    private final JdbcClient jdbc;
    private final JdbcTemplate streaming;
    /** Takes part in nobody's transaction: by another name the pool's connections are bound to none. */
    private final JdbcTemplate copying;

    private final PlatformTransactionManager transactionManager;

    private Database(
            DatabaseServer server, RunLocks locks, Optional<EmbeddedPostgresUse> embedded, HikariDataSource pool) {
        this.server = server;
        this.locks = locks;
        this.embedded = embedded;
        this.pool = pool;
        this.jdbc = JdbcClient.create(pool);
        this.streaming = streaming(pool);
        this.copying = new JdbcTemplate(new DelegatingDataSource(pool));
        this.transactionManager = new DatabaseTransactions(pool);
    }

    private static JdbcTemplate streaming(DataSource pool) {
        var template = new JdbcTemplate(pool) {
            @Override
            protected void applyStatementSettings(Statement statement) throws SQLException {
                super.applyStatementSettings(statement);
                statement.unwrap(PGStatement.class).setPrepareThreshold(OCTETS_AT_ONCE);
            }
        };
        template.setFetchSize(FETCHED_AT_ONCE);
        return template;
    }

    /**
     * A server that somebody runs for us.
     *
     * @param url {@code jdbc:postgresql://HOST:PORT/DATABASE}
     */
    public static Database open(String url, Optional<String> user, Optional<String> password) {
        return open(url, user, password, DatabaseSchema.LOCATIONS);
    }

    static Database open(String url, Optional<String> user, Optional<String> password, List<String> locations) {
        return open(DatabaseServer.at(url, user, password), Optional.empty(), locations);
    }

    /** The PostgreSQL that comes with the program; starts its server, or joins the processes that use it already. */
    public static Database openEmbedded(Path directory) {
        return openEmbedded(directory, DatabaseSchema.LOCATIONS);
    }

    public static Database openEmbedded(Path directory, List<String> locations) {
        var use = EmbeddedPostgresUse.of(directory);
        try {
            return open(DatabaseServer.createdOn(use), Optional.of(use), locations);
        } catch (RuntimeException e) {
            use.close();
            throw e;
        }
    }

    private static Database open(
            DatabaseServer server, Optional<EmbeddedPostgresUse> embedded, List<String> locations) {
        server.requireFit();
        new DatabaseSchema(server.unhurried(), server.where(), locations).migrate();
        var sessions = new Sessions(server.source());
        var pool = new HikariDataSource();
        pool.setDataSource(sessions);
        pool.setPoolName("census");
        pool.setSchema(DatabaseSchema.NAME);
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(CONNECTION_MILLISECONDS);
        pool.setKeepaliveTime(KEEPALIVE_MILLISECONDS);
        return new Database(server, new RunLocks(server, sessions), embedded, pool);
    }

    public DataSource dataSource() {
        return pool;
    }

    public PlatformTransactionManager transactionManager() {
        return transactionManager;
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    public TransactionTemplate transactions() {
        return new TransactionTemplate(transactionManager);
    }

    /**
     * Does work in a transaction, again and again while the database is away (for an hour at most): the work must be such that
     * doing it twice is doing it once, for a commit whose answer was lost may have been one. An embedded server that died is
     * started again.
     */
    public void persist(Runnable work) {
        Outage.outlast(() -> {
            try {
                transactions().executeWithoutResult(_ -> work.run());
            } catch (RuntimeException e) {
                if (Outage.isCausedBy(e)) revive();
                throw e;
            }
        });
    }

    private void revive() {
        embedded.ifPresent(EmbeddedPostgresUse::revive);
    }

    /** Asks with a cursor, in a transaction, so that a million rows are never held at once. Numbers and times come as octets, not as text. */
    void stream(String sql, Map<String, ?> parameters, RowConsumer each) {
        transactions()
                .executeWithoutResult(_ ->
                        JdbcClient.create(streaming).sql(sql).params(parameters).query(each::accept));
    }

    /**
     * Asks with COPY: the server sends row upon row without being asked for more, which takes half the time of a cursor. On a
     * connection and in a transaction of its own, for until its last row a connection can do nothing else: whoever looks at the
     * rows may ask other questions meanwhile.
     *
     * @param parameters COPY takes none, so they are settings of the transaction: {@code current_setting('census.NAME')}
     */
    void copy(String statement, Map<String, String> parameters, Consumer<CopiedRow> each) {
        copying.execute((ConnectionCallback<@Nullable Void>) connection -> {
            connection.setAutoCommit(false);
            var settings = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            settings.sql(Sql.named("transaction/for_copy")).query().singleRow();
            parameters.forEach((name, value) -> settings.sql(Sql.named("transaction/copy_parameter"))
                    .param("name", name)
                    .param("value", value)
                    .query(String.class)
                    .single());
            CopiedRow.each(connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement), each);
            connection.commit();
            return null;
        });
    }

    /** Looks at one row. */
    interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    /** The server's time. */
    public Instant now() {
        return jdbc.sql(Sql.named("clock/now"))
                .query((row, _) -> Times.read(row, "clock_timestamp").orElseThrow())
                .single();
    }

    /** The URL, without any secret. */
    public String where() {
        return server.where();
    }

    /**
     * Waits until a connection can be had again.
     *
     * @throws DatabaseException if it cannot within that time
     */
    public void await(Duration longest) {
        var until = System.nanoTime() + longest.toNanos();
        while (true) {
            try (var connection = pool.getConnection()) {
                if (connection.isValid(CONNECTION_MILLISECONDS / 1_000)) return;
            } catch (SQLException e) {
                revive();
                if (System.nanoTime() > until) {
                    throw new DatabaseException(
                            DatabaseException.DatabaseProblem.UNREACHABLE,
                            "database %s: away for %s (%s). What is stored is kept; start again when it is back."
                                    .formatted(where(), longest, e.getMessage()),
                            e);
                }
            }
        }
    }

    /** The right to run; empty if another run has it. On a connection of its own, outside the pool. */
    public Optional<RunLock> tryRunLock() {
        return tryRunLock(RunLock.Holder.RUN);
    }

    /** The right to call; empty if somebody else has it. */
    public Optional<RunLock> tryRunLock(RunLock.Holder holder) {
        return locks.tryTake(holder);
    }

    /** Whether whoever has the right to call is a check, which will give it back soon. */
    public boolean isRunLockWithACheck() {
        return locks.isWithACheck();
    }

    @Override
    public void close() {
        pool.close();
        embedded.ifPresent(EmbeddedPostgresUse::close);
    }
}
