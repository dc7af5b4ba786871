package org.starttlscensus.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.Pace;
import org.starttlscensus.politeness.RunGuard;

/** Every key of tonight: what permits, starts, ends and signals do to the limits of source, provider, address and prefix. */
final class Limiters {

    final Limits limits;
    final RunGuard guard;
    /**
     * Its gap is kept twice: here between the times that calls are chosen for, and by the launcher where they really start. So this
     * key has none, and nobody asks when it is free.
     */
    final Limiter source;
    /** The latest time that a call was chosen for. */
    private Instant lastChosen = Instant.EPOCH;

    private final PriorKnowledge priorKnowledge;
    private final Map<String, ProviderQueue> providers = new HashMap<>();
    /** Providers of which nights to come must know that they block us, and of which nobody was told yet. */
    private final Set<String> newlyBlocking = new LinkedHashSet<>();

    private final Map<Octets, Limiter> prefixes = new HashMap<>();
    private final Map<Address, AddressLimiter> addresses = new HashMap<>();

    Limiters(Limits limits, PriorKnowledge priorKnowledge) {
        this.limits = limits;
        this.guard = new RunGuard(limits, priorKnowledge.shares());
        this.priorKnowledge = priorKnowledge;
        this.source = new Limiter(limits.source().withGap(Duration.ZERO));
    }

    ProviderQueue provider(Call call) {
        var known = providers.get(call.provider());
        return known != null ? known : provider(call.provider());
    }

    private ProviderQueue provider(String name) {
        var pace =
                priorKnowledge.returning().contains(name) ? Pace.returning(limits, name) : Pace.starting(limits, name);
        var provider = new ProviderQueue(
                name,
                new Limiter(limits.provider(name)),
                pace,
                limits.provider(name).gap());
        provider.limiter.allow(pace.window(), pace.gap());
        providers.put(name, provider);
        return provider;
    }

    Collection<ProviderQueue> providers() {
        return providers.values();
    }

    /** An endpoint of the plan. */
    void planned(Call call) {
        address(call).names++;
        var provider = provider(call);
        provider.position = Math.min(provider.position, call.position());
    }

    /** Empty as long as nobody of this provider was heard of. */
    Optional<ProviderQueue> find(String provider) {
        return Optional.ofNullable(providers.get(provider));
    }

    /** What the provider held against us is forgotten: the next call may come as long from now as from one call to the next. */
    void forgive(String provider, Instant now) {
        newlyBlocking.remove(provider);
        find(provider).ifPresent(queue -> queue.forgive(Pace.starting(limits, provider), now));
    }

    /** Each is handed out once. */
    List<String> takeNewlyBlocking() {
        var names = List.copyOf(newlyBlocking);
        newlyBlocking.clear();
        return names;
    }

    AddressLimiter address(Call call) {
        var address = call.address();
        var known = addresses.get(address);
        return known != null ? known : address(address);
    }

    private AddressLimiter address(Address address) {
        var prefix = prefixes.computeIfAbsent(address.network(), _ -> new Limiter(limits.prefix()));
        var key = new AddressLimiter(address, new Limiter(limits.address()), prefix);
        addresses.put(address, key);
        return key;
    }

    boolean isUsedUp(AddressLimiter address) {
        return address.limiter.calls() >= limits.addressCallsPerNight(address.names);
    }

    boolean isUsedUp(ProviderQueue provider) {
        return provider.limiter.calls()
                >= limits.provider(provider.name).perNight().orElseThrow();
    }

    /** Whether our own address has made all the calls it may make tonight, while it is new. */
    boolean isUsedUp() {
        OptionalInt most = limits.source().perNight();
        return most.isPresent() && source.calls() >= most.getAsInt();
    }

    /** No call is chosen for a time before this. */
    Instant sourceFree() {
        var free = lastChosen.plus(limits.source().gap());
        return free.isAfter(guard.pausedUntil()) ? free : guard.pausedUntil();
    }

    /** A call was chosen for that time. */
    void chosenFor(Instant startAt) {
        if (startAt.isAfter(lastChosen)) lastChosen = startAt;
    }

    CallLimiters limiters(Call call) {
        return limiters(provider(call), address(call));
    }

