package org.starttlscensus.store;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
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
import org.starttlscensus.postgres.DatabaseAccess;
import org.starttlscensus.postgres.DatabaseException;
import org.starttlscensus.postgres.EmbeddedPostgresUse;

/**
 * The open database: reachable, checked, and of this program's version: migrated to it, unless the caller only looks.
 * Close it at the end; the last user of an embedded server stops it.
 *
 * <p>Thread-safe. Any failure to open it is a {@link DatabaseException}.
 */
public final class Database implements AutoCloseable {

    /** Enough for a writer, a reader per step and a few queries. A PostgreSQL session costs 5 to 10 MB. */
    private static final int CONNECTIONS = 8;

    /** A call that gets no connection for this long is not made: without a ledger no server is contacted. */
    private static final int CONNECTION_MILLISECONDS = 10_000;

    /** The pool's minimum. It must be less than the server's idle timeout for our sessions. */
    private static final int KEEPALIVE_MILLISECONDS = 30_000;

    private static final int FETCH_SIZE = 2_000;

    /** Tells the driver to transfer a statement's columns in binary format from its first execution on. */
    private static final int BINARY_FROM_FIRST_EXECUTION = -1;

    private final DatabaseServer server;
    private final RunLocks locks;
    private final Optional<EmbeddedPostgresUse> embedded;
    private final HikariDataSource pool;
    private final JdbcClient jdbc;
    private final JdbcTemplate streaming;
    /**
     * Takes part in no current transaction: Spring binds connections to a DataSource object, and this is another one.
     */
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
                statement.unwrap(PGStatement.class).setPrepareThreshold(BINARY_FROM_FIRST_EXECUTION);
            }
        };
        template.setFetchSize(FETCH_SIZE);
        return template;
    }

    /**
     * Opens a database on the operator's server.
     *
     * @param url {@code jdbc:postgresql://HOST:PORT/DATABASE}
     */
    public static Database open(String url, Optional<String> user, Optional<String> password) {
        return open(url, user, password, DatabaseAccess.WORK);
    }

    public static Database open(String url, Optional<String> user, Optional<String> password, DatabaseAccess access) {
        return open(DatabaseServer.at(url, user, password), Optional.empty(), DatabaseSchema.LOCATIONS, access);
    }

    static Database open(String url, Optional<String> user, Optional<String> password, List<String> locations) {
        return open(DatabaseServer.at(url, user, password), Optional.empty(), locations, DatabaseAccess.WORK);
    }

    /** Opens the embedded PostgreSQL. Starts its server if no other process uses it. */
    public static Database openEmbedded(Path directory) {
        return openEmbedded(directory, DatabaseAccess.WORK);
    }

    public static Database openEmbedded(Path directory, DatabaseAccess access) {
        return openEmbedded(directory, DatabaseSchema.LOCATIONS, access);
    }

    public static Database openEmbedded(Path directory, List<String> locations) {
        return openEmbedded(directory, locations, DatabaseAccess.WORK);
    }

    public static Database openEmbedded(Path directory, List<String> locations, DatabaseAccess access) {
        var use = EmbeddedPostgresUse.of(directory, access);
        try {
            return open(DatabaseServer.reached(use, access), Optional.of(use), locations, access);
        } catch (RuntimeException e) {
            use.close();
            throw e;
        }
    }

    static Database open(
            DatabaseServer server,
            Optional<EmbeddedPostgresUse> embedded,
            List<String> locations,
            DatabaseAccess access) {
        server.requireFit(access);
        var schema = new DatabaseSchema(server, locations);
        switch (access) {
            case WORK -> schema.migrate();
            case LOOK -> schema.requireCurrent();
        }
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
     * Runs work in a transaction, and repeats it while the database is unavailable, for an hour at most. The work must
     * be idempotent: a commit whose answer was lost may have succeeded. An embedded server that died is started again.
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

    /**
     * Runs a query with a cursor, in a transaction, so that a million rows are never in memory at once. Numbers and
     * times are transferred in binary format.
     */
    void stream(String sql, Map<String, ?> parameters, RowConsumer each) {
        transactions()
                .executeWithoutResult(_ ->
                        JdbcClient.create(streaming).sql(sql).params(parameters).query(each::accept));
    }

    /**
     * Runs a query with COPY: the server sends all rows without further requests, which takes half the time of a
     * cursor. It has its own connection and transaction, because a connection can do nothing else until the last row.
     * So the consumer may run other queries meanwhile.
     *
     * @param parameters set for the transaction, because COPY takes none: {@code current_setting('census.NAME')}
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

    /** The server's time. */
    public Instant now() {
        return jdbc.sql(Sql.named("clock/now"))
                .query((row, _) -> Times.read(row, "clock_timestamp").orElseThrow())
                .single();
    }

    /** Tells this database from all others: the identifier of its server's data, and its number there. */
    public String identity() {
        return jdbc.sql(Sql.named("database/identity")).query(String.class).single();
    }

    /** The URL without secrets; for the embedded server its directory. */
    public String where() {
        return server.where();
    }

    /** Where other programs find it. */
    public DatabaseAddress address() {
        return server.address();
    }

    /** The directory, if the server is the embedded one. */
    public Optional<Path> embeddedDirectory() {
        return embedded.map(EmbeddedPostgresUse::directory);
    }

    /**
     * Waits until a connection is available again.
     *
     * @throws DatabaseException if none is available within that time
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
                            "database %s: unavailable for %s (%s). Stored data are kept. Start again when it is back."
                                    .formatted(where(), longest, e.getMessage()),
                            e);
                }
            }
        }
    }

    /** Takes the run lock for a run, on a connection of its own outside the pool; empty if another process has it. */
    public Optional<RunLock> tryRunLock() {
        return tryRunLock(RunLock.Holder.RUN);
    }

    /** Takes the run lock; empty if another process has it. */
    public Optional<RunLock> tryRunLock(RunLock.Holder holder) {
        return askForRunLock(holder).granted();
    }

    /** Takes the run lock, or says who has it. */
    public RunLockAnswer askForRunLock(RunLock.Holder holder) {
        return locks.ask(holder);
    }

    /** Who has the run lock; empty if it is free. */
    public Optional<RunLock.Holder> runLockHolder() {
        return locks.holder();
    }

    @Override
    public void close() {
        pool.close();
        embedded.ifPresent(EmbeddedPostgresUse::close);
    }
}
