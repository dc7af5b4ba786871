package org.starttlscensus.store;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.stream.Stream;
import org.starttlscensus.postgres.DatabaseException;

/**
 * What kind of fault of the database is behind an exception: told by SQLSTATE, or by nobody having been reached; never by the
 * class in which a library wrapped it, for those put a full disk and a lost connection together.
 *
 * @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL 18, appendix A: error codes</a>
 */
public enum DatabaseFault {
    /** Nobody could be reached, or the server has ended our session. Waiting helps, and the work is done again. */
    OUTAGE,
    /** Two transactions were in each other's way. Doing ours again helps. */
    CONFLICT,
    /** Only the operator can mend it: a full disk, a cancelled statement, a missing right. */
    SURROUNDINGS,
    /** The server works, and does not take this value. */
    DATA,
    /** The program asked wrongly. */
    BUG;

    private static final String LOCK_TIMEOUT = "55P03";

    /** Empty if the fault is not the database's at all. */
    public static Optional<DatabaseFault> behind(Throwable fault) {
        var state = sqlState(fault);
        if (state.isPresent()) return state.map(DatabaseFault::of);
        var poolIsEmpty = causes(fault).anyMatch(SQLTransientConnectionException.class::isInstance);
        if (poolIsEmpty) return Optional.of(OUTAGE); // for its connections hang
        return causes(fault)
                .filter(DatabaseException.class::isInstance)
                .map(DatabaseException.class::cast)
                .findFirst()
                .map(known -> known.databaseProblem() == DatabaseException.DatabaseProblem.UNREACHABLE
                        ? OUTAGE
                        : SURROUNDINGS);
    }

    /** The server's or driver's own words with the SQLSTATE, on one line; what the exception says if there are none. */
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
            case "08004", "08P01" -> SURROUNDINGS; // we are refused, or something in between speaks another protocol
            case "57P01", "57P02", "57P03", "57P05", "25P03", "53300" -> OUTAGE;
            case "40001", "40P01" -> CONFLICT;
            case "25006", "25P04", "3D000", "42501" -> SURROUNDINGS;
            default ->
                switch (state.substring(0, Math.min(2, state.length()))) { // the class; no enum of ours
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