    /** Without any look-up, however many providers and addresses there are. */
    CallLimiters limiters(ProviderQueue provider, AddressLimiter address) {
        return new CallLimiters(source, provider, address);
    }

    void permitted(ProviderQueue provider, AddressLimiter address, Instant startAt) {
        chosenFor(startAt);
        limiters(provider, address).permitted();
    }

    void started(Call call, Instant at) {
        limiters(call).started(at);
    }

    void onFeedback(Call call, Feedback feedback, Instant startedAt, Instant endedAt) {
        onFeedback(provider(call), call, feedback, startedAt, endedAt);
    }

    private void onFeedback(ProviderQueue provider, Call call, Feedback feedback, Instant startedAt, Instant endedAt) {
        var wasParked = provider.pace.isExcluded();
        provider.onFeedback(new Pace.CallFeedback(call.endpointId(), feedback, startedAt, endedAt));
        guard.onFeedback(call.address(), feedback, startedAt, endedAt);
        if (wasParked || !provider.pace.isBlocking(isReturning(provider))) return;
        newlyBlocking.add(provider.name);
        if (!isReturning(provider)) guard.newlyBlocked(provider.name, call.address(), startedAt, endedAt);
    }

    /** Whether it had blocked us on an earlier night, and has not welcomed us since. */
    boolean isReturning(ProviderQueue provider) {
        return priorKnowledge.returning().contains(provider.name);
    }

    void ended(Call call, Instant startedAt, Instant endedAt) {
        var limiters = limiters(call);
        restAfter(limiters.address(), startedAt, EpochNanos.between(startedAt, endedAt));
        limiters.ended();
    }

    void freed(Call call) {
        limiters(call).ended();
    }

    void lapsed(Call call) {
        limiters(call).lapsed();
    }

    void replay(Call call, Instant startedAt, Instant endedAt, Optional<Feedback> feedback) {
        var limiters = limiters(call);
        limiters.replay(startedAt);
        if (feedback.isPresent()) onFeedback(limiters.provider(), call, feedback.get(), startedAt, endedAt);
        restAfter(limiters.address(), startedAt, EpochNanos.between(startedAt, endedAt));
    }

    void orphaned(Call call, Instant dialBefore, Duration maxDuration) {
        var limiters = limiters(call);
        limiters.orphaned(dialBefore);
        restAfter(limiters.address(), dialBefore, maxDuration);
    }

    /**
     * A call of an earlier night. Its spacing stands, and so does what its provider said, and what held everybody back; it counts in
     * no total of this night. That its endpoint may be attempted again only after a while is kept for the whole address, which costs other names of it no more
     * than that while.
     */
    void contacted(Call call, Instant startedAt, Instant endedAt, Optional<Feedback> feedback) {
        var limiters = limiters(call);
        limiters.contacted(startedAt);
        limiters.address().limiter.notBefore(startedAt, limits.endpoint().gap());
        restAfter(limiters.address(), startedAt, EpochNanos.between(startedAt, endedAt));
        feedback.ifPresent(known -> {
            limiters.provider().onFeedback(new Pace.CallFeedback(call.endpointId(), known, startedAt, endedAt));
            guard.onFeedback(call.address(), known, startedAt, endedAt);
        });
    }

    /** A permit of an earlier night that may be an open connection. */
    void connected(Call call, Instant dialBefore, Duration maxDuration) {
        var limiters = limiters(call);
        limiters.connected(dialBefore);
        limiters.address().limiter.notBefore(dialBefore, limits.endpoint().gap());
        restAfter(limiters.address(), dialBefore, maxDuration);
    }

    /** Whatever is told from here on is tonight's: nobody is left alone "for the rest of the night" by an earlier one. */
    void nightBegins() {
        guard.nightBegins();
        providers
                .values()
                .forEach(provider -> provider.nightBegins(
                        Optional.of(provider).filter(this::isReturning).map(one -> Pace.returning(limits, one.name))));
    }

    private void restAfter(AddressLimiter address, Instant startedAt, Duration length) {
        address.limiter.notBefore(startedAt, limits.addressGapAfter(length));
    }
}
