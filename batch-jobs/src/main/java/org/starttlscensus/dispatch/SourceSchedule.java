package org.starttlscensus.dispatch;

import java.time.Instant;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The providers that one source calls, ordered by the earliest time at which one of their queues may start. Of those
 * that may start at its next free moment, the one that needs the longest goes first.
 */
final class SourceSchedule {

    private final PriorityQueue<ScheduledProvider> upcoming = new PriorityQueue<>(ScheduledProvider.FIRST_IN_TIME);
    private final PriorityQueue<ScheduledProvider> due = new PriorityQueue<>(ScheduledProvider.LONGEST_FIRST);

    void add(ScheduledProvider scheduled) {
        upcoming.add(scheduled);
    }

    /** The earliest time of any of them; empty if none is scheduled. */
    Optional<Instant> first() {
        return first(due).or(() -> first(upcoming)).map(ScheduledProvider::at);
    }

    /**
     * Takes the next one that may start by {@code horizon}.
     *
     * @param slot the next free moment of the source
     * @return null if there is none
     */
    @Nullable
    ScheduledProvider poll(Instant slot, Instant horizon) {
        while (first(upcoming).filter(one -> !one.at().isAfter(slot)).isPresent()) due.add(upcoming.poll());
        var next = first(due).isPresent()
                ? due.poll()
                : first(upcoming)
                        .filter(one -> !one.at().isAfter(horizon))
                        .map(_ -> upcoming.poll())
                        .orElse(null);
        if (next != null) next.share().next = null;
        return next;
    }

    private static Optional<ScheduledProvider> first(PriorityQueue<ScheduledProvider> scheduledProviders) {
        while (!scheduledProviders.isEmpty() && scheduledProviders.peek().isStale()) scheduledProviders.poll();
        return Optional.ofNullable(scheduledProviders.peek());
    }
}
