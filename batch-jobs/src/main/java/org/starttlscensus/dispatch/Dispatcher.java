package org.starttlscensus.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.starttlscensus.dispatch.DelayQueue.Delayed;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.politeness.Limits;

/**
 * Decides who may be called when. The state of every key is a fold over the night's permits: told the same past, a new
 * dispatcher decides alike. Knows no clock and no SQL; not thread-safe: one thread drives it.
 *
 * <pre>
 *   plan ─▶ held (backup) ─▶ turns ─▶ chosen ─▶ started ─▶ heard ─▶ ended ─▶ again, later
 * </pre>
 */
public final class Dispatcher {

    /** A permit that is not used within this time lapses, for the spacing to others counts from its start. */
    static final Duration DIAL_WINDOW = Duration.ofSeconds(10);
    /** How far ahead calls are chosen: long enough to commit them in batches, short enough that feedback is in time. */
    public static final Duration LOOKAHEAD = Duration.ofSeconds(1);

    private final Predicate<Call> concerns;
    private final Limiters limiters;
    private final CallScheduler scheduler;
    private final Precedence precedence;
    private final MaxCallDuration maxDuration;
    private final Map<Long, Call> held = new HashMap<>();
    private final DelayQueue delayed = new DelayQueue();
    private final Map<Long, NotCalled> notCalled = new HashMap<>();
    private final DeferredCalls deferred = new DeferredCalls();
    private Optional<NotCalled> closed = Optional.empty();

    /** @param maxDuration the longest a call may take: how long a permit of a dead process may still be an open connection */
    public Dispatcher(Limits limits, MaxCallDuration maxDuration) {
        this(limits, maxDuration, new Precedence(), PriorKnowledge.NOTHING);
    }

    public Dispatcher(
            Limits limits, MaxCallDuration maxDuration, Precedence precedence, PriorKnowledge priorKnowledge) {
        this(limits, maxDuration, precedence, priorKnowledge, _ -> true);
    }

    /** @param concerns whom this dispatcher may call; all others only count in the limits */
    public Dispatcher(
            Limits limits,
            MaxCallDuration maxDuration,
            Precedence precedence,
            PriorKnowledge priorKnowledge,
            Predicate<Call> concerns) {
        this.concerns = concerns;
        this.limiters = new Limiters(limits, priorKnowledge);
        this.scheduler = new CallScheduler(limiters);
        this.precedence = precedence;
        this.maxDuration = maxDuration;
    }

    /** Adds a first call of the plan, behind those added before. */
    public void plan(Call call) {
        limiters.planned(call);
        if (precedence.isHeld(call.endpointId())) held.put(call.endpointId(), call);
        else enqueue(call);
    }

    /** Adds a call that somebody asked for: it is no sampled name of its address, so it adds nothing to what that is called. */
    public void ask(Call call) {
        enqueue(call);
    }

    /** Adds an endpoint of the plan that was called in the night's past: it counts as a name of its address. */
    public void planned(Call call) {
        limiters.planned(call);
        settle(call.endpointId());
    }

    /** A permit of the past was chosen for that time, whatever became of it. */
    public void chosenFor(Instant startAt) {
        limiters.chosenFor(startAt);
    }

    /** To be told first. */
    public EarlierNights earlierNights() {
        return new EarlierNights(limiters, delayed, maxDuration);
    }

    /** A past call that is over. All of them, in the order in which they ended, before the first call of the plan. */
    public void replay(Call call, Instant startedAt, Instant endedAt, Optional<Feedback> feedback) {
        limiters.replay(call, startedAt, endedAt, feedback);
        if (limiters.guard.isOver()) closed = Optional.of(NotCalled.SUSPENDED);
    }

    /**
     * An open permit of a process that died: it may be a connection until its call would have had to end, and it may
     * have started as late as it was allowed to. Then it is handed out by {@link #releasedBy}. Its endpoint is of the plan.
     */
    public void orphaned(long permitId, Call call, Instant dialBefore) {
        limiters.planned(call);
        limiters.orphaned(call, dialBefore, maxDuration.of(call.patient()));
        delayed.add(new Delayed.OrphanedPermit(dialBefore.plus(maxDuration.of(call.patient())), permitId, call));
    }

