package org.starttlscensus.dispatch;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;

/** The endpoints of one provider on one address, in tonight's order: they share every limit, so only the first matters. */
final class EndpointQueue {

    /** By the first moment a call could start; of several that could, in tonight's order. */
    static final Comparator<EndpointQueue> FIRST_IN_TIME = (one, other) -> {
        int byTime = one.readyAt.compareTo(other.readyAt);
        return byTime != 0 ? byTime : Integer.compare(one.position(), other.position());
    };

    final ProviderQueue provider;
    final AddressLimiter address;
    final ArrayDeque<Call> calls = new ArrayDeque<>(1);
    /** No call of this lane can start before this; a lower bound, looked at again when it is reached. */
    Instant readyAt = Instant.EPOCH;
    /** Whether it stands in its provider's queue, or waits for an event at a key. */
    boolean isPlaced;

    EndpointQueue(ProviderQueue provider, AddressLimiter address) {
        this.provider = provider;
        this.address = address;
    }

    /** Its first call's; does not change while it stands in a queue, for calls are added behind and taken out of it only in front. */
    int position() {
        return calls.isEmpty() ? Integer.MAX_VALUE : calls.peek().position();
    }
}
