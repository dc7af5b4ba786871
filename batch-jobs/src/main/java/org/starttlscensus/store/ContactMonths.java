package org.starttlscensus.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.postgres.DatabaseException;
import org.starttlscensus.postgres.DatabaseException.DatabaseProblem;

/**
 * The months of the tables that are kept for a season: permits, plans and raw replies (decision 0048). A month is
 * dropped table by table, in steps of which each can be repeated. The catalogue says where it was interrupted.
 */
public final class ContactMonths {

    private final Database database;
    private final JdbcClient jdbc;

    public ContactMonths(Database database) {
        this.database = database;
        this.jdbc = database.jdbc();
    }

    /**
     * @param nights   that were opened in it
     * @param rows     estimated
     * @param unjudged a night that was begun and never judged, and that is judged by what the month has: one of the
     *                 month, or of the 32 nights after it. A month with such a night must stay
     */
    public record ContactMonth(YearMonth month, long nights, long rows, long bytes, Optional<CensusNight> unjudged) {}

    private record NextDrop(String parent, String part, String command) {}

    /** The last night that was begun, with lists; but none after {@code today}. */
    public Optional<CensusNight> lastNight(LocalDate today) {
        return jdbc.sql(Sql.named("month/last_night"))
                .param("today", today)
                .query((row, _) -> Optional.ofNullable(row.getObject("night", LocalDate.class)))
                .single()
                .map(CensusNight::new);
    }

    /** Those that ended before that date, oldest first; never the one of the last night that was begun. */
    public List<ContactMonth> endedBefore(LocalDate keepFrom) {
        return jdbc.sql(Sql.named("month/prunable"))
                .param("keep_from", keepFrom)
                .query((row, _) -> new ContactMonth(
                        YearMonth.from(row.getObject("month", LocalDate.class)),
                        row.getLong("nights"),
                        row.getLong("rows"),
                        row.getLong("bytes"),
                        Optional.ofNullable(row.getObject("unjudged", LocalDate.class))
                                .map(CensusNight::new)))
                .list();
    }

    /**
     * Drops a month. First its calls without an end are remembered, and its nights are marked: from
     * then on it is said of them that their contacts were pruned.
     *
     * @param patience how long each step waits for the open transactions of others
     * @param before   called before each step, for example to check that the run lock is held
     * @throws DatabaseException if somebody's open transaction is in the way; the next one goes on from there
     */
    public void drop(YearMonth month, Instant now, Duration patience, Runnable before) {
        before.run();
        jdbc.sql(Sql.named("month/abandon")).param("month", month.atDay(1)).update();
        jdbc.sql(Sql.named("month/mark_nights"))
                .param("month", month.atDay(1))
                .param("now", Times.of(now))
                .update();
        for (var next = next(month); next.isPresent(); next = next(month)) {
            before.run();
            step(month, next.get(), patience);
        }
    }

    private Optional<NextDrop> next(YearMonth month) {
        return jdbc.sql(Sql.named("month/next_drop"))
                .param("month", month.atDay(1))
                .query((row, _) ->
                        new NextDrop(row.getString("parent"), row.getString("part"), row.getString("command")))
                .optional();
    }

    private void step(YearMonth month, NextDrop next, Duration patience) {
        try {
            new JdbcTemplate(database.dataSource()).execute((ConnectionCallback<@Nullable Void>) connection -> {
                withTimeout(connection, next.command(), patience);
                return null;
            });
        } catch (RuntimeException e) {
            if (DatabaseFault.isLockTimeout(e)) throw heldUp(month, next, e);
            // The server may have completed meanwhile what a process that was killed had begun.
            if (next(month).equals(Optional.of(next))) throw e;
        }
    }

    /** On its own, because CONCURRENTLY runs in no transaction. */
    private static void withTimeout(Connection connection, String command, Duration patience) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = " + patience.toMillis());
            try {
                statement.execute(command);
            } finally {
                if (!connection.isClosed()) statement.execute("RESET lock_timeout");
            }
        }
    }

    private DatabaseException heldUp(YearMonth month, NextDrop next, RuntimeException cause) {
        var sessions = LockingSession.all(jdbc.sql(Sql.named("month/readers"))
                .param("parent", next.parent())
                .param("part", next.part()));
        return new DatabaseException(
                DatabaseProblem.TABLES_LOCKED,
                """
                database %s: month %s is not dropped yet, because of an open transaction that has read it: %s. Nothing \
                else waits for it. What was dropped is dropped, the rest is still there; no night is in the way of it. \
                When that transaction has ended, start again: census prune goes on from there.\
                """.formatted(
                        database.where(),
                        month,
                        sessions.isEmpty()
                                ? "it has ended since"
                                : sessions.stream().map(LockingSession::words).collect(Collectors.joining("; "))),
                cause);
    }
}
