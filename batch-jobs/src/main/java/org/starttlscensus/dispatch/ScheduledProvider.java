package org.starttlscensus.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/** A provider's place among those that one source calls. It is stale, and skipped, once there is a newer one. */
record ScheduledProvider(ProviderShare share, Instant at, Duration needed) {

    // Written without boxing: hundreds of thousands of entries are compared some twenty times each.
    static final Comparator<ScheduledProvider> LONGEST_FIRST = (one, other) -> {
        int byNeed = other.needed.compareTo(one.needed);
        return byNeed != 0 ? byNeed : Integer.compare(one.share.provider.position, other.share.provider.position);
    };
    static final Comparator<ScheduledProvider> FIRST_IN_TIME = (one, other) -> {
        int byTime = one.at.compareTo(other.at);
        return byTime != 0 ? byTime : LONGEST_FIRST.compare(one, other);
    };

    @SuppressWarnings("ReferenceEquality") // an equal, newer entry is a different one
    boolean isStale() {
        return share.next != this;
    }
}
