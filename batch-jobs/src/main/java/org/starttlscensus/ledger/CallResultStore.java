package org.starttlscensus.ledger;

import java.util.List;

/**
 * Stores the results of calls and closes their permits, in one transaction. Returns when that is committed, and retries
 * until then. Idempotent.
 */
@FunctionalInterface
public interface CallResultStore {
    void store(List<FinishedCall> calls);
}
