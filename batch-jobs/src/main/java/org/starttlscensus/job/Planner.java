package org.starttlscensus.job;

import java.util.Optional;
import java.util.OptionalInt;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.Turnus;
import org.starttlscensus.store.Candidate;
import org.starttlscensus.store.PlannedCall;
import org.starttlscensus.store.Plans;

/** Decides of each candidate whether it is called tonight; one after the other, in tonight's order. */
final class Planner {

    private final CensusNight night;
    private final AddressGate gate;
    private final Limits limits;
    private final boolean hasIpv6;
    private final OptionalInt mostCalls;
    private int toCall;

    Planner(CensusNight night, AddressGate gate, Limits limits, boolean hasIpv6, OptionalInt mostCalls) {
        this.night = night;
        this.gate = gate;
        this.limits = limits;
        this.hasIpv6 = hasIpv6;
        this.mostCalls = mostCalls;
    }

    int toCall() {
        return toCall;
    }

    private record NotTonight(String why, Optional<String> detail) {
        static Optional<NotTonight> of(String why, String detail) {
            return Optional.of(new NotTonight(why, Optional.of(detail)));
        }
    }

    PlannedCall decide(Plans.Numbered numbered) {
        var candidate = numbered.candidate();
        int within = within(candidate);
        var notTonight = notTonight(candidate, within);
        if (notTonight.isEmpty()) toCall++;
        var why = notTonight.map(NotTonight::why);
        return new PlannedCall(candidate.endpointId(), candidate.endpoint(), numbered.position(), candidate.provider(), candidate.isPrimary(),
                candidate.isImplicit(), candidate.isKnown(), candidate.domains(), within, why, notTonight.flatMap(NotTonight::detail),
                why.filter("inherited"::equals).map(_ -> candidate.donorId()));
    }

    private int within(Candidate candidate) {
        int perNight = limits.provider(candidate.provider().key()).perNight().orElseThrow();
        int ofProvider = Turnus.ofProvider(candidate.ofProvider(), perNight);
        return candidate.isImplicit() ? Math.max(ofProvider, Turnus.ofImplicitMx(limits)) : ofProvider;
    }

    private Optional<NotTonight> notTonight(Candidate candidate, int within) {
        var endpoint = candidate.endpoint();
        var special = gate.whyNot(endpoint.address());
        if (special.isPresent()) return NotTonight.of("special_address", special.get());
        if (endpoint.address().isIpv6() && !hasIpv6) return Optional.of(new NotTonight("no_ipv6", Optional.empty()));
        if (candidate.nameRank() > Plans.NAMES_PER_ADDRESS) return Optional.of(new NotTonight("inherited", Optional.empty()));
        var blocked = candidate.blocked().filter(past -> Turnus.afterBlock(past.nights(), past.last()).isAfter(night.date()));
        if (blocked.isPresent()) {
            return NotTonight.of("suspended", "its provider blocked us on %s; asked again on %s".formatted(
                    blocked.get().last(), Turnus.afterBlock(blocked.get().nights(), blocked.get().last())));
        }
        var dead = candidate.unreachable().filter(past -> Turnus.afterUnreachable(past.nights(), past.last()).isAfter(night.date()));
        if (dead.isPresent()) {
            return NotTonight.of("budget", "unreachable on %d nights; called again on %s".formatted(
                    dead.get().nights(), Turnus.afterUnreachable(dead.get().nights(), dead.get().last())));
        }
        if (!Turnus.isDue(candidate.endpointId(), night.date(), within)) {
            return NotTonight.of("budget", "called every %d nights".formatted(within));
        }
        if (mostCalls.isPresent() && toCall >= mostCalls.getAsInt()) return Optional.of(new NotTonight("budget", Optional.empty()));
        return Optional.empty();
    }
}
