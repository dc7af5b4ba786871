package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Nights;
import org.starttlscensus.store.PastPermit;
import org.starttlscensus.store.Permits;
import org.starttlscensus.store.Plans;

/**
 * The contact ledger of one night in the hands of the process that holds the run lock. Opening it takes the night over:
 * from then on nobody else can commit a permit for it.
 */
public final class Ledger {

    private final CensusNight night;
    private final int epoch;
    private final Permits permits;
    private final Dispatcher dispatcher;

    private Ledger(CensusNight night, int epoch, Permits permits, Dispatcher dispatcher) {
        this.night = night;
        this.epoch = epoch;
        this.permits = permits;
        this.dispatcher = dispatcher;
    }

    /**
     * Takes the night over and folds what happened so far.
     *
     * @param wholeCall the deadline of a whole call
     */
    public static Ledger open(Database database, CensusNight night, Limits limits, Duration wholeCall) {
        var permits = new Permits(database);
        int epoch = new Nights(database).takeOver(night);
        var dispatcher = new Dispatcher(limits, wholeCall);
        fold(night, new Plans(database), permits, dispatcher, wholeCall);
        return new Ledger(night, epoch, permits, dispatcher);
    }

    /** Calls that are still to be permitted, as far as is known now. */
    public long toCall() {
        return dispatcher.queued();
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    /** Commits the permits of chosen calls; only then may anybody be called. */
    List<Permitted> commit(List<ChosenCall> chosen) {
        var ids = permits.commit(night, epoch, chosen.stream().map(one -> new Permits.Chosen(
                one.call().endpointId(), one.call().attempt(), one.startAt(), one.dialBefore())).toList());
        return chosen.stream().map(one -> new Permitted(one.call(), new Permit(
                ids.get(one.call().endpointId()), one.call().endpointId(), one.call().endpoint(), one.call().provider(),
                one.call().attempt(), one.startAt(), one.dialBefore()))).toList();
    }

    void abandon(List<Long> permitIds, Instant now) {
        permits.abandon(permitIds, now);
    }

    /** A call with its committed permit. */
    record Permitted(Call call, Permit permit) {}

    private static void fold(CensusNight night, Plans plans, Permits permits, Dispatcher dispatcher, Duration wholeCall) {
        Map<Long, List<PastPermit>> past = new HashMap<>();
        permits.ofNight(night, permit -> past.computeIfAbsent(permit.endpointId(), _ -> new ArrayList<>(1)).add(permit));
        plans.toCall(night, planned -> {
            var call = new Call(planned.endpointId(), planned.endpoint(), planned.provider(), 1);
            var before = past.getOrDefault(planned.endpointId(), List.of());
            before.forEach(permit -> foldOne(dispatcher, call.numbered(permit.attempt()), permit, wholeCall));
            if (before.isEmpty()) {
                dispatcher.plan(call);
                return;
            }
            var last = before.getLast();
            var next = call.numbered(last.attempt() + 1);
            if (last.signal().equals(Optional.of(Permits.NOT_DIALLED))) {
                dispatcher.plan(next);
                return;
            }
            dispatcher.planned(call);
            if (last.signal().equals(Optional.of(Permits.ABANDONED))) dispatcher.again(next, last.dialBefore());
        });
    }

    /** One permit of the past. Nothing is known of a call whose process died, so it counts as the longest one. */
    private static void foldOne(Dispatcher dispatcher, Call call, PastPermit permit, Duration wholeCall) {
        switch (permit.signal().orElse("")) {
            case "" -> dispatcher.ghost(permit.permitId(), call, permit.dialBefore());
            case Permits.NOT_DIALLED -> { }
            case Permits.ABANDONED ->
                    dispatcher.past(call, permit.dialBefore(), permit.dialBefore().plus(wholeCall), Optional.empty());
            default -> {
                var startedAt = permit.startedAt().orElse(permit.startAt());
                dispatcher.past(call, startedAt, permit.endedAt().orElse(startedAt), permit.signal().map(ReplyClass::of));
            }
        }
    }
}
