package org.starttlscensus.store;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.postgres.DatabaseException;
import org.starttlscensus.postgres.DatabaseException.DatabaseProblem;

/**
 * The months of the tables of nights, made ahead. No reader and no writer is in the way of a new month. Who locks a
 * table, or changes it by hand, is waited for a few seconds.
 */
public final class MonthlyTables {

    /** Each waits two seconds for a lock. */
    private static final int TRIES = 5;

    private final Database database;
    private final JdbcClient jdbc;

    public MonthlyTables(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /**
     * Makes the month of this night where it is missing. Several processes may do so at once.
     *
     * @throws DatabaseException if somebody's lock keeps it from being made
     */
    void open(CensusNight night) {
        for (var tries = 1; !opens(night.date()); tries++) {
            if (tries == TRIES) throw heldUp(night);
        }
    }

    /**
     * Makes the month after that of this night. The night does not depend on it.
     *
     * @return why it could not be made, and that the next night tries it again; empty if it is there
     */
    public Optional<String> openAhead(CensusNight night) {
        var next = night.date().plusMonths(1);
        try {
            return opens(next) ? Optional.empty() : Optional.of(warning(next, holders()));
        } catch (RuntimeException e) {
            if (DatabaseFault.behind(e).isEmpty() || Outage.isCausedBy(e)) throw e;
            return Optional.of(warning(next, "the server says: " + DatabaseFault.words(e)));
        }
    }

    private static String warning(LocalDate next, String reason) {
        return "the tables of %s could not be made ahead, because %s. ".formatted(monthOf(next), reason)
                + "Tonight does not need them; the next night tries again.";
    }

    private boolean opens(LocalDate night) {
        try {
            jdbc.sql(Sql.named("month/open"))
                    .param("night", night)
                    .query(String.class)
                    .single();
            return true;
        } catch (RuntimeException e) {
            if (!DatabaseFault.isLockTimeout(e)) throw e;
            return false;
        }
    }

    private DatabaseException heldUp(CensusNight night) {
        return new DatabaseException(DatabaseProblem.TABLES_LOCKED, """
                database %s: the tables of %s cannot be made (%s), because %s. Night %s was not opened, and no server \
                was called. End that session or its transaction and start again. As a superuser: \
                SELECT pg_terminate_backend(PID).\
                """.formatted(
                        database.where(), monthOf(night.date()), String.join(", ", missing(night)), holders(), night));
    }

    private List<String> missing(CensusNight night) {
        return jdbc.sql(Sql.named("month/missing"))
                .param("night", night.date())
                .query((row, _) -> row.getString("missing_months"))
                .list();
    }

    private String holders() {
        var sessions = LockingSession.all(jdbc.sql(Sql.named("month/holders")));
        if (sessions.isEmpty()) return "another session had locked a table of nights, and has ended since";
        return sessions.stream().map(LockingSession::words).collect(Collectors.joining("; "));
    }

    private static String monthOf(LocalDate night) {
        return night.toString().substring(0, 7);
    }
}
