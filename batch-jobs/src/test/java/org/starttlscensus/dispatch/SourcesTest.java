package org.starttlscensus.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.Signal;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.politeness.LimitKey;
import org.starttlscensus.politeness.Limits;

/** Which of our sources makes which call. */
class SourcesTest extends DispatcherScene {

    private static final Optional<Address> ONE = Optional.of(Address.of("198.51.100.1"));
    private static final Optional<Address> OTHER = Optional.of(Address.of("198.51.100.2"));
    private static final Optional<Address> SIX = Optional.of(Address.of("2001:db8::1"));

    SourcesTest() {
        from(established(ONE), established(OTHER));
    }

    private void from(CallSource... sources) {
        from(Limits.CEILINGS, sources);
    }

    private void from(Limits limits, CallSource... sources) {
        dispatcher = new Dispatcher(
                limits, MAX_DURATION, new Precedence(), PriorKnowledge.NOTHING, List.of(sources), _ -> true);
    }

    private static CallSource established(Optional<Address> source) {
        return new CallSource(source, OptionalInt.empty());
    }

    private static CallSource warmingUp(Optional<Address> source, int perNight) {
        return new CallSource(source, OptionalInt.of(perNight));
    }

    private void planMany(int servers) {
        for (int i = 0; i < servers; i++) plan("p" + i + ".test", "10.%d.%d.1".formatted(i / 200, i % 200));
    }

    private Map<Optional<Address>, Long> bySource(List<ChosenCall> calls) {
        return calls.stream().collect(Collectors.groupingBy(ChosenCall::source, Collectors.counting()));
    }

    /** All calls until the queue is empty; each takes a second. */
    private List<ChosenCall> makeAll(ReplyClass shown) {
        var made = new ArrayList<ChosenCall>();
        for (var next = dispatcher.next(); next.isPresent(); next = dispatcher.next()) {
            for (var chosen : choose(next.get().minus(Dispatcher.LOOKAHEAD))) {
                made.add(chosen);
                make(chosen.call(), chosen.startAt(), Duration.ofSeconds(1), shown);
                if (shown == ReplyClass.NO_STARTTLS)
                    dispatcher.scheduleConfirmation(
                            chosen.call().next(false), chosen.startAt().plus(Duration.ofMinutes(30)));
            }
            dispatcher.releasedBy(next.get());
        }
        return made;
    }

    private List<ChosenCall> makeAll() {
        return makeAll(ReplyClass.OK);
    }

    @Test
    void eachHasItsOwnGapAndShareOfTheCalls() {
        planMany(100);
        var chosen = choose(at(0));
        assertEquals(42, chosen.size(), "one second at 50 ms, by two sources");
        assertEquals(Map.of(ONE, 21L, OTHER, 21L), bySource(chosen));
        for (var source : List.of(ONE, OTHER)) {
            var starts = chosen.stream()
                    .filter(call -> call.source().equals(source))
                    .map(ChosenCall::startAt)
                    .toList();
            for (int i = 1; i < starts.size(); i++)
                assertEquals(Duration.ofMillis(50), Duration.between(starts.get(i - 1), starts.get(i)));
        }
    }

    @Test
    void eachHasItsOwnLimitOfOpenCalls() {
        from(Limits.CEILINGS.withOpen(LimitKey.SOURCE, 3), established(ONE), established(OTHER));
        planMany(100);
        var chosen = choose(at(0));
        assertEquals(Map.of(ONE, 3L, OTHER, 3L), bySource(chosen));
        var ended = chosen.stream()
                .filter(call -> call.source().equals(OTHER))
                .findFirst()
                .orElseThrow();
        make(ended.call(), ended.startAt(), Duration.ofSeconds(1), ReplyClass.OK);
        assertEquals(Map.of(OTHER, 1L), bySource(choose(at(2))));
    }

