package org.starttlscensus.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Orders the waiting calls. Each source of ours has a schedule of its own. There providers are ordered by the earliest
 * time at which one of their queues may start. A queue that only an event can free (the end of a call, or a start that
 * becomes known) waits at its limiter and costs nothing meanwhile.
 *
 * <p>Of the providers that may start at the next free moment of the source, the one that needs the longest for its
 * waiting calls goes first, because a night is as long as its slowest provider. Ties go to the first in tonight's
 * order, so that a night that ends too soon leaves out different servers each time.
 */
final class CallScheduler {

    private final Limiters limiters;
    private long waiting;

    CallScheduler(Limiters limiters) {
        this.limiters = limiters;
    }

    void add(Call call) {
        var address = limiters.address(call);
        var source = limiters.sources.ofNext(address);
        for (var other : address.queues) move(other, source);
        var queue = queueOf(limiters.provider(call), address, source);
        if (queue.calls.isEmpty()) queue.provider.busyQueues++;
        queue.calls.add(call);
        queue.provider.waiting++;
        source.waiting++;
        waiting++;
        queue.share.next = null; // the provider needs longer now
        offer(queue);
        place(queue.share);
    }

    /** Calls that wait in a queue. */
    long waiting() {
        return waiting;
    }

    /** The earliest time at which a call could start; empty if only an event can free one. */
    Optional<Instant> next() {
        Optional<Instant> earliest = Optional.empty();
        for (var source : limiters.sources.all()) {
            if (source.limiter.isBlocked()) continue;
            var first = source.schedule.first().map(at -> later(at, limiters.free(source)));
            if (first.isPresent() && (earliest.isEmpty() || first.get().isBefore(earliest.get()))) earliest = first;
        }
        return earliest;
    }

    /** Looks at the provider that comes first, at the source that is free first, if it may start by {@code horizon}. */
    Optional<Selection> look(Instant now, Instant horizon) {
        var sources = limiters.sources.all();
        if (sources.size() == 1) return look(sources.getFirst(), now, horizon);
        for (var source : sources.stream().sorted(SourceLimiter.FIRST_FREE).toList()) {
            var selection = look(source, now, horizon);
            if (selection.isPresent()) return selection;
        }
        return Optional.empty();
    }

    private Optional<Selection> look(SourceLimiter source, Instant now, Instant horizon) {
        var free = limiters.free(source);
        if (source.limiter.isBlocked() || free.isAfter(horizon)) return Optional.empty();
        var next = source.schedule.poll(later(now, free), horizon);
        if (next == null) return Optional.empty();
        if (source.isUsedUp()) return Optional.of(new Selection.TotalsUsedUp(leave(next.share())));
        return Optional.of(look(next, now, horizon));
    }

    /** A source fails: what it has not called tonight is called from another one, if there is any. */
    void leave(SourceLimiter source) {
        for (var provider : limiters.providers()) {
            for (var share : provider.shares) {
                if (share.source != source) continue;
                for (var queue : List.copyOf(share.ready)) leave(queue);
                place(share);
            }
        }
    }

    /** @return the calls that no other source makes either */
    private List<Call> leave(ProviderShare share) {
        var dropped = new ArrayList<Call>();
        for (var queue : List.copyOf(share.ready)) {
            leave(queue);
            if (queue.share != share) continue;
            share.ready.remove(queue);
            queue.isPlaced = false;
            dropped.addAll(drain(queue));
        }
        return dropped;
    }

    private void leave(EndpointQueue queue) {
        var source = limiters.sources.ofNext(queue.address);
        for (var other : queue.address.queues) move(other, source);
    }

    private void move(EndpointQueue queue, SourceLimiter source) {
        if (queue.share.source == source) return;
        queue.share.source.waiting -= queue.calls.size();
        source.waiting += queue.calls.size();
        var isReady = queue.share.ready.remove(queue);
        queue.share = queue.provider.share(source);
        if (isReady) queue.share.ready.add(queue); // else it is empty, or waits for an event
        place(queue.share);
    }

    /** Some limiter of this call was freed. */
    void wake(Call call) {
        var address = limiters.address(call);
        address.limiter.wakeAll().forEach(this::rejoin);
        address.prefix.wakeAll().forEach(this::rejoin);
        limiters.provider(call).shares.forEach(this::place);
    }

    /** Removes and returns all waiting calls. */
    List<Call> drain() {
        return limiters.providers().stream()
                .flatMap(provider -> drain(provider).stream())
                .toList();
    }

