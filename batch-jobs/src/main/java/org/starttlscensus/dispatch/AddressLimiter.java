package org.starttlscensus.dispatch;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.starttlscensus.fact.Address;

/** An address with its own limit and that of its prefix. */
final class AddressLimiter {

    final Address address;
    final Limiter limiter;
    final Limiter prefix;
    /** One for each provider with a call to make here; few, and mostly one. */
    List<EndpointQueue> queues = List.of();
    /** Names of this address in tonight's plan: each adds one call to what the address may see. */
    int names;
    /** Whether a second look at "no STARTTLS" is on its way: one confirms it for every name of the address. */
    boolean isConfirming;

    AddressLimiter(Address address, Limiter limiter, Limiter prefix) {
        this.address = address;
        this.limiter = limiter;
        this.prefix = prefix;
    }

    void add(EndpointQueue queue) {
        queues = Stream.concat(queues.stream(), Stream.of(queue)).toList();
    }

    /** The first of its keys that can name no time for another call; null if each can. */
    @Nullable
    Limiter blocking() {
        if (limiter.isBlocked()) return limiter;
        return prefix.isBlocked() ? prefix : null;
    }

    /** When all of its keys are free. */
    Instant free() {
        var own = limiter.free();
        var all = prefix.free();
        return own.isAfter(all) ? own : all;
    }
}
