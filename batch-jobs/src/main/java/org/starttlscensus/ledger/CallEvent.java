package org.starttlscensus.ledger;

import java.time.Instant;
import java.util.List;
import org.starttlscensus.dispatch.Call;

/** What happens to a permitted call. */
sealed interface CallEvent {
    record CallStarted(Call call, Instant at) implements CallEvent {}

    record CallEnded(FinishedCall call) implements CallEvent {}

    /** A call that is not made, because the last question before it forbids it. */
    record CallRefused(Ledger.Permitted permitted, Caller.Clearance clearance) implements CallEvent {}

    record CallsStored(List<FinishedCall> calls) implements CallEvent {}

    /**
     * A bug of ours ended these calls or prevented their launch. Their permits stay open, and the next process
     * abandons them.
     */
    record CallsLost(Throwable bug, int calls) implements CallEvent {}

    /** Nothing more can be stored. */
    record StorageFailed(Throwable why) implements CallEvent {}
}
