package org.starttlscensus.store;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
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

    private final Flyway flyway;
    private final String where;

    DatabaseSchema(DataSource source, String where, List<String> locations) {
        this.where = where;
        this.flyway = configuration()
                .dataSource(source)
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

    /** Leaves the schema unchanged if it is newer than the program, or if its history differs from the program's. */
    void migrate() {
        try {
            flyway.migrate(); // validates before it changes anything
        } catch (FlywayException e) {
            newerMigration().ifPresent(newest -> {
                var version = "%s (%s)".formatted(newest.getVersion(), newest.getDescription());
                throw new DatabaseException(
                        DatabaseException.DatabaseProblem.SCHEMA_NEWER, """
                        database %s: its schema has version %s, which this program does not know. \
                        Nothing was changed. Use the newer program.""".formatted(where, version), e);
            });
            throw new DatabaseException(
                    DatabaseException.DatabaseProblem.MIGRATION, """
                    database %s: its schema cannot be migrated to this program's version (%s). A failed migration \
                    leaves the schema unchanged. Check the privileges of census.database.user; undo any \
                    manual change of the schema.""".formatted(where, message(e)), e);
        }
    }

    /** Called only after a failure: it takes as long as opening the database. */
    private Optional<MigrationInfo> newerMigration() {
        try {
            return Arrays.stream(flyway.info().applied())
                    .filter(DatabaseSchema::isNewer)
                    .reduce((earlier, later) -> later);
        } catch (FlywayException unreadable) {
            return Optional.empty();
        }
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