    /** A call at an endpoint that was called before becomes due at {@code due}, within the totals of the night. */
    public void again(Call call, Instant due) {
        if (!concerns.test(call)) return;
        int most = call.isOnce() ? 1 : limiters.limits.endpoint().perNight().orElseThrow();
        if (call.made() < most && whyNot(call).isEmpty()) delayed.add(new Delayed.DelayedCall(due, call));
    }

    /** The call after one that may have been made, and nobody knows: the campaign's question is not put twice. */
    public void repeat(Call call, Instant due) {
        if (!call.probeKind().isOldVersion()) again(call, due);
    }

    /** The second look at an endpoint that showed no STARTTLS; one of an address is enough for all its names. */
    public void confirm(Call call, Instant due) {
        if (confirms(call)) again(call, due);
    }

    /** Whether this call is the first of its address to ask for a second look; from now on no other is. */
    public boolean confirms(Call call) {
        var address = limiters.address(call);
        if (address.isConfirming) return false;
        address.isConfirming = true;
        return true;
    }

    /** The permits of dead processes that no connection can belong to any more. Their endpoints become due again. */
    public List<Long> releasedBy(Instant now) {
        var released = new ArrayList<Long>();
        for (var due = delayed.pollBy(now); due.isPresent(); due = delayed.pollBy(now)) {
            switch (due.get()) {
                case Delayed.DelayedCall(var _, var call) -> enqueue(call);
                case Delayed.OrphanedPermit(var at, var permitId, var call) -> {
                    released.add(permitId);
                    limiters.freed(call);
                    scheduler.wake(call);
                    settle(call.endpointId());
                    repeat(
                            call.next(call.patient()),
                            at.minus(maxDuration.of(call.patient()))
                                    .plus(limiters.limits.endpoint().gap()));
                }
                case Delayed.EarlierOrphanedPermit(var _, var permitId, var call) -> {
                    released.add(permitId);
                    limiters.freed(call);
                    scheduler.wake(call);
                }
            }
        }
        return released;
    }

    /** The calls that may start by {@code horizon}, at most {@code most}. Their keys are taken from now on. */
    public List<ChosenCall> choose(Instant now, Instant horizon, int most) {
        var chosen = new ArrayList<ChosenCall>();
        while (chosen.size() < most) {
            if (limiters.isUsedUp()) close(NotCalled.BUDGET);
            var selection = scheduler.look(now, horizon);
            if (selection.isEmpty()) break;
            switch (selection.get()) {
                case CallScheduler.Selection.Selected(var call, var startAt) ->
                    chosen.add(new ChosenCall(call, startAt, startAt.plus(DIAL_WINDOW)));
                case CallScheduler.Selection.TotalsUsedUp(var calls) -> drop(calls, NotCalled.BUDGET);
                case CallScheduler.Selection.NoneNow() -> {}
            }
        }
        return chosen;
    }

    /** A permitted call was launched: its start is known, and so are the gaps that count from it. */
    public void started(Call call, Instant at) {
        limiters.started(call, at);
        scheduler.wake(call);
    }

    /**
     * How a call was received is known, before it is stored: a refusal slows or closes its provider at once. Permits that
     * nobody used yet, and that {@link #isShut} now, are to be taken back.
     */
    public void onFeedback(Call call, Feedback feedback, Instant startedAt, Instant endedAt) {
        limiters.onFeedback(call, feedback, startedAt, endedAt);
        if (limiters.guard.isOver()) close(NotCalled.SUSPENDED);
        var provider = limiters.provider(call);
        if (!provider.pace.isExcluded()) return;
        drop(scheduler.drain(provider), NotCalled.SUSPENDED);
        delayed.takeCalls(next -> next.made() > 0 && limiters.provider(next) == provider);
    }

    /** Whether nobody of this call's provider, or nobody at all, may be called at that time. */
    public boolean isShut(Call call, Instant startAt) {
        return whyNot(call).isPresent()
                || startAt.isBefore(limiters.guard.pausedUntil())
                || limiters.provider(call)
                        .pace
                        .suspendedUntil()
                        .filter(startAt::isBefore)
                        .isPresent();
    }

    /** Nobody more is chosen tonight, for this reason. What is under way goes on. */
    private void close(NotCalled why) {
        if (closed.isPresent()) return;
        closed = Optional.of(why);
        drop(scheduler.drain(), why);
        drop(List.copyOf(held.values()), why);
        held.clear();
        drop(delayed.takeCalls(_ -> true), why);
    }

