package org.starttlscensus.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.Pace;
import org.starttlscensus.politeness.RunGuard;

/**
 * All limiters of tonight: what permits, starts, ends and feedback do to the limits of source, provider, address and
 * prefix.
 */
final class Limiters {

    final Limits limits;
    final RunGuard guard;
    final SourceLimiters sources;

    private final Charging charging;
    private final Map<String, ProviderQueue> providers = new HashMap<>();

    private final Map<Octets, Limiter> prefixes = new HashMap<>();
    private final Map<Address, AddressLimiter> addresses = new HashMap<>();

    Limiters(Limits limits, PriorKnowledge priorKnowledge, List<CallSource> sources) {
        this.limits = limits;
        this.guard = new RunGuard(limits, priorKnowledge.shares());
        this.charging = new Charging(limits, guard, priorKnowledge);
        this.sources = new SourceLimiters(sources, limits);
    }

    ProviderQueue provider(Call call) {
        var known = providers.get(call.provider());
        return known != null ? known : provider(call.provider());
    }

    private ProviderQueue provider(String name) {
        var pace = charging.firstPace(name);
        var provider = new ProviderQueue(
                name,
                new Limiter(limits.provider(name)),
                pace,
                limits.provider(name).gap());
        provider.limiter.allow(pace.window(), pace.gap());
        charging.firstSeen(provider);
        providers.put(name, provider);
        return provider;
    }

    Collection<ProviderQueue> providers() {
        return providers.values();
    }

    /** Counts an endpoint of the plan. */
    void planned(Call call) {
        address(call).names++;
        var provider = provider(call);
        provider.position = Math.min(provider.position, call.position());
    }

    /** Empty as long as no call of this provider was seen. */
    Optional<ProviderQueue> find(String provider) {
        return Optional.ofNullable(providers.get(provider));
    }

    /** Resets the pace of the provider and of its addresses. The next call may start one gap from now. */
    void reset(String provider, Instant now) {
        charging.forget(provider);
        find(provider).ifPresent(queue -> queue.reset(Pace.starting(limits, provider), now));
        addresses.values().forEach(address -> charging.reset(address, provider, now));
    }

    /** Returns each provider and address once. */
    NewlyBlocking takeNewlyBlocking() {
        return charging.takeNewlyBlocking();
    }

    Paces paces() {
        Map<Address, Paces.AddressPace> alone = new HashMap<>();
        for (var address : addresses.values()) {
            var charged = address.charged;
            if (charged != null && charged.hasFeedback())
                alone.put(address.address, new Paces.AddressPace(charged.provider, charged.pace, charged.suspensions));
        }
        return new Paces(
                providers.values().stream()
                        .filter(ProviderQueue::hasFeedback)
                        .collect(Collectors.toMap(
                                provider -> provider.name,
                                provider -> new ProviderPace(provider.pace, provider.suspensions))),
                alone);
    }

    AddressLimiter address(Call call) {
        var known = addresses.get(call.address());
        if (known == null) return newAddress(call);
        known.belongsTo(call.provider());
        return known;
    }

    private AddressLimiter newAddress(Call call) {
        var address = call.address();
        var prefix = prefixes.computeIfAbsent(address.network(), _ -> new Limiter(limits.prefix()));
        var limiter = new AddressLimiter(address, call.provider(), new Limiter(limits.address()), prefix);
        charging.firstSeen(limiter, call.provider());
        addresses.put(address, limiter);
        return limiter;
    }

    /** Whether the call cannot be made tonight, because its provider or its address is excluded. */
    boolean isExcluded(Call call) {
        return provider(call).pace.isExcluded() || address(call).isExcluded();
    }

    /** Whether its provider, its address or the source that calls it is suspended until later than that. */
    boolean isSuspendedAt(Call call, Instant at) {
        if (sources.of(address(call)).isPausedAt(at)) return true;
        var charged = address(call).charged;
        return isSuspendedAt(provider(call).pace, at) || (charged != null && isSuspendedAt(charged.pace, at));
    }

    private static boolean isSuspendedAt(Pace pace, Instant at) {
        return pace.suspendedUntil().filter(at::isBefore).isPresent();
    }

    boolean isUsedUp(AddressLimiter address) {
        return address.limiter.calls() >= limits.addressCallsPerNight(address.names);
    }

    boolean isUsedUp(ProviderQueue provider) {
        return provider.limiter.calls()
                >= limits.provider(provider.name).perNight().orElseThrow();
    }

