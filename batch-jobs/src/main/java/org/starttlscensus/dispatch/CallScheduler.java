package org.starttlscensus.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Whose turn it is. A provider stands in the queue by the first moment one of its lanes could start; what only an event can
 * free (a call that ends, a start that becomes known) waits at its key and costs a choice nothing.
 *
 * <p>Of those that could start at the next moment our own address is free, whoever needs longest for what waits goes first, for
 * a night is as long as its slowest provider; of several alike, whoever comes first in tonight's order, so that a night which
 * ends too soon leaves out others each time.
 */
final class CallScheduler {

    private final Limiters limiters;
    private final PriorityQueue<ScheduledProvider> upcoming = new PriorityQueue<>(ScheduledProvider.FIRST_IN_TIME);
    private final PriorityQueue<ScheduledProvider> due = new PriorityQueue<>(ScheduledProvider.LONGEST_FIRST);
    private long waiting;

    CallScheduler(Limiters limiters) {
        this.limiters = limiters;
    }

    /** A provider's place in the queue; one that the provider has replaced by another is passed over. */
    record ScheduledProvider(ProviderQueue provider, Instant at, Duration needed) {

        // Spelt out, for hundreds of thousands of turns are compared some twenty times each: without boxes.
        static final Comparator<ScheduledProvider> LONGEST_FIRST = (one, other) -> {
            int byNeed = other.needed.compareTo(one.needed);
            return byNeed != 0 ? byNeed : Integer.compare(one.provider.position, other.provider.position);
        };
        static final Comparator<ScheduledProvider> FIRST_IN_TIME = (one, other) -> {
            int byTime = one.at.compareTo(other.at);
            return byTime != 0 ? byTime : LONGEST_FIRST.compare(one, other);
        };

        @SuppressWarnings("ReferenceEquality") // an equal one that took its place is another
        private boolean isStale() {
            return provider.next != this;
        }
    }

    /** What looking at one provider came to. */
    sealed interface Selection {
        record Selected(Call call, Instant startAt) implements Selection {}

        /** Calls that the night's totals leave no room for. */
        record TotalsUsedUp(List<Call> calls) implements Selection {}

        record NoneNow() implements Selection {}
    }

    void add(Call call) {
        var queue = lane(limiters.provider(call), limiters.address(call));
        if (queue.calls.isEmpty()) queue.provider.busyLanes++;
        queue.calls.add(call);
        queue.provider.waiting++;
        waiting++;
        queue.provider.next = null; // it needs longer now
        offer(queue);
        place(queue.provider);
    }

    /** Calls that wait for their turn. */
    long waiting() {
        return waiting;
    }

    /** The first moment at which somebody could start; empty if only an event can bring that about. */
    Optional<Instant> next() {
        return limiters.source.isBlocked()
                ? Optional.empty()
                : first(due).or(() -> first(upcoming)).map(next -> later(next.at(), limiters.sourceFree()));
    }

    /** Looks at the provider whose turn is first, if that is by {@code horizon}. */
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

    /** Something at these keys was freed. */
    void wake(Call call) {
        var address = limiters.address(call);
        address.limiter.wakeAll().forEach(this::rejoin);
        address.prefix.wakeAll().forEach(this::rejoin);
        place(limiters.provider(call));
    }

    /** Takes every waiting call out. */
    List<Call> drain() {
        return limiters.providers().stream()
                .flatMap(provider -> drain(provider).stream())
                .toList();
    }

    /** Takes every waiting call of a provider out; what is added later finds its place again. */
    List<Call> drain(ProviderQueue provider) {
        provider.ready.forEach(queue -> queue.isPlaced = false);
        provider.ready.clear();
        return provider.queues.stream().flatMap(queue -> drain(queue).stream()).toList();
    }

    /**
     * Who could start first has the first turn, and what was only a lower bound is first made exact: so whoever is told the same
     * past chooses in the same order.
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

    /** Of a provider that is asked by a canary: an endpoint that received us well before, if one could start as early as any. */
    private Optional<EndpointQueue> known(ProviderQueue provider, Instant at) {
        return provider.ready.stream()
                .filter(queue -> !queue.calls.isEmpty()
                        && queue.calls.peek().isKnown()
                        && !limiters.isUsedUp(queue.address)
                        && queue.address.blocking() == null
                        && !exactly(queue).isAfter(at))
                .min(Comparator.comparingInt(EndpointQueue::position));
    }

    /** What its address and prefix allow; the provider's own gap holds for all its lanes alike, and moves none of them. */
    private static Instant exactly(EndpointQueue queue) {
        return later(queue.readyAt, queue.address.free());
    }

    private Selection take(EndpointQueue queue, Instant now) {
        var call = queue.calls.poll();
        if (queue.calls.isEmpty()) queue.provider.busyLanes--;
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
        if (!calls.isEmpty()) queue.provider.busyLanes--;
        queue.provider.waiting -= calls.size();
        waiting -= calls.size();
        queue.calls.clear();
        return calls;
    }

    private void rejoin(EndpointQueue queue) {
        queue.isPlaced = false;
        offer(queue);
    }

    /** Puts a lane with calls into its provider's queue, unless it stands there or waits for an event. */
    private void offer(EndpointQueue queue) {
        if (queue.isPlaced || queue.calls.isEmpty()) return;
        queue.isPlaced = true;
        queue.provider.ready.add(queue);
        place(queue.provider);
    }

    /** Gives a provider with lanes its turn: the first moment one of them could start, unless only an event can tell. */
    private void place(ProviderQueue provider) {
        if (provider.ready.isEmpty() || provider.limiter.isBlocked()) return;
        var at = later(provider.limiter.free(), provider.ready.peek().readyAt);
        if (provider.next != null && !at.isBefore(provider.next.at())) return;
        provider.next = new ScheduledProvider(provider, at, needed(provider));
        upcoming.add(provider.next);
    }

    /** At least so long a provider needs for what waits: by its own gap, or by the gaps of its few addresses. */
    private Duration needed(ProviderQueue provider) {
        var byProvider = provider.gap.multipliedBy(provider.waiting);
        var perLane = (provider.waiting + provider.busyLanes - 1) / Math.max(1, provider.busyLanes);
        var byAddress = limiters.limits.address().gap().multipliedBy(perLane - 1);
        return byProvider.compareTo(byAddress) > 0 ? byProvider : byAddress;
    }

    private static Optional<ScheduledProvider> first(PriorityQueue<ScheduledProvider> scheduledProviders) {
        while (!scheduledProviders.isEmpty() && scheduledProviders.peek().isStale()) scheduledProviders.poll();
        return Optional.ofNullable(scheduledProviders.peek());
    }

    private static EndpointQueue lane(ProviderQueue provider, AddressLimiter address) {
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
