package org.starttlscensus.job;

import java.util.List;
import java.util.Optional;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.ledger.CallResultStore;
import org.starttlscensus.ledger.FinishedCall;
import org.starttlscensus.ledger.UnusableResult;
import org.starttlscensus.store.DatabaseFault;

/**
 * Stores a batch as one. If what a call showed is not taken, the calls of its batch are stored one by one, and that one
 * as what it is: a fault of ours. The operator is told, and the night goes on.
 *
 * <p>If no call can be stored in {@value #BATCHES} batches in a row, of {@value #CALLS} calls at least, no peer is to
 * blame: then the run ends. Used by one thread.
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
        if (isStored(calls).isEmpty()) {
            batchesInARow = 0;
            callsInARow = 0;
        } else {
            storeOneByOne(calls);
        }
    }

    private void storeOneByOne(List<FinishedCall> calls) {
        batchesInARow++;
        for (var call : calls) {
            var fault = isStored(List.of(call));
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
        if (isStored(List.of(with(call, UnusableResult.of(call.observation(), why))))
                .isPresent()) {
            store.store(List.of(with(call, UnusableResult.bare(call.observation(), why))));
        }
        progress.say(("what %s showed could not be stored as it was (%s): it is stored as a fault of ours, "
                        + "and the night goes on")
                .formatted(call.permit().endpoint(), DatabaseFault.words(fault)));
        callsInARow++;
        if (batchesInARow < BATCHES || callsInARow < CALLS) return;
        throw new IllegalStateException("""
                no call of %d batches in a row, %d calls in all, could be stored as it was (%s). \
                Nobody more is called. The calls are stored as local_error.""".formatted(batchesInARow, callsInARow, DatabaseFault.words(fault)), fault);
    }

    private static FinishedCall with(FinishedCall call, Observation observation) {
        return new FinishedCall(
                call.permit(), call.call(), observation, call.judgement(), call.feedback(), call.retry());
    }

    /** Empty if so; else the fault that lies in what the calls showed. Any other is thrown. */
    private Optional<Throwable> isStored(List<FinishedCall> calls) {
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
