package org.starttlscensus.verdict;

import java.util.Optional;
import java.util.Set;

/**
 * What one attempt showed.
 *
 * @param outcome before it is merged with the other attempts of the night
 * @param detail  for {@code tls_failed} how the handshake failed; for what is ours, our own words
 * @param flags   what else is worth knowing
 */
public record AttemptOutcome(Outcome outcome, Optional<String> detail, Set<OutcomeFlag> flags) {

    public AttemptOutcome {
        flags = Set.copyOf(flags);
    }
}
