package org.starttlscensus.store;

import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.NotAttempted;
import org.starttlscensus.fact.Observation;

/**
 * A planned endpoint and its calls, ready to be judged.
 *
 * @param notAttempted why it was not called; empty if it was planned to be called
 * @param detail       details of the reason in the plan
 * @param abandoned    whether it has a permit of a process that died
 * @param starttlsRefused the night on which STARTTLS was said at its address and refused for want of a certificate;
 *                     empty unless that was confirmed and still stands for what its calls say
 * @param calls        in the order of attempts
 */
public record PlannedEndpoint(
        long endpointId,
        Endpoint endpoint,
        Optional<NotAttempted> notAttempted,
        Optional<String> detail,
        boolean abandoned,
        Optional<CensusNight> starttlsRefused,
        List<StoredCall> calls) {

    public PlannedEndpoint {
        calls = List.copyOf(calls);
    }

    PlannedEndpoint with(List<StoredCall> seen) {
        return new PlannedEndpoint(endpointId, endpoint, notAttempted, detail, abandoned, starttlsRefused, seen);
    }

    /** With its first calls only; none of them may be missing. */
    PlannedEndpoint first(int count) {
        if (count > calls.size())
            throw new IllegalStateException(
                    "%s was judged by %d calls, and only %d are stored".formatted(endpoint, count, calls.size()));
        return with(calls.subList(0, count));
    }

    /**
     * One stored observation.
     *
     * @param tlsProfileId result of the handshake, if one finished
     * @param chainId      the certificates that the server sent, if any
     */
    public record StoredCall(Observation observation, Optional<Long> tlsProfileId, Optional<Long> chainId) {}
}
