package org.starttlscensus.fact;

import java.time.Instant;
import java.util.Optional;

/**
 * The permission to make one call. It is committed to the database before the first packet is sent.
 *
 * @param id         the row in the contact ledger
 * @param endpointId the row of the endpoint
 * @param endpoint   what may be called
 * @param source     our address to call from; empty if this machine chooses it
 * @param provider   the key of the provider whose budget it uses
 * @param attempt    1 for the night's first permit for this endpoint
 * @param patient    whether the call has longer deadlines, after a tarpit or a late greeting
 * @param probeKind  which TLS offer the call makes
 * @param startAt    the earliest start
 * @param dialBefore the latest start; a permit not used by then expires
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
