package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.Reception;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.Pace;
import org.starttlscensus.politeness.RunGuard;

/** Every key of tonight: what permits, starts, ends and signals do to the limits of source, provider, address and prefix. */
final class Keys {

    final Limits limits;
    final RunGuard guard;
    /**
     * Its gap is kept twice: here between the times that calls are chosen for, and by the launcher where they really start. So this
     * key has none, and nobody asks when it is free.
     */
    final Key source;
    /** The latest time that a call was chosen for. */
    private Instant lastChosen = Instant.EPOCH;
    private final Beforehand beforehand;
    private final Map<String, ProviderQueue> providers = new HashMap<>();
    private final Map<Octets, Key> prefixes = new HashMap<>();
    private final Map<Address, AddressKey> addresses = new HashMap<>();

    Keys(Limits limits, Beforehand beforehand) {
        this.limits = limits;
        this.guard = new RunGuard(limits, beforehand.shares());
        this.beforehand = beforehand;
        this.source = new Key(limits.source().withGap(Duration.ZERO));
    }

    ProviderQueue provider(Call call) {
        var known = providers.get(call.provider());
        return known != null ? known : provider(call.provider());
    }

    private ProviderQueue provider(String name) {
        var pace = beforehand.returning().contains(name) ? Pace.returning(limits, name) : Pace.starting(limits, name);
        var key = new Key(limits.provider(name));
        key.allow(pace.window());
        var provider = new ProviderQueue(name, key, pace, limits.provider(name).gap());
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
        find(provider).ifPresent(queue -> {
            queue.pace = Pace.starting(limits, provider);
            queue.key.allow(queue.pace.window());
            queue.key.freeAgain(now, queue.pace.gap());
        });
    }

    AddressKey address(Call call) {
        var address = call.address();
        var known = addresses.get(address);
        return known != null ? known : address(address);
    }

    private AddressKey address(Address address) {
        var prefix = prefixes.computeIfAbsent(address.network(), _ -> new Key(limits.prefix()));
        var key = new AddressKey(address, new Key(limits.address()), prefix);
        addresses.put(address, key);
        return key;
    }

    boolean isUsedUp(AddressKey address) {
        return address.key.calls() >= limits.addressCallsPerNight(address.names);
    }

    boolean isUsedUp(ProviderQueue provider) {
        return provider.key.calls() >= limits.provider(provider.name).perNight().orElseThrow();
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

    /** A call at that address; nothing is looked up by its name, however many there are. */
    void permitted(ProviderQueue provider, AddressKey address, Instant startAt) {
        chosenFor(startAt);
        source.permitted();
        provider.key.permitted();
        address.key.permitted();
        address.prefix.permitted();
    }

    void started(Call call, Instant at) {
        source.started(at, Duration.ZERO);
        provider(call).key.started(at, provider(call).pace.gap());
        address(call).key.started(at, limits.address().gap());
        address(call).prefix.started(at, limits.prefix().gap());
    }

    void heard(Call call, Reception reception, Instant startedAt, Instant endedAt) {
        heard(provider(call), call, reception, startedAt, endedAt);
    }

    private void heard(ProviderQueue provider, Call call, Reception reception, Instant startedAt, Instant endedAt) {
        var wasParked = provider.pace.isParked();
        provider.pace = provider.pace.after(new Pace.Heard(call.endpointId(), reception, startedAt, endedAt));
        provider.key.allow(provider.pace.window());
        provider.key.notBefore(startedAt, provider.pace.gap());
        provider.pace.suspendedUntil().ifPresent(until -> provider.key.notBefore(until, Duration.ZERO));
        guard.heard(call.address(), reception, startedAt, endedAt);
        if (!wasParked && provider.pace.standing().isBlock() && !beforehand.returning().contains(provider.name)) {
            guard.newlyBlocked(provider.name, call.address(), startedAt, endedAt);
        }
    }

    void ended(Call call, Instant startedAt, Instant endedAt) {
        address(call).key.notBefore(startedAt, limits.addressGapAfter(Nanos.between(startedAt, endedAt)));
        freed(call);
    }

    void freed(Call call) {
        source.ended();
        provider(call).key.ended();
        address(call).key.ended();
        address(call).prefix.ended();
    }

    void lapsed(Call call) {
        source.lapsed();
        provider(call).key.lapsed();
        address(call).key.lapsed();
        address(call).prefix.lapsed();
    }

    void past(Call call, Instant startedAt, Instant endedAt, Optional<Reception> reception) {
        var provider = provider(call);
        source.past(startedAt, Duration.ZERO);
        provider.key.past(startedAt, provider.pace.gap());
        if (reception.isPresent()) heard(provider, call, reception.get(), startedAt, endedAt);
        var address = address(call);
        address.key.past(startedAt, limits.addressGapAfter(Nanos.between(startedAt, endedAt)));
        address.prefix.past(startedAt, limits.prefix().gap());
    }

    void ghost(Call call, Instant dialBefore, Duration wholeCall) {
        source.ghost(dialBefore, Duration.ZERO);
        provider(call).key.ghost(dialBefore, provider(call).pace.gap());
        address(call).key.ghost(dialBefore, limits.addressGapAfter(wholeCall));
        address(call).prefix.ghost(dialBefore, limits.prefix().gap());
    }
}
