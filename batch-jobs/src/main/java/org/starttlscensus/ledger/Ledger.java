package org.starttlscensus.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Permit;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.store.Database;
import org.starttlscensus.store.Nights;
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

    /** Takes the night over and folds what happened so far. */
    public static Ledger open(Database database, CensusNight night, Limits limits, WholeCall wholeCall) {
        var permits = new Permits(database);
        int epoch = new Nights(database).takeOver(night);
        var plans = new Plans(database);
        var precedence = new Precedence();
        plans.precedence(night, precedence::add);
        var fold = new Fold(limits, wholeCall, precedence, Set.of());
        plans.toCall(night, planned -> fold.planned(Call.first(planned.endpointId(), planned.endpoint(), planned.provider(),
                planned.position(), planned.isImplicit(), planned.isKnown())));
        permits.ofNight(night, fold::past);
        return new Ledger(night, epoch, permits, fold.dispatcher());
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
                one.call().endpointId(), one.call().number(), one.call().patient(), one.startAt(), one.dialBefore())).toList());
        return chosen.stream().map(one -> new Permitted(one.call(), new Permit(
                ids.get(one.call().endpointId()), one.call().endpointId(), one.call().endpoint(), one.call().provider(),
                one.call().number(), one.call().patient(), one.startAt(), one.dialBefore()))).toList();
    }

    /** Gives back permits that were never handed to anybody. */
    void renounce(List<Permitted> unused, Instant now) {
        permits.close(unused.stream().map(one -> new Permits.Used(one.permit().id(), Optional.empty(), Optional.empty(),
                Permits.NOT_DIALLED, Optional.empty(), Optional.empty(), Optional.empty())).toList(), now);
    }

    void abandon(List<Long> permitIds, Instant now) {
        permits.abandon(permitIds, now);
    }

    /** A call with its committed permit. */
    record Permitted(Call call, Permit permit) {}
}
