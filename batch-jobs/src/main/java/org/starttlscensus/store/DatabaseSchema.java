package org.starttlscensus.store;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.postgres.DatabaseException;

/**
 * Migrates the tables and views to this program's version. Each migration and its history entry are one transaction.
 */
final class DatabaseSchema {

    /** The schema of the tables. It is first in each connection's search path, so statements need not name it. */
    static final String NAME = "census";

    static final List<String> LOCATIONS = List.of("classpath:sql/migrations", "classpath:sql/views");

    /**
     * By default Flyway writes the history in another transaction than the migration, on a second connection that holds
     * the lock. A process killed in between would leave a migration that is applied but not recorded.
     */
    private static final Map<String, String> ON_ONE_CONNECTION =
            Map.of("flyway.postgresql.transactional.lock", "false");

    private static final String MISSING_RIGHT = "42501";
    /** The name of a session that has the run lock for migrating. */
    private static final String MIGRATION = "census migration";

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    private final Flyway flyway;
    private final DatabaseServer server;

    DatabaseSchema(DatabaseServer server, List<String> locations) {
        this.server = server;
        this.flyway = configuration()
                .dataSource(server.withoutTimeout())
                .locations(locations.toArray(String[]::new))
                .defaultSchema(NAME)
                .table("flyway_schema_history")
                .createSchemas(true)
                .configuration(ON_ONE_CONNECTION)
                // a view that a later version no longer has is dropped by a migration of that version
                .ignoreMigrationPatterns("repeatable:missing")
                .load();
    }

    private static FluentConfiguration configuration() {
        return Flyway.configure(DatabaseSchema.class.getClassLoader());
    }

    /**
     * Leaves the schema unchanged if it is newer than the program, or if its history differs from the program's. Needs
     * no right to change tables if they are up to date.
     *
     * @throws FencedException if a night or a check of another version of the program is at work
     */
    void migrate() {
        try {
            if (!isCurrent(flyway.info())) migrateAlone();
        } catch (FlywayException e) {
            requireKnownHistory(e);
            if (DatabaseFault.sqlState(e).filter(MISSING_RIGHT::equals).isPresent()) throw missingRights(e);
            throw new DatabaseException(
                    DatabaseException.DatabaseProblem.MIGRATION, """
                    database %s: its schema cannot be migrated to this program's version (%s). A failed migration \
                    leaves the schema unchanged. Check the privileges of census.database.user; undo any \
                    manual change of the schema.""".formatted(server.where(), message(e)), e);
        }
    }