    /** No call is chosen from this source for a time before this. */
    Instant free(SourceLimiter source) {
        var free = source.free();
        return free.isAfter(guard.pausedUntil()) ? free : guard.pausedUntil();
    }

    SourceLimiter source(Call call) {
        return sources.of(address(call));
    }

    /** The address of this call was called from that source tonight. */
    void calledFrom(Call call, Optional<Address> source) {
        sources.calledFrom(address(call), source);
    }

    CallLimiters limiters(Call call) {
        return limiters(provider(call), address(call));
    }

    /** Without a look-up, so independent of the number of providers and addresses. */
    CallLimiters limiters(ProviderQueue provider, AddressLimiter address) {
        return new CallLimiters(sources.of(address).limiter, provider, address);
    }

    void permitted(ProviderQueue provider, AddressLimiter address, Instant startAt) {
        sources.of(address).chosenFor(startAt);
        limiters(provider, address).permitted();
    }

    void started(Call call, Instant at) {
        limiters(call).started(at);
    }

    void onFeedback(Call call, Feedback feedback, Instant startedAt, Instant endedAt) {
        onFeedback(provider(call), address(call), call, received(call, feedback, startedAt, endedAt));
    }

    private void onFeedback(ProviderQueue provider, AddressLimiter address, Call call, Pace.CallFeedback made) {
        var source = sources.of(address);
        if (!sources.isOfOneSource(source, made.feedback(), made.startedAt(), made.endedAt()))
            charging.onFeedback(provider, address, call, made);
    }

    private static Pace.CallFeedback received(Call call, Feedback feedback, Instant startedAt, Instant endedAt) {
        return new Pace.CallFeedback(call.endpointId(), feedback, startedAt, endedAt);
    }

    void ended(Call call, Instant startedAt, Instant endedAt) {
        var limiters = limiters(call);
        restAfter(limiters.address(), startedAt, EpochNanos.between(startedAt, endedAt));
        limiters.ended();
    }

    /** A permit that a dead process may have used is over. */
    void freed(Call call, SourceLimiter source) {
        new CallLimiters(source.limiter, provider(call), address(call)).ended();
    }

    void lapsed(Call call) {
        limiters(call).lapsed();
    }

    void replay(Call call, Instant startedAt, Instant endedAt, Optional<Feedback> feedback) {
        var limiters = limiters(call);
        limiters.replay(startedAt);
        if (feedback.isPresent())
            onFeedback(
                    limiters.provider(), limiters.address(), call, received(call, feedback.get(), startedAt, endedAt));
        restAfter(limiters.address(), startedAt, EpochNanos.between(startedAt, endedAt));
    }

    void orphaned(Call call, Instant dialBefore, Duration maxDuration) {
        var limiters = limiters(call);
        limiters.orphaned(dialBefore);
        restAfter(limiters.address(), dialBefore, maxDuration);
    }

    /**
     * A call of an earlier night. Its gaps count, and so do its feedback and a pause of all calls. It counts in no
     * total of this night. The gap between attempts of its endpoint is applied to the whole address; other names of the
     * address wait no longer than that gap.
     */
    void contacted(Call call, Instant startedAt, Instant endedAt, Optional<Feedback> feedback) {
        var limiters = new CallLimiters(sources.of(Optional.empty()).limiter, provider(call), address(call));
        limiters.contacted(startedAt);
        limiters.address().limiter.notBefore(startedAt, limits.endpoint().gap());
        restAfter(limiters.address(), startedAt, EpochNanos.between(startedAt, endedAt));
        feedback.ifPresent(known -> {
            charging.charge(limiters.provider(), limiters.address(), call, received(call, known, startedAt, endedAt));
            guard.onFeedback(call.address(), known, startedAt, endedAt);
        });
    }

    /** A permit of an earlier night that may be an open connection. */
    void connected(Call call, SourceLimiter source, Instant dialBefore, Duration maxDuration) {
        var limiters = new CallLimiters(source.limiter, provider(call), address(call));
        limiters.connected(dialBefore);
        limiters.address().limiter.notBefore(dialBefore, limits.endpoint().gap());
        restAfter(limiters.address(), dialBefore, maxDuration);
    }

    /**
     * All further calls are of this night. No provider or address stays excluded "for the rest of the night" because
     * of an earlier one.
     */
    void nightBegins() {
        guard.nightBegins();
        charging.nightBegins();
        providers.values().forEach(charging::nightBegins);
        addresses.values().forEach(charging::nightBegins);
    }

    private void restAfter(AddressLimiter address, Instant startedAt, Duration length) {
        address.limiter.notBefore(startedAt, limits.addressGapAfter(length));
    }
}
