package org.starttlscensus.store;

import java.time.Duration;
import java.util.Optional;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.starttlscensus.postgres.DatabaseException;

/**
 * Recognises that the database is unavailable, for a moment or an hour, and waits for it. Other faults are not retried.
 */
public final class Outage {

    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    /**
     * Restarting a database takes less time. Results that are still waiting then are lost with the process, and their
     * calls are repeated.
     */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final RetryTemplate UNTIL_IT_IS_BACK = new RetryTemplate(RetryPolicy.builder()
            .predicate(Outage::isRetryable)
            .maxRetries(Long.MAX_VALUE)
            .delay(FIRST_WAIT)
            .multiplier(2)
            .maxDelay(LONGEST_WAIT)
            .timeout(LONGEST)
            .build());

    private Outage() {}

    /** Whether an unavailable database caused this exception, at any depth of its causes. */
    public static boolean isCausedBy(Throwable fault) {
        return DatabaseFault.behind(fault).equals(Optional.of(DatabaseFault.OUTAGE));
    }

    /**
     * For a caller that finds rows which only this process writes and which it does not know: they were committed, and
     * the answer was lost.
     *
     * @return an outage
     */
    public static DatabaseException lostAnswer(Throwable found) {
        return new DatabaseException(
                DatabaseException.DatabaseProblem.UNREACHABLE,
                "the database committed a transaction whose answer was lost. The work is started again.",
                found);
    }

    /** Whether two transactions conflicted; repeating the transaction helps. */
    public static boolean isConflict(Throwable fault) {
        return DatabaseFault.behind(fault).equals(Optional.of(DatabaseFault.CONFLICT));
    }

    private static boolean isRetryable(Throwable fault) {
        return isCausedBy(fault) || isConflict(fault);
    }

    /** Runs idempotent work and repeats it until it succeeds, for an hour at most. */
    static void outlast(Runnable work) {
        UNTIL_IT_IS_BACK.invoke(work);
    }
}
