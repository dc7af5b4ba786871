package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.Pace;

/** Every key of tonight: what permits, starts, ends and signals do to the limits of source, provider, address and prefix. */
final class Keys {

    final Limits limits;
    /** Its gap is kept twice: here between the times that calls are chosen for, and by the launcher where they really start. */
    final Key source;
    /** No call is chosen for a time before this. */
    private Instant sourceFree = Instant.EPOCH;
    private final Map<String, ProviderQueue> providers = new HashMap<>();
    private final Map<String, Key> prefixes = new HashMap<>();
    private final Map<Address, AddressKey> addresses = new HashMap<>();

    Keys(Limits limits) {
        this.limits = limits;
        this.source = new Key(limits.source().withGap(Duration.ZERO));
    }

    ProviderQueue provider(Call call) {
        return providers.computeIfAbsent(call.provider(), name -> new ProviderQueue(name, new Key(
                limits.provider().withOpen(Math.min(limits.provider().open(), windowAtStart()))), Pace.starting(limits)));
    }

    Collection<ProviderQueue> providers() {
        return providers.values();
    }

    AddressKey address(Call call) {
        return addresses.computeIfAbsent(call.endpoint().address(), address -> new AddressKey(
                address, new Key(limits.address()), prefixes.computeIfAbsent(address.prefix(), _ -> new Key(limits.prefix()))));
    }

    boolean isUsedUp(AddressKey address) {
        return address.key.calls() >= limits.addressCallsPerNight(address.names);
    }

    boolean isUsedUp(ProviderQueue provider) {
        return provider.key.calls() >= limits.provider().perNight().orElseThrow();
    }

    Instant sourceFree() {
        return sourceFree;
    }

    /** A call was chosen for that time. */
    void chosenFor(Instant startAt) {
        var next = startAt.plus(limits.source().gap());
        if (next.isAfter(sourceFree)) sourceFree = next;
    }

    void permitted(Call call, Instant startAt) {
        chosenFor(startAt);
        source.permitted();
        provider(call).key.permitted();
        address(call).key.permitted();
        address(call).prefix.permitted();
    }

    void started(Call call, Instant at) {
        source.started(at);
        provider(call).key.started(at.plus(provider(call).pace.gap()));
        address(call).key.started(at.plus(limits.address().gap()));
        address(call).prefix.started(at.plus(limits.prefix().gap()));
    }

    void heard(Call call, ReplyClass signal, Instant startedAt) {
        var provider = provider(call);
        provider.pace = provider.pace.after(signal, call.endpointId(), limits);
        provider.key.notBefore(startedAt.plus(provider.pace.gap()));
    }

    void ended(Call call, Instant startedAt, Instant endedAt) {
        address(call).key.notBefore(startedAt.plus(limits.addressGapAfter(Duration.between(startedAt, endedAt))));
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

    void past(Call call, Instant startedAt, Instant endedAt, Optional<ReplyClass> signal) {
        var provider = provider(call);
        provider.key.past(startedAt.plus(provider.pace.gap()));
        signal.ifPresent(seen -> heard(call, seen, startedAt));
        address(call).key.past(startedAt.plus(limits.addressGapAfter(Duration.between(startedAt, endedAt))));
        address(call).prefix.past(startedAt.plus(limits.prefix().gap()));
    }

    void ghost(Call call, Instant dialBefore, Duration wholeCall) {
        source.ghost(dialBefore);
        provider(call).key.ghost(dialBefore.plus(provider(call).pace.gap()));
        address(call).key.ghost(dialBefore.plus(limits.addressGapAfter(wholeCall)));
        address(call).prefix.ghost(dialBefore.plus(limits.prefix().gap()));
    }

    /** The window stays at its start of one call, but where pacing is off. */
    private int windowAtStart() {
        return limits.timeScale() == 0 ? limits.provider().open() : Limits.PROVIDER_OPEN_AT_START;
    }
}
