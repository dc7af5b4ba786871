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

/** The tables and views, brought to this program's version; each migration, and that it was made, in one transaction. */
final class DatabaseSchema {

    /** Where the tables are. Connections look here first, so that statements need not say so. */
    static final String NAME = "census";

    static final List<String> LOCATIONS = List.of("classpath:sql/migrations", "classpath:sql/views");

    /**
     * Else the history is written in another transaction than the migration, on a second connection that holds the lock; a process
     * that is killed in between leaves a migration made of which nobody knows.
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

    /** A schema that is newer than the program, or whose history is not the program's, is left as it is. */
    void migrate() {
        try {
            flyway.migrate(); // validates before it changes anything
        } catch (FlywayException e) {
            newerMigration().ifPresent(newest -> {
                throw new DatabaseException(
                        DatabaseException.DatabaseProblem.SCHEMA_NEWER,
                        """
                        database %s: its schema is at version %s (%s), newer than this program knows. Nothing was changed. \
                        Use the newer program.""".formatted(where, newest.getVersion(), newest.getDescription()),
                        e);
            });
            throw new DatabaseException(DatabaseException.DatabaseProblem.MIGRATION, """
                    database %s: its schema cannot be brought to this program's version (%s). A migration that fails leaves the schema \
                    as it was before. Check the rights of census.database.user; if somebody changed the schema by hand, undo that.""".formatted(where, said(e)), e);
        }
    }

    /** Asked only when something is wrong: it costs as much as the whole opening. */
    private Optional<MigrationInfo> newerMigration() {
        try {
            return Arrays.stream(flyway.info().applied())
                    .filter(DatabaseSchema::isNewer)
                    .reduce((earlier, later) -> later);
        } catch (FlywayException unreadable) {
            return Optional.empty();
        }
    }

    /** On one line, without the vendor's advice to switch validation off. */
    private static String said(FlywayException e) {
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
