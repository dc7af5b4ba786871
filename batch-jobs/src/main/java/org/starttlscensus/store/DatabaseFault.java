package org.starttlscensus.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.stream.Stream;
import org.starttlscensus.postgres.DatabaseException;

/**
 * The kind of database error that caused an exception. It is derived from the SQLSTATE, or from the failure to reach a
 * server, never from the class of a library's wrapper: those put a full disk and a lost connection together.
 *
 * @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL 18, appendix A: error codes</a>
 */
public enum DatabaseFault {
    /** No server could be reached, or the server has ended our session. Waiting helps; then the work is repeated. */
    OUTAGE,
    /** Two transactions conflicted. Repeating ours helps. */
    CONFLICT,
    /** Only the operator can correct it: a full disk, a cancelled statement, a missing privilege. */
    SURROUNDINGS,
    /** The server works and rejects this value. */
    DATA,
    /** The program sent a wrong statement. */
    BUG;

    private static final String LOCK_TIMEOUT = "55P03";

    /** Empty if the database did not cause the exception. */
    public static Optional<DatabaseFault> behind(Throwable fault) {
        var state = sqlState(fault);
        if (state.isPresent()) return state.map(DatabaseFault::of);
        var poolIsEmpty = causes(fault).anyMatch(SQLTransientConnectionException.class::isInstance);
        if (poolIsEmpty) return Optional.of(OUTAGE); // its connections hang
        return causes(fault)
                .filter(DatabaseException.class::isInstance)
                .map(DatabaseException.class::cast)
                .findFirst()
                .map(known -> known.databaseProblem() == DatabaseException.DatabaseProblem.UNREACHABLE
                        ? OUTAGE
                        : SURROUNDINGS);
    }

    /**
     * The server's or driver's message with the SQLSTATE, on one line; without an SQLSTATE, the exception's own
     * message.
     */
    public static String words(Throwable fault) {
        return causes(fault)
                .filter(DatabaseFault::hasState)
                .map(SQLException.class::cast)
                .findFirst()
                .map(known -> "%s (SQLSTATE %s)".formatted(firstLine(known), known.getSQLState()))
                .orElseGet(() -> firstLine(fault));
    }

    static boolean isLockTimeout(Throwable fault) {
        return sqlState(fault).filter(LOCK_TIMEOUT::equals).isPresent();
    }

    static DatabaseFault of(String state) {
        return switch (state) {
            case "08004", "08P01" -> SURROUNDINGS; // we are refused, or a middlebox speaks another protocol
            case "57P01", "57P02", "57P03", "57P05", "25P03", "53300" -> OUTAGE;
            case "40001", "40P01" -> CONFLICT;
            case "25006", "25P04", "3D000", "42501" -> SURROUNDINGS;
            default ->
                switch (state.substring(
                        0, Math.min(2, state.length()))) { // the SQLSTATE class, which is no enum of ours
                    case "08" -> OUTAGE;
                    case "28", "53", "55", "57", "58", "F0", "XX" -> SURROUNDINGS;
                    case "22", "23", "54" -> DATA;
                    default -> BUG;
                };
        };
    }

    /** Empty if no statement or connection failed. */
    public static Optional<String> sqlState(Throwable fault) {
        return causes(fault)
                .filter(DatabaseFault::hasState)
                .map(SQLException.class::cast)
                .map(SQLException::getSQLState)
                .findFirst();
    }

    private static boolean hasState(Throwable cause) {
        return cause instanceof SQLException known && known.getSQLState() != null;
    }

    private static Stream<Throwable> causes(Throwable fault) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause);
    }

    private static String firstLine(Throwable fault) {
        return String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
    }
}
