package org.starttlscensus.dispatch;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The calls that are still to be made tonight, and the reasons of those that will not be. A call waits in exactly one
 * of four places: held for its primaries, in the scheduler, until its time is due, or deferred with its provider.
 */
final class PendingCalls {

    private final Limiters limiters;
    private final CallScheduler scheduler;
    private final Precedence precedence;
    private final Predicate<Call> mayCall;
    /** Backup MX, by endpoint. */
    private final Map<Long, Call> held = new HashMap<>();

    private final DelayQueue delayed = new DelayQueue();
    private final DeferredCalls deferred = new DeferredCalls();
    private final Map<Long, NotCalled> notCalled = new HashMap<>();
    private Optional<NotCalled> closed = Optional.empty();

    PendingCalls(Limiters limiters, CallScheduler scheduler, Precedence precedence, Predicate<Call> mayCall) {
        this.limiters = limiters;
        this.scheduler = scheduler;
        this.precedence = precedence;
        this.mayCall = mayCall;
    }

    /** Adds a first call of the plan: at once, or after its primaries. */
    void plan(Call call) {
        if (precedence.isHeld(call.endpointId())) held.put(call.endpointId(), call);
        else enqueue(call);
    }

    void enqueue(Call call) {
        if (!mayCall.test(call)) return;
        var why = whyNot(call);
        if (why.isPresent()) drop(List.of(call), why.get());
        else if (deferred.isPaused(call)) defer(call);
        else scheduler.add(call);
    }

    /** Adds a call that becomes due later, unless it cannot be made tonight. */
    void delay(Call call, Instant due) {
        if (mayCall.test(call) && whyNot(call).isEmpty()) delayed.add(new DelayQueue.Delayed.DelayedCall(due, call));
    }

    DelayQueue delayed() {
        return delayed;
    }

    /** Why this call cannot be made tonight; empty if it can. */
    Optional<NotCalled> whyNot(Call call) {
        if (closed.isPresent()) return closed;
        if (!limiters.sources.reach(call.address())) // planned when there was one
        return Optional.of(call.address().isIpv6() ? NotCalled.NO_IPV6 : NotCalled.BUDGET);
        return limiters.isExcluded(call) ? Optional.of(NotCalled.SUSPENDED) : Optional.empty();
    }

    /** The endpoints of these calls are not called, unless they were called before. */
    void drop(List<Call> calls, NotCalled why) {
        calls.forEach(call -> {
            if (call.made() == 0) notCalled.put(call.endpointId(), why);
            if (why == NotCalled.SUSPENDED) deferred.add(call);
            settle(call.endpointId());
        });
    }

    /** This endpoint was called once, or will not be: its backups wait for it no longer. */
    void settle(long endpointId) {
        precedence
                .settled(endpointId)
                .forEach(backup -> Optional.ofNullable(held.remove(backup)).ifPresent(this::enqueue));
    }

    boolean isClosed() {
        return closed.isPresent();
    }

    /** Every call that is added from now on is dropped for this reason. */
    void refuse(NotCalled why) {
        closed = Optional.of(why);
    }

    /** No further call is chosen tonight, for this reason. Calls in progress continue. */
    void close(NotCalled why) {
        if (closed.isPresent()) return;
        refuse(why);
        drop(scheduler.drain(), why);
        drop(List.copyOf(held.values()), why);
        held.clear();
        drop(delayed.takeCalls(_ -> true), why);
    }

    /** Drops the calls of a provider that is excluded for the rest of the night. */
    void dropExcluded(ProviderQueue provider) {
        drop(scheduler.drain(provider), NotCalled.SUSPENDED);
        delayed.takeCalls(next -> next.made() > 0 && limiters.provider(next) == provider);
    }

    /** Drops the calls of an address that is excluded for the rest of the night. */
    void dropExcluded(AddressLimiter address) {
        drop(scheduler.drain(address), NotCalled.SUSPENDED);
        delayed.takeCalls(next -> next.made() > 0 && next.address().equals(address.address));
    }

    void pause(String provider) {
        deferred.pause(provider);
        limiters.find(provider).ifPresent(queue -> scheduler.drain(queue).forEach(this::defer));
    }

    void resume(String provider, Instant now) {
        var waiting = limiters.find(provider).map(scheduler::drain).orElse(List.of());
        limiters.reset(provider, now);
        waiting.forEach(this::enqueue);
        deferred.resume(provider, call -> whyNot(call).isEmpty()).forEach(call -> {
            notCalled.remove(call.endpointId());
            enqueue(call);
        });
    }

    private void defer(Call call) {
        deferred.add(call);
        settle(call.endpointId());
    }

    /** Calls that may still be chosen, as far as is known now, and open permits of dead processes. */
    long size() {
        return scheduler.waiting() + held.size() + delayed.size();
    }

    /** The endpoints that will not be called at all tonight, and why. */
    Map<Long, NotCalled> notCalled() {
        var all = new HashMap<>(notCalled);
        deferred.waiting()
                .filter(call -> call.made() == 0)
                .forEach(call -> all.put(call.endpointId(), NotCalled.SUSPENDED));
        return Map.copyOf(all);
    }
}
