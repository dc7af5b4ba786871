package org.starttlscensus.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.starttlscensus.dispatch.DelayQueue.Delayed;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.politeness.Limits;

/**
 * Decides which server may be called when. Its state follows from the night's permits alone: a new dispatcher that
 * replays the same permits decides the same. It uses no clock and no SQL. Not thread-safe: one thread drives it.
 *
 * <pre>
 *   plan ─▶ held (backup MX) ─▶ scheduled ─▶ chosen ─▶ started ─▶ onFeedback ─▶ ended ─▶ due later
 * </pre>
 */
public final class Dispatcher {

    /** A permit that is not used within this time lapses, because the gaps to other calls count from its start. */
    static final Duration DIAL_WINDOW = Duration.ofSeconds(10);
    /** How far ahead calls are chosen: long enough to commit them in batches, short enough to react to feedback. */
    public static final Duration LOOKAHEAD = Duration.ofSeconds(1);

    private final Limiters limiters;
    private final CallScheduler scheduler;
    private final PendingCalls pending;
    private final DueEntries dueEntries;
    private final MaxCallDuration maxDuration;

    /** @param maxDuration how long a call may take, hence how long a dead process's permit may be an open connection */
    public Dispatcher(Limits limits, MaxCallDuration maxDuration) {
        this(limits, maxDuration, new Precedence(), PriorKnowledge.NOTHING);
    }

    public Dispatcher(
            Limits limits, MaxCallDuration maxDuration, Precedence precedence, PriorKnowledge priorKnowledge) {
        this(limits, maxDuration, precedence, priorKnowledge, CallSource.CHOSEN_BY_SYSTEM, _ -> true);
    }

    /**
     * @param sources our addresses from which it lets calls be made
     * @param mayCall the calls that this dispatcher may choose; all others only count in the limits
     */
    public Dispatcher(
            Limits limits,
            MaxCallDuration maxDuration,
            Precedence precedence,
            PriorKnowledge priorKnowledge,
            List<CallSource> sources,
            Predicate<Call> mayCall) {
        this.limiters = new Limiters(limits, priorKnowledge, sources);
        this.scheduler = new CallScheduler(limiters);
        this.pending = new PendingCalls(limiters, scheduler, precedence, mayCall);
        this.dueEntries = new DueEntries(limiters, scheduler, pending, maxDuration);
        this.maxDuration = maxDuration;
    }

    /** Adds a first call of the plan, after those that were added before. */
    public void plan(Call call) {
        limiters.planned(call);
        pending.plan(call);
    }

    /** Adds a call that a user requested. It is no sampled name: the total of its address stays. */
    public void addOnDemand(Call call) {
        pending.enqueue(call);
    }

    /** Adds an endpoint of the plan that was called earlier tonight: it counts as a sampled name of its address. */
    public void planned(Call call) {
        limiters.planned(call);
        pending.settle(call.endpointId());
    }

    /** Before a replay: to which providers the address of a planned call belongs decides what resuming one means. */
    public void belongs(Call call) {
        limiters.address(call);
    }

    /** Records that a past permit was chosen for that time and source, whatever happened to it. */
    public void chosenFor(Optional<Address> source, Instant startAt) {
        limiters.sources.of(source).chosenFor(startAt);
    }

    /** Before a replay of this call: tonight its address was called from that source, and so it stays. */
    public void calledFrom(Call call, Optional<Address> source) {
        limiters.calledFrom(call, source);
    }

    /** Takes the calls of earlier nights, before all else. */
    public EarlierNights earlierNights() {
        return new EarlierNights(limiters, pending.delayed(), maxDuration);
    }

    /**
     * Replays a past call that is over. All of them, in the order of their ends, come before the first call of the
     * plan.
     */
    public void replay(Call call, Instant startedAt, Instant endedAt, Optional<Feedback> feedback) {
        limiters.replay(call, startedAt, endedAt, feedback);
        if (limiters.guard.isOver()) pending.refuse(NotCalled.SUSPENDED);
    }

    /**
     * Replays an open permit of a dead process. Its call may have started as late as {@code dialBefore}, and it may be
     * an open connection until that call must be over. Then {@link #releasedBy} returns it. Its endpoint belongs to the
     * plan.
     */
    public void orphaned(long permitId, Call call, Instant dialBefore) {
        limiters.planned(call);
        limiters.orphaned(call, dialBefore, maxDuration.of(call.patient()));
        var due = dialBefore.plus(maxDuration.of(call.patient()));
        pending.delayed().add(new Delayed.OrphanedPermit(due, permitId, call, limiters.source(call)));
    }

    /** Schedules a further call of an endpoint for {@code due}, within the totals of the night. */
    public void schedule(Call call, Instant due) {
        dueEntries.schedule(call, due);
    }

    /** Schedules the second look of an on-demand call whose user asks again. */
    public void scheduleSecondLook(Call call, Instant due) {
        if (call.made() < limiters.limits.endpoint().perNight().orElseThrow()) pending.delay(call, due);
    }

    /**
     * Schedules the call after an unreported one. An old-version probe may have been made already, so it is not
     * repeated.
     */
    public void scheduleAfterUnreported(Call call, Instant due) {
        dueEntries.scheduleAfterUnreported(call, due);
    }

    /**
     * Schedules the second look at an endpoint that offered no STARTTLS. One of an address is enough for all its names.
     */
    public void scheduleConfirmation(Call call, Instant due) {
        if (!call.isOnce() && claimConfirmation(call)) schedule(call, due);
    }

