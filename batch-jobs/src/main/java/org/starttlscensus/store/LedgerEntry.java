package org.starttlscensus.store;

import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ScheduledRetry;

/** A row of the contact ledger, as a fold reads it. */
public sealed interface LedgerEntry {

    long endpointId();

    /** 1 for the night's first permit for this endpoint. */
    int attempt();

    /** When its call was to start. */
    Instant startAt();

    /**
     * Its call is over and was reported.
     *
     * @param startedAt    when the first packet was sent; empty if it never was
     * @param feedback    what the call did to the pace; empty unless it was made
     * @param scheduledRetry        when the endpoint is due again tonight, as it was decided when the call ended
     */
    record Ended(
            long endpointId,
            int attempt,
            Instant startAt,
            Optional<Instant> startedAt,
            Instant endedAt,
            Optional<Feedback> feedback,
            Optional<ScheduledRetry> scheduledRetry)
            implements LedgerEntry {}

    /**
     * No call was reported.
     *
     * @param patient  whether the call would have the patient deadlines
     * @param probeKind what it would ask
     */
    record Unended(
            long permitId,
            long endpointId,
            int attempt,
            Instant startAt,
            Instant dialBefore,
            Fate fate,
            boolean patient,
            ProbeKind probeKind)
            implements LedgerEntry {}

    /** What became of a permit whose call nobody reported. */
    enum Fate {
        /** It may be a connection, or may yet become one. */
        OPEN,
        /** It lapsed before it was dialled. */
        NOT_DIALLED,
        /** Its process died: it may have been dialled. */
        ABANDONED
    }
}
