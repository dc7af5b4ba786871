package org.starttlscensus.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.store.PastPermit;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.Plans;

/** Brings a new dispatcher to where the night's permits say the last one stood. */
final class Fold {

    private final CensusNight night;
    private final Plans plans;
    private final Permits permits;
    private final Limits limits;
    private final WholeCall wholeCall;

    Fold(CensusNight night, Plans plans, Permits permits, Limits limits, WholeCall wholeCall) {
        this.night = night;
        this.plans = plans;
        this.permits = permits;
        this.limits = limits;
        this.wholeCall = wholeCall;
    }

    Dispatcher dispatcher() {
        var dispatcher = new Dispatcher(limits, wholeCall, precedence());
        Map<Long, List<PastPermit>> past = new HashMap<>();
        permits.ofNight(night, permit -> past.computeIfAbsent(permit.endpointId(), _ -> new ArrayList<>(1)).add(permit));
        plans.toCall(night, planned -> {
            var first = Call.first(planned.endpointId(), planned.endpoint(), planned.provider());
            var before = past.getOrDefault(planned.endpointId(), List.of());
            if (before.isEmpty()) dispatcher.plan(first);
            else fold(dispatcher, first, before);
        });
        return dispatcher;
    }

    private Precedence precedence() {
        var precedence = new Precedence();
        plans.precedence(night, precedence::add);
        return precedence;
    }

    private void fold(Dispatcher dispatcher, Call first, List<PastPermit> before) {
        var call = first;
        for (var permit : before) {
            call = new Call(first.endpointId(), first.endpoint(), first.provider(), permit.attempt(), call.made(), permit.patient());
            var made = foldOne(dispatcher, call, permit);
            if (permit != before.getLast() && made) call = call.next(false);
        }
        goOn(dispatcher, call, before.getLast());
    }

    /** What the past permit does to the keys; nothing is known of a call whose process died, so it counts as the longest. */
    private boolean foldOne(Dispatcher dispatcher, Call call, PastPermit permit) {
        switch (permit.signal().orElse("")) {
            case "" -> dispatcher.ghost(permit.permitId(), call, permit.dialBefore());
            case Permits.NOT_DIALLED -> {
                return false;
            }
            case Permits.ABANDONED -> dispatcher.past(call, permit.dialBefore(),
                    permit.dialBefore().plus(wholeCall.of(permit.patient())), Optional.empty());
            default -> {
                var startedAt = permit.startedAt().orElse(permit.startAt());
                dispatcher.past(call, startedAt, permit.endedAt().orElse(startedAt), permit.signal().map(ReplyClass::of));
            }
        }
        return true;
    }

    /** What follows from the endpoint's last permit. */
    private void goOn(Dispatcher dispatcher, Call call, PastPermit last) {
        switch (last.signal().orElse("")) {
            case Permits.NOT_DIALLED -> {
                if (call.made() == 0) {
                    dispatcher.plan(call.renewed());
                    return;
                }
                dispatcher.again(call.renewed(), last.startAt());
            }
            case Permits.ABANDONED -> dispatcher.again(call.next(call.patient()), last.dialBefore().plus(limits.endpoint().gap()));
            case "" -> { } // a ghost: its release goes on
            default -> last.retry().ifPresent(retry -> {
                var next = call.next(retry.patient());
                if (last.signal().equals(Optional.of(ReplyClass.NO_STARTTLS.label()))) dispatcher.confirm(next, retry.due());
                else dispatcher.again(next, retry.due());
            });
        }
        dispatcher.planned(call);
    }
}
