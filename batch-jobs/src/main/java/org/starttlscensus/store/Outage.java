package org.starttlscensus.store;

import java.sql.SQLException;
import java.time.Duration;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** The database is away, for a moment or an hour: told apart from statements that are wrong. */
public final class Outage {

    private static final String DISK_FULL = "53100";
    private static final String CONNECTION_EXCEPTION = "08";
    private static final String OPERATOR_INTERVENTION = "57P";
    private static final String IDLE_IN_TRANSACTION = "25P03";
    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    /** Whoever restarts a database takes less; what still waits then is lost with the process, and its calls are repeated. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final RetryTemplate UNTIL_IT_IS_BACK = new RetryTemplate(RetryPolicy.builder()
            .predicate(Outage::isBehind).maxRetries(Long.MAX_VALUE)
            .delay(FIRST_WAIT).multiplier(2).maxDelay(LONGEST_WAIT).timeout(LONGEST).build());

    private Outage() {}

    /** Whether the database's absence is behind this fault, however deep it was wrapped. */
    public static boolean isBehind(Throwable fault) {
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (isDiskFull(cause)) return false;
            if (isSessionOver(cause)) return true;
            if (cause instanceof DatabaseException known) return known.reason() == DatabaseException.Reason.UNREACHABLE;
        }
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof NonTransientDataAccessResourceException || cause instanceof RecoverableDataAccessException
                    || cause instanceof TransientDataAccessException || cause instanceof TransactionException) return true;
        }
        return false;
    }

    /**
     * The server has ended our session: it stops, or we were silent too long, as a process is that was stopped and wakes.
     *
     * @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL 18, appendix A: error codes</a>
     */
    private static boolean isSessionOver(Throwable cause) {
        if (!(cause instanceof SQLException known) || known.getSQLState() == null) return false;
        var state = known.getSQLState();
        return state.startsWith(CONNECTION_EXCEPTION) || state.startsWith(OPERATOR_INTERVENTION) || state.equals(IDLE_IN_TRANSACTION);
    }

    /** A full disk is no absence: waiting does not mend it. */
    private static boolean isDiskFull(Throwable cause) {
        return cause instanceof SQLException known && DISK_FULL.equals(known.getSQLState());
    }

    /** Does work that may be repeated until it is done, for an hour at most. */
    static void outlast(Runnable work) {
        UNTIL_IT_IS_BACK.invoke(work);
    }
}
