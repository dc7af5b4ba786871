package org.starttlscensus.fact;

import java.time.Instant;
import java.util.Optional;

/**
 * The committed right to make one call. It stands in the database before the first packet leaves.
 *
 * @param id         the contact ledger's row
 * @param endpointId the stored endpoint
 * @param endpoint   who may be called
 * @param source     our address that it may be made from; empty where this machine chooses it
 * @param provider   key of the provider whose budget it uses
 * @param attempt    1 for the night's first permit for this endpoint
 * @param patient    whether the call has the patient deadlines, after a tarpit or a greeting that came late
 * @param probeKind   what it asks, which decides what is offered
 * @param startAt    not before
 * @param dialBefore not after; a permit not used by then lapses
 */
public record Permit(
        long id,
        long endpointId,
        Endpoint endpoint,
        Optional<Address> source,
        String provider,
        int attempt,
        boolean patient,
        ProbeKind probeKind,
        Instant startAt,
        Instant dialBefore) {

    public PermitKind kind() {
        return probeKind.kind();
    }
}
