package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.CallSource;
import org.starttlscensus.dispatch.Dispatcher;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.fact.Address;
import org.starttlscensus.politeness.LimitKey;
import org.starttlscensus.politeness.Limits;

/** Random nights on a virtual clock, judged by what the servers saw. Every random number comes from a seed. */
class DispatcherProperties {

    private static final int NIGHTS = 150;
    private static final Instant DAWN = VirtualNight.DUSK.plus(Duration.ofDays(30));

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.05, 0})
    void everyLimitHoldsAndEveryEndpointIsAccountedFor(double timeScale) {
        for (int seed = 0; seed < NIGHTS; seed++) {
            var night = night(timeScale, seed);
            night.run(DAWN);
            judge(night, "scale " + timeScale + ", seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.05, 0})
    void theSameHoldsAcrossKillsAndPauses(double timeScale) {
        for (int seed = 0; seed < NIGHTS; seed++) {
            var night = night(timeScale, seed);
            var random = new Random(seed);
            for (int cuts = 1 + random.nextInt(3); cuts > 0; cuts--) {
                night.run(night.now.plusNanos(random.nextLong(lengthOf(night).toNanos())));
                if (random.nextBoolean()) night.kill();
                else night.pause();
            }
            night.run(DAWN);
            judge(night, "scale " + timeScale + ", seed " + seed + " with cuts");
        }
    }

    /** Several sources, some with a small warm-up, or another choice of them after each cut. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.05, 0})
    void theSameHoldsForSeveralSources(double timeScale) {
        for (int seed = 0; seed < NIGHTS; seed++) {
            var random = new Random(seed);
            var plan = VirtualPlan.crowded(random);
            var isChanged = random.nextBoolean();
            var night = new VirtualNight(
                    limits(timeScale, random), maxDuration(timeScale), plan, sources(!isChanged, random), random);
            for (int cuts = random.nextInt(3); cuts > 0; cuts--) {
                night.run(night.now.plusNanos(random.nextLong(lengthOf(night).toNanos())));
                if (isChanged) night.sources = sources(false, random);
                if (random.nextBoolean()) night.kill();
                else night.pause();
            }
            night.run(DAWN);
            var where = "scale " + timeScale + ", seed " + seed + " with sources";
            judge(night, where);
            if (isChanged) continue;
            assertEquals(List.of(), night.servers.addressesThatSawSeveralSources(), where);
            night.sources.forEach(source -> assertTrue(
                    night.servers.callsFrom(source.address())
                            <= source.perNight().orElse(Integer.MAX_VALUE),
                    () -> where + ": more calls than the warm-up of " + source));
        }
    }

    private static List<CallSource> sources(boolean someAreNew, Random random) {
        return IntStream.range(0, 2 + random.nextInt(3))
                .mapToObj(number -> new CallSource(
                        Optional.of(Address.of("127.0.0." + (1 + number))),
                        someAreNew && random.nextInt(3) == 0
                                ? OptionalInt.of(1 + random.nextInt(30))
                                : OptionalInt.empty()))
                .toList();
    }

    /** At a moment when no call is open, so that the ledger is complete. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.05})
    void aDispatcherThatReplaysTheLedgerDecidesLikeTheOneThatWroteIt(double timeScale) {
        for (int seed = 0; seed < NIGHTS; seed++) {
            var random = new Random(seed);
            var night = new VirtualNight(
                    Limits.CEILINGS.scaled(timeScale), maxDuration(timeScale), VirtualPlan.separate(random), random);
            // Without delays: only the process itself knows the gap of a lapsed permit, which sent nothing.
            night.hasDelays = false;
            night.run(night.now.plusNanos(random.nextLong(lengthOf(night).toNanos())));
            night.drain();
            var replayed = night.replayed();
            var where = "scale " + timeScale + ", seed " + seed;
            assertEquals(decisions(night.dispatcher, night.now), decisions(replayed, night.now), where);
            assertEquals(night.dispatcher.notCalled(), replayed.notCalled(), where);
            assertEquals(night.dispatcher.queued(), replayed.queued(), where);
        }
    }

    /** When the dispatcher would call each provider next. */
    private static Map<String, Instant> decisions(Dispatcher dispatcher, Instant now) {
        var decisions = new TreeMap<String, Instant>();
        for (var at = now; ; ) {
            dispatcher.releasedBy(at);
            for (var chosen : dispatcher.choose(at, at.plus(Dispatcher.LOOKAHEAD), 1_000)) {
                decisions.put(chosen.call().provider(), chosen.startAt());
            }
            var next = dispatcher.next().map(time -> time.minus(Dispatcher.LOOKAHEAD));
            if (next.isEmpty()) return decisions;
            at = next.get().isAfter(at) ? next.get() : at.plusMillis(1);
        }
    }

    private static void judge(VirtualNight night, String where) {
        assertTrue(night.isOver(), () -> where + ": not over");
        assertEquals(List.of(), night.faults(), where);
        assertEquals(List.of(), night.servers.breaches(night.plan.calls()), where);
        var accounted = new ArrayList<>(night.called());
        accounted.addAll(night.dispatcher.notCalled().keySet());
        assertEquals(new HashSet<>(accounted).size(), accounted.size(), () -> where + ": both called and not called");
        assertEquals(
                night.plan.calls().stream().map(Call::endpointId).collect(Collectors.toSet()),
                new HashSet<>(accounted),
                where);
    }

    /** About as long as a night of this size takes, so that a cut falls anywhere in it. */
    private static Duration lengthOf(VirtualNight night) {
        var scaled = Math.max(night.limits.timeScale(), 0.01);
        return Duration.ofNanos((long)
                (Duration.ofSeconds(20).toNanos() * scaled * night.plan.calls().size()));
    }

    private static VirtualNight night(double timeScale, long seed) {
        var random = new Random(seed);
        return new VirtualNight(limits(timeScale, random), maxDuration(timeScale), VirtualPlan.crowded(random), random);
    }

    private static MaxCallDuration maxDuration(double timeScale) {
        return timeScale == 1
                ? new MaxCallDuration(Duration.ofSeconds(180), Duration.ofSeconds(420))
                : new MaxCallDuration(Duration.ofSeconds(9), Duration.ofSeconds(21));
    }

    /** Ceilings, or something stricter: the totals and open limits of a night this small must bite now and then. */
    private static Limits limits(double timeScale, Random random) {
        var limits = Limits.CEILINGS;
        if (random.nextInt(3) == 0)
            limits = limits.with(LimitKey.PROVIDER, limits.provider().withPerNight(1 + random.nextInt(8)));
        if (random.nextInt(3) == 0)
            limits = limits.with(LimitKey.SOURCE, limits.source().withOpen(1 + random.nextInt(4)));
        if (random.nextInt(3) == 0)
            limits = limits.with(LimitKey.PREFIX, limits.prefix().withOpen(1));
        if (random.nextInt(3) == 0)
            limits = limits.with(LimitKey.ADDRESS, limits.address().withPerNight(1));
        return limits.scaled(timeScale);
    }
}
