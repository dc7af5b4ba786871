package org.starttlscensus.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Orders the waiting calls. Providers are ordered by the earliest time at which one of their queues may start. A queue
 * that only an event can free (the end of a call, or a start that becomes known) waits at its limiter and costs nothing
 * meanwhile.
 *
 * <p>Of the providers that may start at the next free moment of our source address, the one that needs the longest for
 * its waiting calls goes first, because a night is as long as its slowest provider. Ties go to the first in tonight's
 * order, so that a night that ends too soon leaves out different servers each time.
 */
final class CallScheduler {

    private final Limiters limiters;
    private final PriorityQueue<ScheduledProvider> upcoming = new PriorityQueue<>(ScheduledProvider.FIRST_IN_TIME);
    private final PriorityQueue<ScheduledProvider> due = new PriorityQueue<>(ScheduledProvider.LONGEST_FIRST);
    private long waiting;

    CallScheduler(Limiters limiters) {
        this.limiters = limiters;
    }

    /** A provider's place in the queue. It is stale, and skipped, once the provider has a newer one. */
    record ScheduledProvider(ProviderQueue provider, Instant at, Duration needed) {

        // Written without boxing: hundreds of thousands of entries are compared some twenty times each.
        static final Comparator<ScheduledProvider> LONGEST_FIRST = (one, other) -> {
            int byNeed = other.needed.compareTo(one.needed);
            return byNeed != 0 ? byNeed : Integer.compare(one.provider.position, other.provider.position);
        };
        static final Comparator<ScheduledProvider> FIRST_IN_TIME = (one, other) -> {
            int byTime = one.at.compareTo(other.at);
            return byTime != 0 ? byTime : LONGEST_FIRST.compare(one, other);
        };

        @SuppressWarnings("ReferenceEquality") // an equal, newer entry is a different one
        private boolean isStale() {
            return provider.next != this;
        }
    }

    /** The result of looking at one provider. */
    sealed interface Selection {
        record Selected(Call call, Instant startAt) implements Selection {}

        /** Calls that exceed the totals of the night. */
        record TotalsUsedUp(List<Call> calls) implements Selection {}

        record NoneNow() implements Selection {}
    }

    void add(Call call) {
        var queue = queueOf(limiters.provider(call), limiters.address(call));
        if (queue.calls.isEmpty()) queue.provider.busyQueues++;
        queue.calls.add(call);
        queue.provider.waiting++;
        waiting++;
        queue.provider.next = null; // the provider needs longer now
        offer(queue);
        place(queue.provider);
    }

    /** Calls that wait in a queue. */
    long waiting() {
        return waiting;
    }

    /** The earliest time at which a call could start; empty if only an event can free one. */
    Optional<Instant> next() {
        return limiters.source.isBlocked()
                ? Optional.empty()
                : first(due).or(() -> first(upcoming)).map(next -> later(next.at(), limiters.sourceFree()));
    }

    /** Looks at the provider that comes first, if it may start by {@code horizon}. */
    Optional<Selection> look(Instant now, Instant horizon) {
        if (limiters.source.isBlocked() || limiters.sourceFree().isAfter(horizon)) return Optional.empty();
        var slot = later(now, limiters.sourceFree());
        while (first(upcoming).filter(one -> !one.at().isAfter(slot)).isPresent()) due.add(upcoming.poll());
        var next = first(due).isPresent()
                ? due.poll()
                : first(upcoming)
                        .filter(one -> !one.at().isAfter(horizon))
                        .map(_ -> upcoming.poll())
                        .orElse(null);
        if (next == null) return Optional.empty();
        next.provider().next = null;
        return Optional.of(look(next, now, horizon));
    }

    /** Some limiter of this call was freed. */
    void wake(Call call) {
        var address = limiters.address(call);
        address.limiter.wakeAll().forEach(this::rejoin);
        address.prefix.wakeAll().forEach(this::rejoin);
        place(limiters.provider(call));
    }

    /** Removes and returns all waiting calls. */
    List<Call> drain() {
        return limiters.providers().stream()
                .flatMap(provider -> drain(provider).stream())
                .toList();
    }

    /** Removes and returns a provider's waiting calls. Calls that are added later are queued as usual. */
    List<Call> drain(ProviderQueue provider) {
        provider.ready.forEach(queue -> queue.isPlaced = false);
        provider.ready.clear();
        return provider.queues.stream().flatMap(queue -> drain(queue).stream()).toList();
    }

    /** Removes and returns the waiting calls of an address. */
    List<Call> drain(AddressLimiter address) {
        return address.queues.stream()
                .flatMap(queue -> {
                    // A queue that waits for an event stays marked as placed, until that event rejoins it.
                    if (queue.provider.ready.remove(queue)) queue.isPlaced = false;
                    return drain(queue).stream();
                })
                .toList();
    }

