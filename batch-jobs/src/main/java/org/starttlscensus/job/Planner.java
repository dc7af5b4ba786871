package org.starttlscensus.job;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.NotAttempted;
import org.starttlscensus.names.AddressGate;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.Pace;
import org.starttlscensus.politeness.RevisitSchedule;
import org.starttlscensus.politeness.Rotation;
import org.starttlscensus.store.Candidate;
import org.starttlscensus.store.PlannedCall;
import org.starttlscensus.store.Plans;
import org.starttlscensus.store.StandingWait;
import org.starttlscensus.store.StandingWaits;

/**
 * Decides for each candidate endpoint whether it is called tonight. It must be given all candidates in tonight's
 * order, because {@code --limit} counts those to call. Used by one thread.
 */
final class Planner implements Plans.Decisions {

    private final CensusNight night;
    private final AddressGate gate;
    private final Limits limits;
    private final IpVersions versions;
    private final OptionalInt mostCalls;
    private final StandingWaits waits;
    /** Whoever asked us to wait until later than this is not called tonight. */
    private final Instant end;

    private final DrawnTogether together = new DrawnTogether();

    private int toCall;

    /**
     * @param waits    who asked us on an earlier night to stay away, if that is not over
     * @param openedAt when the night was opened
     */
    Planner(
            CensusNight night,
            AddressGate gate,
            Limits limits,
            IpVersions versions,
            OptionalInt mostCalls,
            StandingWaits waits,
            Instant openedAt) {
        this.waits = waits;
        this.end = openedAt.plus(Pace.memory(limits));
        this.night = night;
        this.gate = gate;
        this.limits = limits;
        this.versions = versions;
        this.mostCalls = mostCalls;
    }

    int toCall() {
        return toCall;
    }

    private record NotTonight(NotAttempted reason, Optional<String> detail) {
        static Optional<NotTonight> of(NotAttempted reason, String detail) {
            return Optional.of(new NotTonight(reason, Optional.of(detail)));
        }
    }

    @Override
    public boolean isTooMany(String provider, long servers) {
        return ofProvider(provider, servers) > 1;
    }

    @Override
    public void serveTogether(List<Hostname> hosts) {
        together.add(hosts);
    }

    @Override
    public PlannedCall decide(Plans.Numbered numbered) {
        var candidate = numbered.candidate();
        int everyNights = everyNights(candidate);
        var unit = together.unit(candidate.endpoint().mxHost());
        var notTonight = notTonight(candidate, unit, everyNights);
        if (notTonight.isEmpty()) toCall++;
        var reason = notTonight.map(NotTonight::reason);
        return new PlannedCall(
                candidate.endpointId(),
                candidate.endpoint(),
                numbered.position(),
                candidate.provider(),
                candidate.isPrimary(),
                candidate.isImplicit(),
                candidate.isKnown(),
                candidate.domains(),
                everyNights,
                everyNights > 1 && isDue(unit, everyNights) ? Optional.of(Rotation.number(unit)) : Optional.empty(),
                reason,
                notTonight.flatMap(NotTonight::detail),
                reason.filter(NotAttempted.INHERITED::equals).map(_ -> candidate.donorId()));
    }

    /**
     * The endpoint is due once in so many nights: more than one if its provider has more servers than one night's
     * calls.
     */
    private int everyNights(Candidate candidate) {
        int ofProvider = ofProvider(candidate.provider().key(), candidate.ofProvider());
        return candidate.isImplicit() ? Math.max(ofProvider, RevisitSchedule.ofImplicitMx(limits)) : ofProvider;
    }

    private int ofProvider(String provider, long servers) {
        return RevisitSchedule.ofProvider(
                servers, limits.provider(provider).perNight().orElseThrow());
    }

    /**
     * There is no outcome for "we have no IPv4" as there is for IPv6. It counts as one of our own limits, and the
     * detail says which (decision 0027).
     */
    private static NotTonight otherVersion(Address address) {
        return address.isIpv6()
                ? new NotTonight(NotAttempted.NO_IPV6, Optional.empty())
                : new NotTonight(NotAttempted.BUDGET, Optional.of("no source address of ours is IPv4"));
    }

    private boolean isDue(String unit, int everyNights) {
        return Rotation.isDue(unit, night.date(), everyNights);
    }

    private Optional<NotTonight> notTonight(Candidate candidate, String unit, int everyNights) {
        var endpoint = candidate.endpoint();
        if (candidate.isOptedOut()) return Optional.of(new NotTonight(NotAttempted.OPTED_OUT, Optional.empty()));
        var special = gate.whyNot(endpoint.address());
        if (special.isPresent()) return NotTonight.of(NotAttempted.SPECIAL_ADDRESS, special.get());
        if (!versions.include(endpoint.address())) return Optional.of(otherVersion(endpoint.address()));
        if (candidate.nameRank() > Plans.NAMES_PER_ADDRESS) {
            return Optional.of(new NotTonight(NotAttempted.INHERITED, Optional.empty()));
        }
        if (candidate.isOptOutUnanswered()) {
            return NotTonight.of(NotAttempted.BUDGET, "the DNS did not say whether its operator wants to be left out");
        }
        var blocked = blocked("its provider", candidate.blocked())
                .or(() -> blocked("its address", candidate.addressBlocked()));
        if (blocked.isPresent()) return blocked;
        var asked = waits.of(candidate.provider().key(), endpoint.address())
                .filter(wait -> wait.until().isAfter(end));
        if (asked.isPresent()) return NotTonight.of(NotAttempted.SUSPENDED, words(asked.get()));
        var dead = candidate
                .unreachable()
                .filter(past -> RevisitSchedule.afterUnreachable(past.nights(), past.last())
                        .isAfter(night.date()));
        if (dead.isPresent()) {
            return NotTonight.of(
                    NotAttempted.BUDGET,
                    "unreachable on %d nights; called again on %s"
                            .formatted(
                                    dead.get().nights(),
                                    RevisitSchedule.afterUnreachable(
                                            dead.get().nights(), dead.get().last())));
        }
        if (!isDue(unit, everyNights)) {
            return NotTonight.of(NotAttempted.BUDGET, "called every %d nights".formatted(everyNights));
        }
        if (mostCalls.isPresent() && toCall >= mostCalls.getAsInt()) {
            return Optional.of(new NotTonight(NotAttempted.BUDGET, Optional.empty()));
        }
        return Optional.empty();
    }

    /** Without its words, because this is published. */
    private static String words(StandingWait wait) {
        return "%s asked us at %s to stay away; not called before %s"
                .formatted(
                        wait.isOfProvider() ? "its provider" : "its address",
                        wait.askedAt().truncatedTo(ChronoUnit.SECONDS),
                        wait.until().truncatedTo(ChronoUnit.SECONDS));
    }

    private Optional<NotTonight> blocked(String who, Optional<Candidate.InVain> nights) {
        return nights.flatMap(past -> {
            var again = RevisitSchedule.afterBlock(past.nights(), past.last());
            return again.isAfter(night.date())
                    ? NotTonight.of(
                            NotAttempted.SUSPENDED,
                            "%s blocked us on %s; called again on %s".formatted(who, past.last(), again))
                    : Optional.empty();
        });
    }
}
