package org.starttlscensus.ledger;

import java.util.List;

/**
 * Whoever stores what calls showed and closes their permits, in one transaction. Returns when that is committed, and repeats
 * it until then; doing it twice is doing it once.
 */
@FunctionalInterface
public interface CallResultStore {
    void store(List<FinishedCall> calls);
}
