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
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.RefusalTarget;
import org.starttlscensus.fact.Feedback.Signal;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.Pace;

/** The servers of a virtual night: how each provider's servers behave, and which calls they saw. */
final class VirtualServers {

    /**
     * One connection as its server saw it.
     *
     * @param source       our address that it came from
     * @param committed    when its permit was committed
     * @param isNoStarttls whether it was a complete session without STARTTLS
     */
    record VirtualCall(
            Call call,
            Optional<Address> source,
            Instant committed,
            Instant start,
            Instant end,
            Feedback feedback,
            boolean isNoStarttls) {
        VirtualCall cutOff(Instant at) {
            return end.isAfter(at) ? new VirtualCall(call, source, committed, start, at, feedback, isNoStarttls) : this;
        }

        Pace.CallFeedback callFeedback() {
            return new Pace.CallFeedback(call.endpointId(), feedback, start, end);
        }

        Duration length() {
            return Duration.between(start, end);
        }
    }

    /** One in how many calls does not succeed, and with which signals. */
    private record Behavior(int oneIn, List<Signal> otherwise) {
        static Behavior of(int oneIn, Signal... otherwise) {
            return new Behavior(oneIn, List.of(otherwise));
        }
    }

    private static final List<Behavior> BEHAVIORS = List.of(
            Behavior.of(50, Signal.NEUTRAL),
            Behavior.of(3, Signal.NEUTRAL, Signal.HANDSHAKE_FAILED, Signal.INJECTED),
            Behavior.of(4, Signal.RATE_LIMITED),
            Behavior.of(13, Signal.RATE_LIMITED),
            Behavior.of(5, Signal.BLOCKED),
            Behavior.of(1, Signal.TEMPORARY, Signal.GREYLISTED, Signal.OVERLOADED),
            Behavior.of(3, Signal.SUSPECTED),
            Behavior.of(2, Signal.UNREACHABLE),
            Behavior.of(3, Signal.TARPITTED),
            Behavior.of(20, Signal.LOCAL_ERROR),
            Behavior.of(6, Signal.NO_ROUTE_HERE),
            Behavior.of(30, Signal.SELF_INFLICTED));

    private final Limits limits;
    private final MaxCallDuration longest;
    private final Random random;
    private final int tonight;
    private final List<VirtualCall> calls = new ArrayList<>();

    VirtualServers(Limits limits, MaxCallDuration longest, Random random) {
        this.limits = limits;
        this.longest = longest;
        this.random = random;
        this.tonight = random.nextInt(BEHAVIORS.size());
    }

    /** Most calls are short, some are long, a few take as long as we allow. */
    VirtualCall accept(Call call, Optional<Address> source, Instant committed, Instant at) {
        int length = random.nextInt(20);
        var whole = longest.of(call.patient());
        var most = length < 16 ? whole.dividedBy(60) : length < 19 ? whole.dividedBy(4) : whole;
        var behavior = BEHAVIORS.get(Math.floorMod(call.provider().hashCode() + tonight, BEHAVIORS.size()));
        var signal = random.nextInt(behavior.oneIn()) == 0
                ? behavior.otherwise().get(random.nextInt(behavior.otherwise().size()))
                : Signal.WELCOMED;
        var made = new VirtualCall(
                call,
                source,
                committed,
                at,
                at.plusNanos(1 + random.nextLong(most.toNanos())),
                new Feedback(
                        signal,
                        switch (random.nextInt(16)) {
                            case 0, 1 -> RefusalTarget.US;
                            case 2 -> RefusalTarget.OUR_RANGE;
                            default -> RefusalTarget.NOBODY;
                        },
                        random.nextInt(8) == 0
                                ? Optional.of(Duration.ofMinutes(random.nextInt(90)))
                                : Optional.empty()),
                signal == Signal.WELCOMED && random.nextInt(4) == 0);
        calls.add(made);
        return made;
    }