    /**
     * Picks the queue with the earliest exact start. Lower bounds are resolved first, so replaying the same permits
     * gives the same order.
     */
    private Selection look(ScheduledProvider next, Instant now, Instant horizon) {
        var provider = next.provider();
        if (provider.limiter.isBlocked()) return new Selection.NoneNow();
        if (limiters.isUsedUp(provider)) return new Selection.TotalsUsedUp(drain(provider));
        var canary = provider.pace
                .suspendedUntil()
                .filter(_ -> !provider.limiter.free().isAfter(horizon))
                .flatMap(_ -> known(provider, next.at()));
        if (canary.isPresent()) {
            provider.ready.remove(canary.get());
            return take(canary.get(), now);
        }
        while (!provider.ready.isEmpty()
                && !later(provider.ready.peek().readyAt, provider.limiter.free())
                        .isAfter(horizon)) {
            var queue = provider.ready.poll();
            var blocking = queue.address.blocking();
            if (queue.calls.isEmpty()) {
                queue.isPlaced = false;
            } else if (limiters.isUsedUp(queue.address)) {
                queue.isPlaced = false;
                place(provider);
                return new Selection.TotalsUsedUp(drain(queue));
            } else if (blocking != null) {
                blocking.await(queue);
            } else if (exactly(queue).isAfter(queue.readyAt)) {
                queue.readyAt = exactly(queue);
                provider.ready.add(queue);
            } else if (queue.readyAt.isAfter(next.at())) {
                provider.ready.add(queue);
                break;
            } else {
                return take(queue, now);
            }
        }
        place(provider);
        return new Selection.NoneNow();
    }

    /**
     * The canary of a suspended provider: an endpoint whose last call succeeded, if one could start as early as any
     * other.
     */
    private Optional<EndpointQueue> known(ProviderQueue provider, Instant at) {
        return provider.ready.stream()
                .filter(queue -> !queue.calls.isEmpty()
                        && queue.calls.peek().isKnown()
                        && !limiters.isUsedUp(queue.address)
                        && queue.address.blocking() == null
                        && !exactly(queue).isAfter(at))
                .min(Comparator.comparingInt(EndpointQueue::position));
    }

    /**
     * The earliest start by address and prefix. The provider's own gap is the same for all its queues, so it changes no
     * order.
     */
    private static Instant exactly(EndpointQueue queue) {
        return later(queue.readyAt, queue.address.free());
    }

    private Selection take(EndpointQueue queue, Instant now) {
        var call = queue.calls.poll();
        if (queue.calls.isEmpty()) queue.provider.busyQueues--;
        queue.provider.waiting--;
        waiting--;
        var startAt = later(later(now, later(exactly(queue), queue.provider.limiter.free())), limiters.sourceFree());
        limiters.permitted(queue.provider, queue.address, startAt);
        queue.isPlaced = false;
        offer(queue);
        place(queue.provider);
        return new Selection.Selected(call, startAt);
    }

    private List<Call> drain(EndpointQueue queue) {
        queue.readyAt = Instant.EPOCH;
        var calls = new ArrayList<>(queue.calls);
        if (!calls.isEmpty()) queue.provider.busyQueues--;
        queue.provider.waiting -= calls.size();
        waiting -= calls.size();
        queue.calls.clear();
        return calls;
    }

    private void rejoin(EndpointQueue queue) {
        queue.isPlaced = false;
        offer(queue);
    }

    /** Puts a queue with calls into its provider's heap, unless it is there already or waits for an event. */
    private void offer(EndpointQueue queue) {
        if (queue.isPlaced || queue.calls.isEmpty()) return;
        queue.isPlaced = true;
        queue.provider.ready.add(queue);
        place(queue.provider);
    }

    /**
     * Schedules a provider with queues for the earliest time at which one of them could start, unless only an event can
     * tell that time.
     */
    private void place(ProviderQueue provider) {
        if (provider.ready.isEmpty() || provider.limiter.isBlocked()) return;
        var at = later(provider.limiter.free(), provider.ready.peek().readyAt);
        if (provider.next != null && !at.isBefore(provider.next.at())) return;
        provider.next = new ScheduledProvider(provider, at, needed(provider));
        upcoming.add(provider.next);
    }

    /**
     * A lower bound of the time that the waiting calls of a provider need: by its own gap, or by the gaps of its few
     * addresses.
     */
    private Duration needed(ProviderQueue provider) {
        var byProvider = provider.gap.multipliedBy(provider.waiting);
        var perQueue = (provider.waiting + provider.busyQueues - 1) / Math.max(1, provider.busyQueues);
        var byAddress = limiters.limits.address().gap().multipliedBy(perQueue - 1);
        return byProvider.compareTo(byAddress) > 0 ? byProvider : byAddress;
    }

    private static Optional<ScheduledProvider> first(PriorityQueue<ScheduledProvider> scheduledProviders) {
        while (!scheduledProviders.isEmpty() && scheduledProviders.peek().isStale()) scheduledProviders.poll();
        return Optional.ofNullable(scheduledProviders.peek());
    }

    private static EndpointQueue queueOf(ProviderQueue provider, AddressLimiter address) {
        for (var queue : address.queues) {
            if (queue.provider == provider) return queue;
        }
        var queue = new EndpointQueue(provider, address);
        address.add(queue);
        provider.queues.add(queue);
        return queue;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
