package org.starttlscensus.store;

import java.time.Instant;
import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.ProbeKind;
import org.starttlscensus.fact.ScheduledRetry;

/** A row of the contact ledger, for a replay. */
public sealed interface LedgerEntry {

    long endpointId();

    /** 1 for the night's first permit for this endpoint. */
    int attempt();

    /** The scheduled start of its call. */
    Instant startAt();

    /** Our address that its call may be made from; empty if the operating system chose it. */
    Optional<Address> source();

    /**
     * The call has ended and was reported.
     *
     * @param startedAt      when the first packet was sent; empty if none was sent
     * @param feedback       effect of the call on the pace; empty if it was not made
     * @param scheduledRetry when the endpoint is due again tonight, as decided when the call ended
     */
    record Ended(
            long endpointId,
            int attempt,
            Instant startAt,
            Optional<Instant> startedAt,
            Instant endedAt,
            Optional<Feedback> feedback,
            Optional<ScheduledRetry> scheduledRetry,
            Optional<Address> source)
            implements LedgerEntry {}

    /**
     * No call was reported.
     *
     * @param patient   whether the call would have the patient deadlines
     * @param probeKind what the call would ask
     */
    record Unended(
            long permitId,
            long endpointId,
            int attempt,
            Instant startAt,
            Instant dialBefore,
            Fate fate,
            boolean patient,
            ProbeKind probeKind,
            Optional<Address> source)
            implements LedgerEntry {}

    /** The state of a permit whose call was not reported. */
    enum Fate {
        /** The call may be in progress, or may still begin. */
        OPEN,
        /** The permit expired before the connection was opened. */
        NOT_DIALLED,
        /** Its process died; the connection may have been opened. */
        ABANDONED
    }
}
