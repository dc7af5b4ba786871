package org.starttlscensus.store;

import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.NotAttempted;
import org.starttlscensus.fact.Observation;

/**
 * A planned endpoint and what its calls showed, ready to be judged.
 *
 * @param notAttempted why it was not called; empty if it was to be
 * @param detail       closer reason of the plan
 * @param abandoned    whether a permit of a process that died was left behind
 * @param calls        in the order of attempts; empty if none was made
 */
public record PlannedEndpoint(
        long endpointId,
        Endpoint endpoint,
        Optional<NotAttempted> notAttempted,
        Optional<String> detail,
        boolean abandoned,
        List<StoredCall> calls) {

    public PlannedEndpoint {
        calls = List.copyOf(calls);
    }

    PlannedEndpoint with(List<StoredCall> seen) {
        return new PlannedEndpoint(endpointId, endpoint, notAttempted, detail, abandoned, seen);
    }

    /**
     * One stored observation.
     *
     * @param tlsProfileId what its handshake showed, if one finished
     * @param chainId      the certificates that it showed, if it showed any
     */
    public record StoredCall(Observation observation, Optional<Long> tlsProfileId, Optional<Long> chainId) {}
}
