package org.starttlscensus.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One row of {@code chain_verdict}: the verdict on a chain within a span of time, in the labels of docs/outcomes.md.
 *
 * @param knownIntermediates whether intermediates that other servers sent were used too
 * @param from               first moment of the span; empty: no lower bound
 * @param until              first moment after it; empty: no upper bound
 * @param root               organisation of the root that the chain leads to
 */
public record ChainSpan(
        long chainId,
        boolean knownIntermediates,
        Optional<Instant> from,
        Optional<Instant> until,
        ServerVerdictRow.Chain verdict,
        Optional<String> root,
        List<String> reasons) {

    public boolean holds(Instant at) {
        return from.filter(at::isBefore).isEmpty()
                && until.filter(end -> !at.isBefore(end)).isEmpty();
    }
}
