package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.store.PastPermit;
import org.starttlscensus.store.Permits;

/**
 * Tells a new dispatcher what a night's ledger says of the past. Permits come in the order in which their calls ended,
 * for that is the order in which the pace changed; so the dispatcher decides as the one before it would have.
 */
final class Fold {

    private final Duration wholeCall;
    private final Dispatcher dispatcher;
    private final Map<Long, Call> plan = new LinkedHashMap<>();
    private final Map<Long, Last> last = new HashMap<>();

    Fold(Limits limits, Duration wholeCall) {
        this.wholeCall = wholeCall;
        this.dispatcher = new Dispatcher(limits, wholeCall);
    }

    /** What became of an endpoint's latest permit. */
    private record Last(int attempt, Fate fate, Instant dialBefore) {}

    private enum Fate { OPEN, NOT_DIALLED, ABANDONED, CALLED }

    /** A call of the plan; all of them before the first permit, in tonight's order. */
    void planned(Call call) {
        plan.put(call.endpointId(), call);
    }

    /** A permit of the past. Nothing is known of a call whose process died, so it counts as the longest one. */
    void past(PastPermit permit) {
        var planned = plan.get(permit.endpointId());
        if (planned == null) return; // a later plan leaves it out
        var call = planned.numbered(permit.attempt());
        var fate = fate(permit.signal().orElse(""));
        switch (fate) {
            case OPEN -> dispatcher.ghost(permit.permitId(), call, permit.dialBefore());
            case NOT_DIALLED -> { }
            case ABANDONED ->
                    dispatcher.past(call, permit.dialBefore(), permit.dialBefore().plus(wholeCall), Optional.empty());
            case CALLED -> {
                var startedAt = permit.startedAt().orElse(permit.startAt());
                dispatcher.past(call, startedAt, permit.endedAt().orElse(startedAt), permit.signal().map(ReplyClass::of));
            }
        }
        last.merge(permit.endpointId(), new Last(permit.attempt(), fate, permit.dialBefore()),
                (one, other) -> one.attempt() > other.attempt() ? one : other);
    }

    private static Fate fate(String signal) {
        return switch (signal) {
            case "" -> Fate.OPEN;
            case Permits.NOT_DIALLED -> Fate.NOT_DIALLED;
            case Permits.ABANDONED -> Fate.ABANDONED;
            default -> Fate.CALLED;
        };
    }

    /** The dispatcher, which knows now who is still to be called. */
    Dispatcher dispatcher() {
        plan.values().forEach(call -> settle(call, last.get(call.endpointId())));
        plan.clear();
        last.clear();
        return dispatcher;
    }

    private void settle(Call call, @Nullable Last permit) {
        if (permit == null) {
            dispatcher.plan(call);
            return;
        }
        var next = call.numbered(permit.attempt() + 1);
        switch (permit.fate()) {
            case NOT_DIALLED -> dispatcher.plan(next);
            case OPEN, CALLED -> dispatcher.planned(call);
            case ABANDONED -> {
                dispatcher.planned(call);
                dispatcher.again(next, permit.dialBefore());
            }
        }
    }
}
