package org.starttlscensus.job;

import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.ledger.CallResultStore;
import org.starttlscensus.ledger.FinishedCall;
import org.starttlscensus.ledger.UnusableResult;
import org.starttlscensus.store.DatabaseFault;

/**
 * Stores a batch of calls at once. If the database rejects the data of a call, the calls of the batch are stored one
 * by one, and that call is stored as a fault of ours. A message says so, and the night goes on.
 *
 * <p>If no call of {@value #BATCHES} batches in a row, with at least {@value #CALLS} calls, can be stored, no single
 * peer is the cause: then the run ends. Used by one thread.
 */
public final class FaultIsolatingStore implements CallResultStore {

    private static final int BATCHES = 3;
    private static final int CALLS = 20;

    private final CallResultStore store;
    private final Progress progress;
    private int batchesInARow;
    private int callsInARow;

    public FaultIsolatingStore(CallResultStore store, Progress progress) {
        this.store = store;
        this.progress = progress;
    }

    @Override
    public void store(List<FinishedCall> calls) {
        if (faultOfStoring(calls).isEmpty()) {
            batchesInARow = 0;
            callsInARow = 0;
        } else {
            storeOneByOne(calls);
        }
    }

    private void storeOneByOne(List<FinishedCall> calls) {
        batchesInARow++;
        for (var call : calls) {
            var fault = faultOfStoring(List.of(call));
            if (fault.isPresent()) {
                storeAsOurs(call, fault.get());
            } else {
                batchesInARow = 0;
                callsInARow = 0;
            }
        }
    }

    private void storeAsOurs(FinishedCall call, Throwable fault) {
        var why = DatabaseFault.sqlState(fault)
                .map(state -> "SQLSTATE " + state)
                .orElse(fault.getClass().getSimpleName());
        if (faultOfStoring(List.of(with(call, UnusableResult.of(call.observation(), why))))
                .isPresent()) {
            store.store(List.of(with(call, UnusableResult.bare(call.observation(), why))));
        }
        progress.say(("the result of the call to %s could not be stored (%s): the call is stored as a fault of ours, "
                        + "and the night goes on")
                .formatted(call.permit().endpoint(), DatabaseFault.words(fault)));
        callsInARow++;
        if (batchesInARow < BATCHES || callsInARow < CALLS) return;
        throw new IllegalStateException("""
                no call of %d batches in a row, %d calls in all, could be stored with its result (%s). \
                No more servers are called. The calls are stored as local_error.\
                """.formatted(batchesInARow, callsInARow, DatabaseFault.words(fault)), fault);
    }

    private static FinishedCall with(FinishedCall call, Observation observation) {
        return new FinishedCall(
                call.permit(), call.call(), observation, call.judgement(), call.feedback(), call.retry());
    }

    /** Stores the calls; returns the fault if it lies in their data. Any other fault is thrown. */
    private Optional<Throwable> faultOfStoring(List<FinishedCall> calls) {
        try {
            store.store(calls);
            return Optional.empty();
        } catch (RuntimeException | StackOverflowError fault) {
            var kind = DatabaseFault.behind(fault);
            if (kind.isPresent() && kind.get() != DatabaseFault.DATA) throw fault;
            return Optional.of(fault);
        }
    }
}