    /** Whether this call's endpoint is the first of its address that needs a second look. No later one is. */
    public boolean claimConfirmation(Call call) {
        var address = limiters.address(call);
        if (address.isConfirming) return false;
        address.isConfirming = true;
        return true;
    }

    /** The permits of dead processes that cannot be open connections any more. Their endpoints become due again. */
    public List<Long> releasedBy(Instant now) {
        return dueEntries.releasedBy(now);
    }

    /**
     * The calls that may start by {@code horizon}, at most {@code most}. From now on their limiters count them as open.
     */
    public List<ChosenCall> choose(Instant now, Instant horizon, int most) {
        var chosen = new ArrayList<ChosenCall>();
        while (chosen.size() < most) {
            if (limiters.sources.areUsedUp()) pending.close(NotCalled.BUDGET);
            var selection = scheduler.look(now, horizon);
            if (selection.isEmpty()) break;
            switch (selection.get()) {
                case Selection.Selected(var call, var source, var startAt) ->
                    chosen.add(new ChosenCall(call, source, startAt, startAt.plus(DIAL_WINDOW)));
                case Selection.TotalsUsedUp(var calls) -> pending.drop(calls, NotCalled.BUDGET);
                case Selection.NoneNow() -> {}
            }
        }
        return chosen;
    }

    /** A permitted call was launched. Its start is known now, and the gaps count from it. */
    public void started(Call call, Instant at) {
        limiters.started(call, at);
        scheduler.wake(call);
    }

    /**
     * The feedback of a call is known; the call is not stored yet. A refusal slows or excludes whoever is charged.
     * The caller must then recall the unused permits for which {@link #isForbidden} holds.
     */
    public void onFeedback(Call call, Feedback feedback, Instant startedAt, Instant endedAt) {
        limiters.onFeedback(call, feedback, startedAt, endedAt);
        if (limiters.guard.isOver()) pending.close(NotCalled.SUSPENDED);
        if (feedback.signal() == Feedback.Signal.LOCAL_ERROR
                && limiters.source(call).isFaulty()) scheduler.leave(limiters.source(call));
        var provider = limiters.provider(call);
        if (provider.pace.isExcluded()) pending.dropExcluded(provider);
        var address = limiters.address(call);
        if (address.isExcluded()) pending.dropExcluded(address);
    }

    /** Whether this call must not start at that time: who is charged, our source, or everybody is suspended. */
    public boolean isForbidden(Call call, Instant startAt) {
        return pending.whyNot(call).isPresent()
                || startAt.isBefore(limiters.guard.pausedUntil())
                || limiters.isSuspendedAt(call, startAt);
    }

    /**
     * Operator override: no call of this provider is chosen until it is resumed. Backups do not wait for it meanwhile.
     */
    public void pause(String provider) {
        pending.pause(provider);
    }

    /** Operator override: resets the provider's pace and calls the endpoints that were left out because of it. */
    public void resume(String provider, Instant now) {
        pending.resume(provider, now);
    }

    /** A launched call is over and stored. */
    public void ended(Call call, Instant startedAt, Instant endedAt) {
        limiters.ended(call, startedAt, endedAt);
        scheduler.wake(call);
        pending.settle(call.endpointId());
    }

    /** The permit of a launched call had lapsed, and that is stored. The endpoint is still to be called. */
    public void lapsed(Call call, Instant now) {
        limiters.lapsed(call);
        scheduler.wake(call);
        if (pending.isClosed()) pending.enqueue(call.renewed());
        else pending.delayed().add(new Delayed.DelayedCall(now, call.renewed()));
    }

    /**
     * Ends the night: every endpoint that was not called gets {@link NotCalled#WINDOW_END}, and nothing becomes due any
     * more.
     *
     * @return the open permits of dead processes, which need no further wait
     */
    public List<Long> closeWindow() {
        pending.close(NotCalled.WINDOW_END);
        return pending.delayed().takeOrphaned();
    }

    /** When something can be chosen or released next; empty if only an event can make that possible. */
    public Optional<Instant> next() {
        var scheduled = scheduler.next();
        var delayed = pending.delayed().first();
        return scheduled.isEmpty() || (delayed.isPresent() && delayed.get().isBefore(scheduled.get()))
                ? delayed
                : scheduled;
    }

    /** The endpoint of a chosen call was opted out. The call is not made, nor any other of this endpoint tonight. */
    public void optedOut(Call call, Instant startAt) {
        limiters.started(call, startAt); // the gap still counts
        limiters.lapsed(call);
        scheduler.wake(call);
        pending.drop(List.of(call), NotCalled.OPTED_OUT);
    }

    /** No permit of a chosen call was committed, and nothing speaks against another: it is chosen again. */
    public void notPermitted(Call call, Instant startAt) {
        limiters.started(call, startAt); // the gap still counts
        lapsed(call, startAt);
    }

    /** Whose block must be stored for later nights. Each is returned once. */
    public NewlyBlocking takeNewlyBlocking() {
        return limiters.takeNewlyBlocking();
    }

    public Paces paces() {
        return limiters.paces();
    }

    /** Calls still to be permitted, as far as is known now. */
    public long queued() {
        return pending.size();
    }

    public boolean isDone() {
        return queued() == 0;
    }

    /** The endpoints that will not be called at all tonight, and why. */
    public Map<Long, NotCalled> notCalled() {
        return pending.notCalled();
    }
}