    @Test
    void theLimitsOfAProviderAreSharedByAll() {
        for (int i = 0; i < 10; i++) plan("one.test", "10.0." + i + ".1");
        assertEquals(1, choose(at(0)).size());
    }

    @Test
    void anAddressStaysWithItsSourceAllNight() {
        planMany(20);
        for (int i = 0; i < 20; i++) plan("p" + i + ".test", "10.0." + i + ".1"); // a second name each
        Map<Address, Optional<Address>> sources = new HashMap<>();
        var made = makeAll(ReplyClass.NO_STARTTLS);
        made.forEach(call ->
                assertEquals(call.source(), sources.computeIfAbsent(call.call().address(), _ -> call.source())));
        assertEquals(60, made.size(), "two names each, and one second look");
        assertEquals(2, sources.values().stream().distinct().count());
    }

    @Test
    void eachCallsTheAddressesOfItsIpVersion() {
        from(established(ONE), established(SIX));
        plan("a.test", "192.0.2.1");
        plan("b.test", "2001:db8:1::1");
        plan("c.test", "192.0.2.200");
        var made = makeAll();
        assertEquals(3, made.size());
        made.forEach(call -> assertEquals(
                call.call().address().isIpv6(), call.source().orElseThrow().isIpv6()));
    }

    @Test
    void whatNoSourceReachesIsNotCalled() {
        from(established(ONE));
        var call = plan("b.test", "2001:db8:1::1");
        assertTrue(dispatcher.isDone());
        assertEquals(Map.of(call.endpointId(), NotCalled.NO_IPV6), dispatcher.notCalled());
    }

    /** Thousands of calls of another IP version cost a free source nothing. */
    @Test
    void oneSourceIsNotHeldUpByTheCallsOfAnother() {
        from(established(ONE), established(SIX));
        planMany(1_000);
        for (int i = 0; i < 30; i++) plan("six" + i + ".test", "2001:db8:" + i + "::1");
        assertEquals(Map.of(ONE, 21L, SIX, 21L), bySource(choose(at(0))));
    }

    @Nested
    class ThatIsNew {

        @Test
        void makesNoMoreCallsThanItsWarmUpAllowsAndLeavesTheRestToTheOther() {
            from(warmingUp(ONE, 20), established(OTHER));
            planMany(100);
            var made = bySource(makeAll());
            assertEquals(18L, made.get(ONE), "one in ten is left for second looks");
            assertEquals(82L, made.get(OTHER));
            assertEquals(Map.of(), dispatcher.notCalled());
        }

        @Test
        void andAloneMakesAllThatItMayAndLeavesOutTheRest() {
            from(warmingUp(ONE, 20));
            planMany(100);
            assertEquals(Map.of(ONE, 20L), bySource(makeAll()));
            assertEquals(80, dispatcher.notCalled().size());
            assertEquals(
                    List.of(NotCalled.BUDGET),
                    dispatcher.notCalled().values().stream().distinct().toList());
        }

        @Test
        void andAloneOfItsIpVersionLeavesOutWhatNoOtherReaches() {
            from(warmingUp(ONE, 5), established(SIX));
            planMany(8);
            for (int i = 0; i < 8; i++) plan("six" + i + ".test", "2001:db8:" + i + "::1");
            assertEquals(Map.of(ONE, 5L, SIX, 8L), bySource(makeAll()));
            assertEquals(3, dispatcher.notCalled().size());
        }

        @Test
        void countsWhatItHasMadeBeforeARestart() {
            from(warmingUp(ONE, 20), warmingUp(OTHER, 20));
            for (int i = 0; i < 19; i++) {
                var past = call("past" + i, "past" + i + ".test", "10.9." + i + ".1");
                dispatcher.calledFrom(past, ONE);
                dispatcher.replay(past, at(-100 + i), at(-99 + i), Optional.empty());
            }
            planMany(30);
            assertEquals(Map.of(ONE, 1L, OTHER, 20L), bySource(makeAll()));
        }
    }

    @Nested
    class AfterARestart {

