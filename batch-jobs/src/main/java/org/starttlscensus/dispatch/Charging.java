package org.starttlscensus.dispatch;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.Pace;
import org.starttlscensus.politeness.PaceTerms;
import org.starttlscensus.politeness.RunGuard;

/**
 * Charges whoever can have decided it with how a call was received: the provider, or the address alone
 * (docs/politeness.md, section 4). Notes who blocks us for the first time, for the run guard and for later nights.
 */
final class Charging {

    private final Limits limits;
    private final RunGuard guard;
    private final PriorKnowledge priorKnowledge;
    /** Providers whose block must be stored for later nights, and that were not returned yet. */
    private final Set<String> providers = new LinkedHashSet<>();
    /** The same of addresses that are charged themselves. */
    private final Set<Address> addresses = new LinkedHashSet<>();
    /** Who asked us on an earlier night not to call before a time, unless the operator has resumed them since. */
    private final Map<String, Instant> providerWaits;

    private final Map<Address, Instant> addressWaits;

    Charging(Limits limits, RunGuard guard, PriorKnowledge priorKnowledge) {
        this.limits = limits;
        this.guard = guard;
        this.priorKnowledge = priorKnowledge;
        this.providerWaits = new HashMap<>(priorKnowledge.waits().providers());
        this.addressWaits = new HashMap<>(priorKnowledge.waits().addresses());
    }

    /** A provider that asked us to wait is not called before. */
    void firstSeen(ProviderQueue provider) {
        Optional.ofNullable(providerWaits.get(provider.name)).ifPresent(provider::notBefore);
    }

    /** The pace of a provider before its first call. */
    Pace firstPace(String provider) {
        return isReturning(provider) ? Pace.returning(limits, provider) : Pace.starting(limits, provider);
    }

    /**
     * An address that blocked us on an earlier night gets one canary, whatever it is called for. One that asked us to
     * wait is not called before.
     */
    void firstSeen(AddressLimiter address, String provider) {
        if (isReturning(address.address)) address.charged = new ChargedAddress(provider, limits, true);
        obeyWait(address);
    }

    private void obeyWait(AddressLimiter address) {
        Optional.ofNullable(addressWaits.get(address.address)).ifPresent(address::waitsUntil);
    }

    /** A call of tonight is over. */
    void onFeedback(ProviderQueue provider, AddressLimiter address, Call call, Pace.CallFeedback made) {
        var wasExcluded = provider.pace.isExcluded();
        var wasAddressExcluded = address.isExcluded();
        charge(provider, address, call, made);
        guard.onFeedback(call.address(), made.feedback(), made.startedAt(), made.endedAt());
        if (!wasAddressExcluded) noteIfBlocking(address, call, made);
        if (wasExcluded || !provider.pace.isBlocking(isReturning(provider.name))) return;
        providers.add(provider.name);
        if (!isReturning(provider.name))
            guard.newlyBlocked(provider.name, call.address(), made.startedAt(), made.endedAt());
    }

    private void noteIfBlocking(AddressLimiter address, Call call, Pace.CallFeedback made) {
        var isReturning = isReturning(address.address);
        if (address.charged == null || !address.charged.pace.isBlocking(isReturning)) return;
        addresses.add(address.address);
        if (!isReturning) guard.newlyBlockedAddress(call.provider(), address.address, made.startedAt(), made.endedAt());
    }

    /** A call is over, of tonight or of an earlier night. */
    void charge(ProviderQueue provider, AddressLimiter address, Call call, Pace.CallFeedback made) {
        switch (call.blame().charged()) {
            case PROVIDER -> {
                provider.onFeedback(made);
                provider.received(call, made);
                if (address.charged != null && address.charged.awaitsCanary())
                    address.charged.onFeedback(made, address.limiter);
            }
            case ADDRESS -> {
                chargeAddress(address, provider.name, made);
                provider.onFeedbackOfAddress(call, made);
            }
        }
        obeyWords(address, made);
    }

    /** A server that says how long to wait is not called before, by any of its names, whoever is charged. */
    private void obeyWords(AddressLimiter address, Pace.CallFeedback made) {
        if (!made.feedback().signal().isRefusal()) return;
        made.feedback()
                .stayAway()
                .ifPresent(asked -> address.toldToWait(made.endedAt(), limits.scaled(asked), Pace.memory(limits)));
    }

    /** Most addresses only ever receive us. They need no state, and there are hundreds of thousands of them. */
    private void chargeAddress(AddressLimiter address, String provider, Pace.CallFeedback made) {
        if (address.charged == null) {
            if (made.feedback().signal() == Feedback.Signal.WELCOMED) return;
            address.charged = new ChargedAddress(provider, limits, false);
        }
        address.charged.onFeedback(made, address.limiter);
    }

    /** What earlier nights left behind is known without what the operator has resumed before this night opened. */
    void nightBegins() {
        providerWaits.putAll(priorKnowledge.waits().providers());
        addressWaits.putAll(priorKnowledge.waits().addresses());
    }

    void nightBegins(ProviderQueue provider) {
        provider.nightBegins(
                Optional.of(provider.name).filter(this::isReturning).map(this::firstPace));
        firstSeen(provider);
    }

    void nightBegins(AddressLimiter address) {
        address.nightBegins();
        obeyWait(address);
        if (address.charged == null) return;
        address.charged.nightBegins(
                Optional.of(address.address)
                        .filter(this::isReturning)
                        .map(_ -> Pace.starting(PaceTerms.ofAddress(limits)).returning()),
                address.limiter);
    }

    /** The operator resumes this provider. */
    void forget(String provider) {
        providers.remove(provider);
        providerWaits.remove(provider);
    }

    /** Forgets what the address refused, if one of its names belongs to this provider, which the operator resumes. */
    void reset(AddressLimiter address, String provider, Instant now) {
        if (!address.isOf(provider)) return;
        addresses.remove(address.address);
        addressWaits.remove(address.address);
        address.waitNoLonger(now);
        if (address.charged != null) address.charged.reset(limits, address.limiter, now);
    }

    /** Returns each provider and address once. */
    NewlyBlocking takeNewlyBlocking() {
        var taken = new NewlyBlocking(List.copyOf(providers), List.copyOf(addresses));
        providers.clear();
        addresses.clear();
        return taken;
    }

    private boolean isReturning(String provider) {
        return priorKnowledge.returning().contains(provider);
    }

    private boolean isReturning(Address address) {
        return priorKnowledge.returningAddresses().contains(address);
    }
}