    /** The calling process is dead: its connections break. */
    void cutOff(Instant at) {
        calls.replaceAll(made -> made.cutOff(at));
    }

    /** Our open connections to a provider. */
    long openAt(String provider, Instant at) {
        return calls.stream()
                .filter(made ->
                        made.call().provider().equals(provider) && made.end().isAfter(at))
                .count();
    }

    List<VirtualCall> calls() {
        return calls;
    }

    List<String> addressesThatSawSeveralSources() {
        return by(made -> made.call().address().toString()).entrySet().stream()
                .filter(seen -> seen.getValue().stream()
                                .map(VirtualCall::source)
                                .distinct()
                                .count()
                        > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    long callsFrom(Optional<Address> source) {
        return calls.stream().filter(made -> made.source().equals(source)).count();
    }

    /** Every breach of docs/politeness.md, section 2, that any server saw. */
    List<String> breaches(List<Call> plan) {
        var found = new ArrayList<String>();
        by(made -> made.call().address().toString()).forEach((address, seen) -> {
            most(found, "open at " + address, open(seen), limits.address().open());
            apart(found, address, seen, made -> limits.addressGapAfter(made.length()));
            var names = plan.stream()
                    .filter(call -> call.address().toString().equals(address))
                    .count();
            most(found, "calls at " + address, seen.size(), limits.addressCallsPerNight((int) names));
        });
        by(made -> made.call().address().prefix()).forEach((prefix, seen) -> {
            most(found, "open at " + prefix, open(seen), limits.prefix().open());
            apart(found, prefix, seen, _ -> limits.prefix().gap());
        });
        by(made -> made.call().provider()).forEach((provider, seen) -> {
            most(found, "open at " + provider, open(seen), limits.provider().open());
            apart(found, provider, seen, _ -> limits.provider().gap());
            most(
                    found,
                    "calls at " + provider,
                    seen.size(),
                    limits.provider().perNight().orElseThrow());
        });
        by(made -> String.valueOf(made.call().endpointId())).forEach((endpoint, seen) -> {
            most(found, "open at " + endpoint, open(seen), limits.endpoint().open());
            apart(found, endpoint, seen, _ -> limits.endpoint().gap());
            most(
                    found,
                    "calls at " + endpoint,
                    seen.size(),
                    limits.endpoint().perNight().orElseThrow());
        });
        by(made -> "source " + made.source()).forEach((source, seen) -> {
            most(found, "open from " + source, open(seen), limits.source().open());
            apart(found, source, seen, _ -> limits.source().gap());
        });
        return found;
    }

    private Map<String, List<VirtualCall>> by(Function<VirtualCall, String> key) {
        return calls.stream().sorted(Comparator.comparing(VirtualCall::start)).collect(Collectors.groupingBy(key));
    }

    private static void most(List<String> found, String what, long seen, int allowed) {
        if (seen > allowed) found.add("%s: %d, allowed are %d".formatted(what, seen, allowed));
    }

    private static void apart(
            List<String> found, String key, List<VirtualCall> seen, Function<VirtualCall, Duration> gap) {
        for (int i = 1; i < seen.size(); i++) {
            var before = seen.get(i - 1);
            var passed = Duration.between(before.start(), seen.get(i).start());
            if (passed.compareTo(gap.apply(before)) < 0) {
                found.add("%s: %s from start to start, at least %s must pass (%s, %s)"
                        .formatted(key, passed, gap.apply(before), before, seen.get(i)));
            }
        }
    }

    private static int open(List<VirtualCall> seen) {
        var starts = seen.stream().map(VirtualCall::start).sorted().toList();
        var ends = seen.stream().map(VirtualCall::end).sorted().toList();
        int most = 0;
        int over = 0;
        for (int begun = 0; begun < starts.size(); begun++) {
            while (!ends.get(over).isAfter(starts.get(begun))) over++;
            most = Math.max(most, begun + 1 - over);
        }
        return most;
    }
}
