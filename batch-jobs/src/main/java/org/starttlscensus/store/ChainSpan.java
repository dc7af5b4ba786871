package org.starttlscensus.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One row of {@code chain_verdict}: what a chain is worth within a span of time, in the labels of docs/outcomes.md.
 *
 * @param knownIntermediates whether intermediates that other servers sent were taken along
 * @param from               first moment of the span; empty: since ever
 * @param until              first moment after it; empty: for ever
 * @param root               organisation of the root to which it leads
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
