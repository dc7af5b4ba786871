package org.starttlscensus.store;

import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.fact.Reception;

/**
 * A row of the contact ledger, as a fold reads it.
 *
 * @param patient whether the call had the patient deadlines
 * @param retry   when the endpoint is due again tonight, as it was decided when the call ended
 * @param reception what the call did to the pace; empty unless it was made
 * @param signal a reply class, {@link Permits#NOT_DIALLED} or {@link Permits#ABANDONED}; empty while the permit is open
 */
public record PastPermit(
        long permitId,
        long endpointId,
        int attempt,
        Instant startAt,
        Instant dialBefore,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        Optional<String> signal,
        boolean patient,
        Optional<Reception> reception,
        Optional<Retry> retry) {

    /** One more attempt at the endpoint, and from when on. */
    public record Retry(Instant due, boolean patient) {}
}
