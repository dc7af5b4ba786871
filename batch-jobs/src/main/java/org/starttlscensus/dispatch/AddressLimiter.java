package org.starttlscensus.dispatch;

import java.time.Duration;
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
    /** Our source that calls it tonight; null while that is open. */
    @Nullable
    SourceLimiter source;
    /** What follows from its own refusals; null while it was charged with no call. */
    @Nullable
    ChargedAddress charged;

    /** Whether it asked us to wait for longer than the rest of the night. */
    private boolean isToldToWait;
    /** Whether it asked us to wait at all. */
    private boolean waits;
    /** The provider of the first call to it that was seen, and those of calls by other names. */
    private final String first;

    private List<String> others = List.of();

    AddressLimiter(Address address, String provider, Limiter limiter, Limiter prefix) {
        this.address = address;
        this.first = provider;
        this.limiter = limiter;
        this.prefix = prefix;
    }

    /** Whether it is not called for the rest of the night, because of what it answered itself. */
    boolean isExcluded() {
        return isToldToWait || (charged != null && charged.pace.isExcluded());
    }

    /** Notes a provider that one of its names belongs to. Nearly always there is only one. */
    void belongsTo(String provider) {
        if (!isOf(provider))
            others = Stream.concat(others.stream(), Stream.of(provider)).toList();
    }

    boolean isOf(String provider) {
        return first.equals(provider) || others.contains(provider);
    }

    /**
     * It asked us not to call for so long.
     *
     * @param heard     when
     * @param longest   a longer wait is one for the rest of the night
     */
    void toldToWait(Instant heard, Duration wait, Duration longest) {
        waitsUntil(heard.plus(wait));
        if (wait.compareTo(longest) > 0) isToldToWait = true;
    }

    /** It is not called before, by any of its names. */
    void waitsUntil(Instant until) {
        waits = true;
        limiter.notBefore(until, Duration.ZERO);
    }

    /** What it asked for on an earlier night is kept as a time, even if that is after this night. */
    void nightBegins() {
        isToldToWait = false;
    }

    /** Forgets what it asked for. The next call may start one gap from now. */
    void waitNoLonger(Instant now) {
        if (waits) limiter.freeAgain(now);
        waits = false;
        isToldToWait = false;
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