    /** Removes and returns a provider's waiting calls. Calls that are added later are queued as usual. */
    List<Call> drain(ProviderQueue provider) {
        provider.shares.forEach(share -> {
            share.ready.forEach(queue -> queue.isPlaced = false);
            share.ready.clear();
        });
        return provider.queues.stream().flatMap(queue -> drain(queue).stream()).toList();
    }

    /** Removes and returns the waiting calls of an address. */
    List<Call> drain(AddressLimiter address) {
        return address.queues.stream()
                .flatMap(queue -> {
                    // A queue that waits for an event stays marked as placed, until that event rejoins it.
                    if (queue.share.ready.remove(queue)) queue.isPlaced = false;
                    return drain(queue).stream();
                })
                .toList();
    }

    /**
     * Picks the queue with the earliest exact start. Lower bounds are resolved first, so replaying the same permits
     * gives the same order.
     */
    private Selection look(ScheduledProvider next, Instant now, Instant horizon) {
        var share = next.share();
        var provider = share.provider;
        if (provider.limiter.isBlocked()) return new Selection.NoneNow();
        if (limiters.isUsedUp(provider)) return new Selection.TotalsUsedUp(drain(provider));
        var canary = provider.pace
                .suspendedUntil()
                .filter(_ -> !provider.limiter.free().isAfter(horizon))
                .flatMap(_ -> known(share, next.at()));
        if (canary.isPresent()) {
            share.ready.remove(canary.get());
            return take(canary.get(), now);
        }
        while (!share.ready.isEmpty()
                && !later(share.ready.peek().readyAt, provider.limiter.free()).isAfter(horizon)) {
            var queue = share.ready.poll();
            var blocking = queue.address.blocking();
            if (queue.calls.isEmpty()) {
                queue.isPlaced = false;
            } else if (limiters.isUsedUp(queue.address)) {
                queue.isPlaced = false;
                place(share);
                return new Selection.TotalsUsedUp(drain(queue));
            } else if (blocking != null) {
                blocking.await(queue);
            } else if (exactly(queue).isAfter(queue.readyAt)) {
                queue.readyAt = exactly(queue);
                share.ready.add(queue);
            } else if (queue.readyAt.isAfter(next.at())) {
                share.ready.add(queue);
                break;
            } else {
                return take(queue, now);
            }
        }
        place(share);
        return new Selection.NoneNow();
    }

    /**
     * The canary of a suspended provider: an endpoint whose last call succeeded, if one could start as early as any
     * other.
     */
    private Optional<EndpointQueue> known(ProviderShare share, Instant at) {
        return share.ready.stream()
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
        var source = queue.share.source;
        source.waiting--;
        waiting--;
        var startAt = later(later(now, later(exactly(queue), queue.provider.limiter.free())), limiters.free(source));
        limiters.permitted(queue.provider, queue.address, startAt);
        queue.isPlaced = false;
        offer(queue);
        place(queue.share);
        return new Selection.Selected(call, source.source.address(), startAt);
    }

    private List<Call> drain(EndpointQueue queue) {
        queue.readyAt = Instant.EPOCH;
        var calls = new ArrayList<>(queue.calls);
        if (!calls.isEmpty()) queue.provider.busyQueues--;
        queue.provider.waiting -= calls.size();
        queue.share.source.waiting -= calls.size();
        waiting -= calls.size();
        queue.calls.clear();
        return calls;
    }

    private void rejoin(EndpointQueue queue) {
        queue.isPlaced = false;
        offer(queue);
    }

    /** Puts a queue with calls into the heap of its share, unless it is there already or waits for an event. */
    private void offer(EndpointQueue queue) {
        if (queue.isPlaced || queue.calls.isEmpty()) return;
        queue.isPlaced = true;
        queue.share.ready.add(queue);
        place(queue.share);
    }

    /**
     * Schedules a provider's share for the earliest time at which one of its queues could start, unless only an event
     * can tell that time.
     */
    private void place(ProviderShare share) {
        var provider = share.provider;
        if (share.ready.isEmpty() || provider.limiter.isBlocked()) return;
        var at = later(provider.limiter.free(), share.ready.peek().readyAt);
        if (share.next != null && !at.isBefore(share.next.at())) return;
        share.next = new ScheduledProvider(share, at, needed(provider));
        share.source.schedule.add(share.next);
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

    private static EndpointQueue queueOf(ProviderQueue provider, AddressLimiter address, SourceLimiter source) {
        for (var queue : address.queues) {
            if (queue.provider == provider) return queue;
        }
        var queue = new EndpointQueue(provider.share(source), address);
        address.add(queue);
        provider.queues.add(queue);
        return queue;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
