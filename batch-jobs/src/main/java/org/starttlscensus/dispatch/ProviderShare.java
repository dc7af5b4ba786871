package org.starttlscensus.dispatch;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The part of a provider's addresses that one of our sources calls. The queue that can start first is at the head of
 * the heap.
 */
final class ProviderShare {

    final ProviderQueue provider;
    final SourceLimiter source;
    final PriorityQueue<EndpointQueue> ready = new PriorityQueue<>(1, EndpointQueue.FIRST_IN_TIME);
    /** Its place in the schedule of its source; null while only an event can free it, or nothing waits. */
    @Nullable
    ScheduledProvider next;

    ProviderShare(ProviderQueue provider, SourceLimiter source) {
        this.provider = provider;
        this.source = source;
    }
}