    /** Nobody migrates the tables of a night that is at work. Another process that migrates is waited for. */
    private void migrateAlone() {
        try (var session = LockSession.open(server, MIGRATION)) {
            while (!session.take(List.of())) {
                if (isCurrent(flyway.info())) return; // the other one has done it
                if (session.holderName()
                        .filter(name -> !name.startsWith(MIGRATION))
                        .isPresent()) throw FencedException.cannotMigrate(server.where());
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
            flyway.migrate(); // validates before it changes anything
        }
    }

    private static boolean isCurrent(MigrationInfoService info) {
        return info.pending().length == 0 && Arrays.stream(info.all()).allMatch(DatabaseSchema::isAsExpected);
    }

    private static boolean isAsExpected(MigrationInfo migration) {
        return switch (migration.getState()) {
            case SUCCESS -> Boolean.TRUE.equals(migration.isChecksumMatching());
            case SUPERSEDED, MISSING_SUCCESS -> !migration.isVersioned();
            default -> false; // an enum of Flyway
        };
    }

    /** For who only looks: nothing is changed, also not beside a run of another version of the program. */
    void requireCurrent() {
        try {
            var info = flyway.info();
            if (info.applied().length == 0) {
                throw new DatabaseException(
                        DatabaseException.DatabaseProblem.NO_SUCH_DATABASE, """
                        database %s: it has no tables of the census yet, and this command makes none. \
                        The first night makes them, or: census database migrate""".formatted(server.where()));
            }
            requireNoneNewer(info, null);
            requireCarriedOver(info, null);
            if (info.pending().length > 0) {
                throw new DatabaseException(DatabaseException.DatabaseProblem.SCHEMA_OLDER, """
                        database %s: its tables are of an earlier version of this program (%d changes are missing), \
                        and this command changes nothing. The next night brings them up to date, or, \
                        when no night is running: census database migrate""".formatted(
                                server.where(), info.pending().length));
            }
        } catch (FlywayException e) {
            if (DatabaseFault.sqlState(e).filter(MISSING_RIGHT::equals).isPresent()) throw missingRights(e);
            throw new DatabaseException(
                    DatabaseException.DatabaseProblem.MIGRATION,
                    "database %s: the version of its tables cannot be read (%s)".formatted(server.where(), message(e)),
                    e);
        }
    }

    private DatabaseException missingRights(FlywayException e) {
        var role = server.user().orElse("the role that logs in");
        return new DatabaseException(
                DatabaseException.DatabaseProblem.MISSING_RIGHTS,
                """
                database %s: %s may not make or change the tables of the census (%s). Nothing was changed. Make it the \
                owner of the database, as its administrator: ALTER DATABASE %s OWNER TO %s; \
                or name a role that owns it: see docs/database.md.\
                """.formatted(
                                server.where(),
                                role,
                                DatabaseFault.words(e),
                                server.address().database(),
                                server.user().orElse("ROLE")),
                e);
    }

    /** Called only after a failure: it takes as long as opening the database. */
    private void requireKnownHistory(FlywayException failure) {
        try {
            var info = flyway.info();
            requireNoneNewer(info, failure);
            requireCarriedOver(info, failure);
        } catch (FlywayException unreadable) {
            failure.addSuppressed(unreadable);
        }
    }

    private void requireNoneNewer(MigrationInfoService info, @Nullable Throwable failure) {
        Arrays.stream(info.applied())
                .filter(DatabaseSchema::isNewer)
                .reduce((earlier, later) -> later)
                .ifPresent(newest -> {
                    var version = "%s (%s)".formatted(newest.getVersion(), newest.getDescription());
                    throw new DatabaseException(
                            DatabaseException.DatabaseProblem.SCHEMA_NEWER,
                            """
                            database %s: its schema has version %s, which this program does not know. \
                            Nothing was changed. Use the newer program.""".formatted(server.where(), version),
                            failure);
                });
    }

    /** A database from before the first migration that this program has: see docs/decisions/0055. */
    private void requireCarriedOver(MigrationInfoService info, @Nullable Throwable failure) {
        Arrays.stream(info.applied())
                .filter(migration -> migration.isVersioned() && migration.getState() == MigrationState.MISSING_SUCCESS)
                .reduce((earlier, later) -> later)
                .ifPresent(latest -> {
                    throw new DatabaseException(
                            DatabaseException.DatabaseProblem.SCHEMA_NOT_CARRIED_OVER,
                            """
                            database %s: its tables were made by a version of the census from before its first release \
                            (schema version %s). This program cannot read them or carry them over. Nothing was changed. \
                            Give it another database: another census.database.directory, or an empty database of \
                            your server; keep the old one with the program that made it, or delete it.""".formatted(server.where(), latest.getVersion()),
                            failure);
                });
    }

    /** Flyway's message on one line, without its advice to switch validation off. */
    private static String message(FlywayException e) {
        return String.valueOf(e.getMessage())
                .strip()
                .replaceAll("\\s*\\R\\s*", " | ")
                .replaceFirst("( \\| )?Need more flexibility.*", "");
    }

    private static boolean isNewer(MigrationInfo migration) {
        return migration.getState() == MigrationState.FUTURE_SUCCESS
                || migration.getState() == MigrationState.FUTURE_FAILED;
    }
}
