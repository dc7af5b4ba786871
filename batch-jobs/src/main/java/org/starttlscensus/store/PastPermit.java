package org.starttlscensus.store;

import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.fact.Question;
import org.starttlscensus.fact.Reception;

/**
 * A row of the contact ledger, as a fold reads it.
 *
 * @param question what the call asked
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
        Question question,
        Optional<Retry> retry) {

    /** Of a call that asked the ordinary question. */
    public PastPermit(long permitId, long endpointId, int attempt, Instant startAt, Instant dialBefore, Optional<Instant> startedAt,
            Optional<Instant> endedAt, Optional<String> signal, boolean patient, Optional<Reception> reception,
            Optional<Retry> retry) {
        this(permitId, endpointId, attempt, startAt, dialBefore, startedAt, endedAt, signal, patient, reception, Question.STANDARD, retry);
    }

    /** One more attempt at the endpoint, from when on, and what it asks. */
    public record Retry(Instant due, boolean patient, Question question) {

        /** With the ordinary question. */
        public Retry(Instant due, boolean patient) {
            this(due, patient, Question.STANDARD);
        }
    }
}
