package org.starttlscensus.dispatch;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;

/**
 * The waiting calls of one provider at one address, in tonight's order. They share every limit, so only the first
 * matters.
 */
final class EndpointQueue {

    /** By the earliest start; ties in tonight's order. */
    static final Comparator<EndpointQueue> FIRST_IN_TIME = (one, other) -> {
        int byTime = one.readyAt.compareTo(other.readyAt);
        return byTime != 0 ? byTime : Integer.compare(one.position(), other.position());
    };

    final ProviderQueue provider;
    final AddressLimiter address;
    final ArrayDeque<Call> calls = new ArrayDeque<>(1);
    /** No call of this queue can start before this. It is a lower bound, checked again when it is reached. */
    Instant readyAt = Instant.EPOCH;
    /** The share whose source makes its calls. */
    ProviderShare share;
    /** Whether it is in the heap of its share, or waits for an event at a limiter. */
    boolean isPlaced;

    EndpointQueue(ProviderShare share, AddressLimiter address) {
        this.share = share;
        this.provider = share.provider;
        this.address = address;
    }

    /**
     * The position of the first call. It does not change while the queue is in a heap: calls are added at the end, and
     * removed only at the front.
     */
    int position() {
        return calls.isEmpty() ? Integer.MAX_VALUE : calls.peek().position();
    }
}
