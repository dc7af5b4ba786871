package org.starttlscensus.ledger;

import java.time.Instant;
import java.util.ArrayDeque;

/** The endpoints of one provider on one address, in tonight's order: they share every limit, so only the first matters. */
final class Lane {

    final ProviderQueue provider;
    final AddressKey address;
    final ArrayDeque<Call> calls = new ArrayDeque<>(1);
    /** No call of this lane can start before this; a lower bound, looked at again when it is reached. */
    Instant readyAt = Instant.EPOCH;
    /** Whether it stands in its provider's queue, or waits for an event at a key. */
    boolean isPlaced;

    Lane(ProviderQueue provider, AddressKey address) {
        this.provider = provider;
        this.address = address;
    }
}