        @Test
        void anAddressIsCalledFromTheSourceOfItsPermits() {
            var past = call("mx", "p.test", "10.0.0.1");
            dispatcher.calledFrom(past, OTHER);
            dispatcher.replay(past, at(-60), at(-59), Optional.of(Feedback.of(ReplyClass.GREYLISTED)));
            dispatcher.planned(past);
            dispatcher.schedule(past.next(false), at(1_800));
            assertEquals(OTHER, next().orElseThrow().source());
        }

        @Test
        void aSourceThatIsConfiguredNoMoreMakesNoCall() {
            var gone = Optional.of(Address.of("198.51.100.99"));
            var past = call("mx", "p.test", "10.0.0.1");
            dispatcher.calledFrom(past, gone);
            dispatcher.replay(past, at(-60), at(-59), Optional.of(Feedback.of(ReplyClass.GREYLISTED)));
            dispatcher.planned(past);
            dispatcher.schedule(past.next(false), at(1_800));
            assertNotEquals(gone, next().orElseThrow().source());
        }

        /** Until its call must be over it counts as an open connection of its own source, and of no other. */
        @Test
        void anOrphanedPermitCountsForItsSource() {
            from(Limits.CEILINGS.withOpen(LimitKey.SOURCE, 1), established(ONE), established(OTHER));
            var orphan = call("mx", "orphan.test", "10.9.0.1");
            dispatcher.calledFrom(orphan, ONE);
            dispatcher.orphaned(7, orphan, at(5));
            planMany(4);
            assertEquals(Map.of(OTHER, 1L), bySource(choose(at(0))));
            assertEquals(List.of(7L), dispatcher.releasedBy(at(5).plus(Duration.ofMinutes(3))));
            assertEquals(Map.of(ONE, 1L), bySource(choose(at(200))));
        }
    }

    @Nested
    class ThatFails {

        private void fail(ChosenCall call) {
            dispatcher.started(call.call(), call.startAt());
            dispatcher.onFeedback(
                    call.call(),
                    Feedback.of(Signal.LOCAL_ERROR),
                    call.startAt(),
                    call.startAt().plusMillis(1));
            dispatcher.ended(call.call(), call.startAt(), call.startAt().plusMillis(1));
        }

        private ChosenCall first(List<ChosenCall> chosen, Optional<Address> source) {
            return chosen.stream()
                    .filter(call -> call.source().equals(source))
                    .findFirst()
                    .orElseThrow();
        }

        @Test
        void pausesAloneAndNobodyElse() {
            planMany(200);
            var chosen = choose(at(0));
            var failed = first(chosen, ONE);
            fail(failed);
            var open = chosen.stream()
                    .filter(call -> !call.equals(failed) && call.source().equals(ONE))
                    .findFirst()
                    .orElseThrow();
            assertTrue(dispatcher.isForbidden(open.call(), at(2)), "its permits are taken back");
            assertEquals(Map.of(OTHER, 20L), bySource(choose(at(1))));
            assertTrue(bySource(choose(at(61))).containsKey(ONE), "a minute later it is tried again");
        }

        @Test
        void twiceLeavesWhatItHasNotCalledToTheOther() {
            planMany(200);
            var failed = first(choose(at(0)), ONE);
            fail(failed);
            var again = choose(at(62)).stream()
                    .filter(call -> call.source().equals(ONE))
                    .findFirst()
                    .orElseThrow();
            fail(again);
            var rest = new ArrayList<ChosenCall>();
            for (int second = 64; second < 80; second++) rest.addAll(choose(at(second)));
            assertEquals(Map.of(OTHER, 116L), bySource(rest));
        }

        @Test
        void andTheOtherToo_pausesEverybody() {
            planMany(100);
            var chosen = choose(at(0));
            fail(first(chosen, ONE));
            fail(first(chosen, OTHER));
            assertEquals(List.of(), choose(at(30)));
        }
    }
}