    /** The operator's word: nobody of this provider is chosen until it is resumed. Nobody waits for it meanwhile. */
    public void pause(String provider) {
        deferred.pause(provider);
        limiters.find(provider).ifPresent(queue -> scheduler.drain(queue).forEach(this::defer));
    }

    /** The operator's word: what the provider held against us is forgotten, and whoever was left out because of it is called. */
    public void resume(String provider, Instant now) {
        var waiting = limiters.find(provider).map(scheduler::drain).orElse(List.of());
        limiters.forgive(provider, now);
        waiting.forEach(this::enqueue);
        deferred.resume(provider).forEach(call -> {
            notCalled.remove(call.endpointId());
            enqueue(call);
        });
    }

    private void defer(Call call) {
        deferred.add(call);
        settle(call.endpointId());
    }

    /** A launched call is over and stored. */
    public void ended(Call call, Instant startedAt, Instant endedAt) {
        limiters.ended(call, startedAt, endedAt);
        scheduler.wake(call);
        settle(call.endpointId());
    }

    /** A launched call found its permit lapsed, and that is stored: the endpoint is still to be called. */
    public void lapsed(Call call, Instant now) {
        limiters.lapsed(call);
        scheduler.wake(call);
        if (closed.isPresent()) enqueue(call.renewed());
        else delayed.add(new Delayed.DelayedCall(now, call.renewed()));
    }

    /**
     * Nobody more is called tonight: whoever was not is {@link NotCalled#WINDOW_END}, and nothing becomes due any more.
     *
     * @return the open permits of dead processes, which nobody waits for now
     */
    public List<Long> closeWindow() {
        close(NotCalled.WINDOW_END);
        return delayed.takeOrphaned();
    }

    /** When something can be chosen or released next; empty if only an event can bring that about. */
    public Optional<Instant> next() {
        var turn = scheduler.next();
        var first = delayed.first();
        return turn.isEmpty() || (first.isPresent() && first.get().isBefore(turn.get())) ? first : turn;
    }

    /** A chosen call whose operator has told us to stay away: it is not made, nor is any other of this endpoint tonight. */
    public void optedOut(ChosenCall chosen) {
        limiters.started(chosen.call(), chosen.startAt()); // the spacing stands
        limiters.lapsed(chosen.call());
        scheduler.wake(chosen.call());
        drop(List.of(chosen.call()), NotCalled.OPTED_OUT);
    }

    /** Providers of which nights to come must know that they block us; each is handed out once. */
    public List<String> takeNewlyBlocking() {
        return limiters.takeNewlyBlocking();
    }

    /** How every provider stands that anything was heard of. */
    public Map<String, ProviderPace> paces() {
        return limiters.providers().stream()
                .filter(ProviderQueue::hasFeedback)
                .collect(Collectors.toMap(
                        provider -> provider.name, provider -> new ProviderPace(provider.pace, provider.suspensions)));
    }

    /** Calls still to be permitted, as far as is known now. */
    public long queued() {
        return scheduler.waiting() + held.size() + delayed.size();
    }

    /** Whether nothing is left to choose or to release. */
    public boolean isDone() {
        return queued() == 0;
    }

    /** The endpoints that will not be called at all tonight, and why. */
    public Map<Long, NotCalled> notCalled() {
        var all = new HashMap<>(notCalled);
        deferred.waiting()
                .filter(call -> call.made() == 0)
                .forEach(call -> all.put(call.endpointId(), NotCalled.SUSPENDED));
        return Map.copyOf(all);
    }

    private void enqueue(Call call) {
        if (!concerns.test(call)) return;
        var why = whyNot(call);
        if (why.isPresent()) drop(List.of(call), why.get());
        else if (deferred.isPaused(call)) defer(call);
        else scheduler.add(call);
    }

    private Optional<NotCalled> whyNot(Call call) {
        return closed.or(
                () -> limiters.provider(call).pace.isExcluded() ? Optional.of(NotCalled.SUSPENDED) : Optional.empty());
    }

    private void drop(List<Call> calls, NotCalled why) {
        calls.forEach(call -> {
            if (call.made() == 0) notCalled.put(call.endpointId(), why);
            if (why == NotCalled.SUSPENDED) deferred.add(call);
            settle(call.endpointId());
        });
    }

    /** Whoever waited for this endpoint waits no longer. */
    private void settle(long endpointId) {
        precedence
                .settled(endpointId)
                .forEach(backup -> Optional.ofNullable(held.remove(backup)).ifPresent(this::enqueue));
    }
}
