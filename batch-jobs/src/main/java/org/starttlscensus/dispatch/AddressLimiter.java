package org.starttlscensus.dispatch;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.Address;

/** The limits of one address: its own, and that of its prefix. */
final class AddressLimiter {

    final Address address;
    final Limiter limiter;
    final Limiter prefix;
    /** One for each provider with a call to make here; mostly one. */
    List<EndpointQueue> queues = List.of();
    /** Sampled names of this address in tonight's plan. Each adds one call to the address's total. */
    int names;
    /** Whether a second look at "no STARTTLS" is scheduled. One look confirms it for every name of the address. */
    boolean isConfirming;
    /** What follows from its own refusals; null while it was charged with no call. */
    @Nullable
    ChargedAddress charged;

    AddressLimiter(Address address, Limiter limiter, Limiter prefix) {
        this.address = address;
        this.limiter = limiter;
        this.prefix = prefix;
    }

    /** Whether it is not called for the rest of the night, because of what it answered itself. */
    boolean isExcluded() {
        return charged != null && charged.pace.isExcluded();
    }

    void add(EndpointQueue queue) {
        queues = Stream.concat(queues.stream(), Stream.of(queue)).toList();
    }

    /** The first limiter that cannot tell when another call may start; null if both can. */
    @Nullable
    Limiter blocking() {
        if (limiter.isBlocked()) return limiter;
        return prefix.isBlocked() ? prefix : null;
    }

    /** When both limiters are free. */
    Instant free() {
        var own = limiter.free();
        var all = prefix.free();
        return own.isAfter(all) ? own : all;
    }
}
