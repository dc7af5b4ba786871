package org.starttlscensus.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.RefusalTarget;
import org.starttlscensus.fact.Feedback.Signal;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.Pace;

/** The other side of a virtual night: how each provider's servers behave, and what they saw of us. */
final class VirtualServers {

    /**
     * One connection as a server saw it.
     *
     * @param committed    when its permit stood in the ledger
     * @param isNoStarttls whether a complete session showed no STARTTLS
     */
    record Visit(Call call, Instant committed, Instant start, Instant end, Feedback feedback, boolean isNoStarttls) {
        Visit cutOff(Instant at) {
            return end.isAfter(at) ? new Visit(call, committed, start, at, feedback, isNoStarttls) : this;
        }

        Pace.CallFeedback callFeedback() {
            return new Pace.CallFeedback(call.endpointId(), feedback, start, end);
        }

        Duration length() {
            return Duration.between(start, end);
        }
    }

    /** One in how many calls is received otherwise than by a welcome, and how. */
    private record Manner(int oneIn, List<Signal> otherwise) {
        static Manner of(int oneIn, Signal... otherwise) {
            return new Manner(oneIn, List.of(otherwise));
        }
    }

    private static final List<Manner> MANNERS = List.of(
            Manner.of(50, Signal.NEUTRAL),
            Manner.of(3, Signal.NEUTRAL, Signal.HANDSHAKE_FAILED, Signal.INJECTED),
            Manner.of(4, Signal.RATE_LIMITED),
            Manner.of(13, Signal.RATE_LIMITED),
            Manner.of(5, Signal.BLOCKED),
            Manner.of(1, Signal.TEMPORARY, Signal.GREYLISTED, Signal.OVERLOADED),
            Manner.of(3, Signal.SUSPECTED),
            Manner.of(2, Signal.UNREACHABLE),
            Manner.of(3, Signal.TARPITTED),
            Manner.of(20, Signal.LOCAL_ERROR),
            Manner.of(6, Signal.NO_ROUTE_HERE),
            Manner.of(30, Signal.SELF_INFLICTED));

    private final Limits limits;
    private final MaxCallDuration longest;
    private final Random random;
    private final int tonight;
    private final List<Visit> visits = new ArrayList<>();

    VirtualServers(Limits limits, MaxCallDuration longest, Random random) {
        this.limits = limits;
        this.longest = longest;
        this.random = random;
        this.tonight = random.nextInt(MANNERS.size());
    }

    /** Most calls take a moment, some a while, a few as long as we let them. */
    Visit accept(Call call, Instant committed, Instant at) {
        int length = random.nextInt(20);
        var whole = longest.of(call.patient());
        var most = length < 16 ? whole.dividedBy(60) : length < 19 ? whole.dividedBy(4) : whole;
        var manner = MANNERS.get(Math.floorMod(call.provider().hashCode() + tonight, MANNERS.size()));
        var signal = random.nextInt(manner.oneIn()) == 0
                ? manner.otherwise().get(random.nextInt(manner.otherwise().size()))
                : Signal.WELCOMED;
        var visit = new Visit(
                call,
                committed,
                at,
                at.plusNanos(1 + random.nextLong(most.toNanos())),
                new Feedback(
                        signal,
                        random.nextInt(8) == 0 ? RefusalTarget.US : RefusalTarget.NOBODY,
                        random.nextInt(8) == 0
                                ? Optional.of(Duration.ofMinutes(random.nextInt(90)))
                                : Optional.empty()),
                signal == Signal.WELCOMED && random.nextInt(4) == 0);
        visits.add(visit);
        return visit;
    }

    /** The caller is dead: its connections break. */
    void cutOff(Instant at) {
        visits.replaceAll(visit -> visit.cutOff(at));
    }

    /** Connections of ours that a provider sees. */
    long openAt(String provider, Instant at) {
        return visits.stream()
                .filter(visit ->
                        visit.call().provider().equals(provider) && visit.end().isAfter(at))
                .count();
    }

    List<Visit> visits() {
        return visits;
    }

    /** Every breach of docs/politeness.md, section 2, that any server could show. */
    List<String> breaches(List<Call> plan) {
        var found = new ArrayList<String>();
        by(visit -> visit.call().address().toString()).forEach((address, seen) -> {
            most(found, "open at " + address, open(seen), limits.address().open());
            apart(found, address, seen, visit -> limits.addressGapAfter(visit.length()));
            var names = plan.stream()
                    .filter(call -> call.address().toString().equals(address))
                    .count();
            most(found, "calls at " + address, seen.size(), limits.addressCallsPerNight((int) names));
        });
        by(visit -> visit.call().address().prefix()).forEach((prefix, seen) -> {
            most(found, "open at " + prefix, open(seen), limits.prefix().open());
            apart(found, prefix, seen, _ -> limits.prefix().gap());
        });
        by(visit -> visit.call().provider()).forEach((provider, seen) -> {
            most(found, "open at " + provider, open(seen), limits.provider().open());
            apart(found, provider, seen, _ -> limits.provider().gap());
            most(
                    found,
                    "calls at " + provider,
                    seen.size(),
                    limits.provider().perNight().orElseThrow());
        });
        by(visit -> String.valueOf(visit.call().endpointId())).forEach((endpoint, seen) -> {
            most(found, "open at " + endpoint, open(seen), limits.endpoint().open());
            apart(found, endpoint, seen, _ -> limits.endpoint().gap());
            most(
                    found,
                    "calls at " + endpoint,
                    seen.size(),
                    limits.endpoint().perNight().orElseThrow());
        });
        most(found, "open in all", open(visits), limits.source().open());
        return found;
    }

    private Map<String, List<Visit>> by(Function<Visit, String> key) {
        return visits.stream().sorted(Comparator.comparing(Visit::start)).collect(Collectors.groupingBy(key));
    }

    private static void most(List<String> found, String what, long seen, int allowed) {
        if (seen > allowed) found.add("%s: %d, allowed are %d".formatted(what, seen, allowed));
    }

    private static void apart(List<String> found, String key, List<Visit> seen, Function<Visit, Duration> gap) {
        for (int i = 1; i < seen.size(); i++) {
            var before = seen.get(i - 1);
            var passed = Duration.between(before.start(), seen.get(i).start());
            if (passed.compareTo(gap.apply(before)) < 0) {
                found.add("%s: %s from start to start, at least %s must pass (%s, %s)"
                        .formatted(key, passed, gap.apply(before), before, seen.get(i)));
            }
        }
    }

    private static int open(List<Visit> seen) {
        var starts = seen.stream().map(Visit::start).sorted().toList();
        var ends = seen.stream().map(Visit::end).sorted().toList();
        int most = 0;
        int over = 0;
        for (int begun = 0; begun < starts.size(); begun++) {
            while (!ends.get(over).isAfter(starts.get(begun))) over++;
            most = Math.max(most, begun + 1 - over);
        }
        return most;
    }
}
