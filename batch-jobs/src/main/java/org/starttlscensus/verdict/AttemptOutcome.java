package org.starttlscensus.verdict;

import java.util.Optional;
import java.util.Set;

/**
 * The verdict on one attempt.
 *
 * @param outcome before it is merged with the other attempts of the night
 * @param detail  how the handshake failed, for {@code tls_failed}; otherwise the observation's own detail
 * @param flags   further findings
 */
public record AttemptOutcome(Outcome outcome, Optional<String> detail, Set<OutcomeFlag> flags) {

    public AttemptOutcome {
        flags = Set.copyOf(flags);
    }
}
