package org.starttlscensus.store;

import java.time.Duration;
import java.util.Optional;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.starttlscensus.postgres.DatabaseException;

/** The database is away, for a moment or an hour: told apart from everything that waiting does not mend. */
public final class Outage {

    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    /** Whoever restarts a database takes less; what still waits then is lost with the process, and its calls are repeated. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final RetryTemplate UNTIL_IT_IS_BACK = new RetryTemplate(RetryPolicy.builder()
            .predicate(Outage::isOverIfRepeated)
            .maxRetries(Long.MAX_VALUE)
            .delay(FIRST_WAIT)
            .multiplier(2)
            .maxDelay(LONGEST_WAIT)
            .timeout(LONGEST)
            .build());

    private Outage() {}

    /** Whether the database's absence is behind this fault, however deep it was wrapped. */
    public static boolean isCausedBy(Throwable fault) {
        return DatabaseFault.behind(fault).equals(Optional.of(DatabaseFault.OUTAGE));
    }

    /**
     * For whoever finds that what only this process writes is ahead of what it knows: it was committed, and the answer was lost.
     *
     * @return an outage
     */
    public static DatabaseException lostAnswer(Throwable found) {
        return new DatabaseException(
                DatabaseException.DatabaseProblem.UNREACHABLE,
                "the database committed what we wrote, and its answer was lost. The work is begun anew.",
                found);
    }

    /** Whether two transactions were in each other's way: whoever begins anew finds the way free. */
    public static boolean isConflict(Throwable fault) {
        return DatabaseFault.behind(fault).equals(Optional.of(DatabaseFault.CONFLICT));
    }

    private static boolean isOverIfRepeated(Throwable fault) {
        return isCausedBy(fault) || isConflict(fault);
    }

    /** Does work that may be repeated until it is done, for an hour at most. */
    static void outlast(Runnable work) {
        UNTIL_IT_IS_BACK.invoke(work);
    }
}
