package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Endpoint;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.politeness.LimitKey;
import org.starttlscensus.politeness.Limits;

/** One rule at a time; all of them together are in {@link DispatcherProperties}. */
class DispatcherTest {

    private static final Duration WHOLE_CALL = Duration.ofSeconds(180);

    private final Instant dusk = VirtualNight.DUSK;
    private Dispatcher dispatcher = new Dispatcher(Limits.CEILINGS, WHOLE_CALL);
    private long planned;

    private Call plan(String provider, String address) {
        var call = new Call(++planned, new Endpoint(new Hostname("mx" + planned + "." + provider), Address.of(address)), provider, 1);
        dispatcher.plan(call);
        return call;
    }

    private List<ChosenCall> choose(Instant now) {
        dispatcher.releasedBy(now);
        return dispatcher.choose(now, now.plus(CallEngine.AHEAD), 200);
    }

    private List<Call> calls(Instant now) {
        return choose(now).stream().map(ChosenCall::call).toList();
    }

    /** What is chosen next if nothing happens, and for when; none if only an event can bring that about. */
    private Optional<ChosenCall> next() {
        for (var next = dispatcher.next(); next.isPresent(); next = dispatcher.next()) {
            var chosen = choose(next.get().minus(CallEngine.AHEAD));
            if (!chosen.isEmpty()) return Optional.of(chosen.getFirst());
            dispatcher.releasedBy(next.get());
        }
        return Optional.empty();
    }

    /** A call from its start to its stored end. */
    private void make(Call call, Instant start, Duration length, ReplyClass signal) {
        dispatcher.started(call, start);
        dispatcher.heard(call, signal, start);
        dispatcher.ended(call, start, start.plus(length));
    }

    private Instant at(double seconds) {
        return dusk.plusMillis(Math.round(seconds * 1_000));
    }

    @Nested
    class AnAddress {

        @Test
        void isCalledByOneAtATimeAndThenLeftAloneForHalfAMinute() {
            var first = plan("one.test", "192.0.2.1");
            var second = plan("two.test", "192.0.2.1");
            assertEquals(List.of(first), calls(at(0)));
            dispatcher.started(first, at(0.2));
            assertEquals(List.of(), calls(at(1)), "it is open");
            dispatcher.heard(first, ReplyClass.OK, at(0.2));
            dispatcher.ended(first, at(0.2), at(2));
            assertEquals(List.of(), calls(at(29.1)), "more than one second ahead");
            assertEquals(List.of(new ChosenCall(second, at(30.2), at(40.2))), choose(at(29.2)));
        }

        @Test
        void thatIsSlowIsGivenFiveTimesItsTimeUpToTwoMinutes() {
            var first = plan("one.test", "192.0.2.1");
            var second = plan("one.test", "192.0.2.1");
            plan("one.test", "192.0.2.1");
            calls(at(0));
            make(first, at(0), Duration.ofSeconds(10), ReplyClass.OK);
            assertEquals(List.of(new ChosenCall(second, at(50), at(60))), choose(at(49)));
            make(second, at(50), Duration.ofSeconds(40), ReplyClass.OK);
            assertEquals(List.of(), calls(at(168)));
            assertEquals(at(170), choose(at(169)).getFirst().startAt());
        }

        @Test
        void hasATotal() {
            dispatcher = new Dispatcher(Limits.CEILINGS.with(LimitKey.ADDRESS, Limits.CEILINGS.address().withPerNight(1)), WHOLE_CALL);
            var call = plan("one.test", "192.0.2.1");
            calls(at(0));
            dispatcher.ghost(99, call, at(-400)); // and one of an earlier process: two, as one name and one more allow
            dispatcher.started(call, at(0));
            dispatcher.ended(call, at(0), at(1));
            choose(at(2_000));
            assertEquals(Map.of(call.endpointId(), NotCalled.BUDGET), dispatcher.notCalled());
            assertTrue(dispatcher.isDone());
        }
    }

    @Test
    void aPrefixIsCalledByTwoAtATimeSixSecondsApart() {
        var first = plan("one.test", "192.0.2.1");
        plan("two.test", "192.0.2.2");
        plan("three.test", "192.0.2.3");
        assertEquals(List.of(first), calls(at(0)), "the second's spacing counts from the first's real start");
        dispatcher.started(first, at(0.5));
        assertEquals(List.of(), calls(at(5)));
        var second = choose(at(6)).getFirst();
        assertEquals(at(6.5), second.startAt());
        dispatcher.started(second.call(), at(6.5));
        assertEquals(List.of(), calls(at(60)));
        assertEquals(Optional.empty(), dispatcher.next(), "only an end can free it");
        dispatcher.ended(first, at(0.5), at(60));
        assertEquals(1, calls(at(60)).size());
    }

    @Nested
    class AProvider {

        @Test
        void isCalledByOneAtATimeFiveSecondsApart() {
            var first = plan("one.test", "192.0.2.1");
            var second = plan("one.test", "198.51.100.1");
            assertEquals(List.of(first), calls(at(0)));
            dispatcher.started(first, at(0));
            assertEquals(List.of(), calls(at(30)));
            dispatcher.ended(first, at(0), at(30));
            assertEquals(List.of(second), calls(at(30)));
        }

        @Test
        void thatLimitsUsIsCalledHalfAsOftenAtOnce() {
            var first = plan("one.test", "192.0.2.1");
            plan("one.test", "198.51.100.1");
            calls(at(0));
            make(first, at(0), Duration.ofSeconds(1), ReplyClass.RATE_LIMITED);
            assertEquals(at(10), next().orElseThrow().startAt());
        }

        @Test
        void thatBlocksTwoOfUsIsLeftAloneForTheNight() {
            for (int i = 1; i <= 3; i++) plan("one.test", "192.0." + i + ".1");
            make(next().orElseThrow().call(), at(0), Duration.ofSeconds(1), ReplyClass.BLOCKED_REPUTATION);
            assertFalse(dispatcher.isDone());
            make(next().orElseThrow().call(), at(10), Duration.ofSeconds(1), ReplyClass.BLOCKED_REPUTATION);
            assertTrue(dispatcher.isDone());
            assertEquals(List.of(NotCalled.SUSPENDED), List.copyOf(dispatcher.notCalled().values()));
        }

        @Test
        void thatBlockedTwoOfUsStaysSoForTheNextProcess() {
            var third = plan("one.test", "203.0.113.1");
            var blocked = Optional.of(ReplyClass.BLOCKED_REPUTATION);
            for (int i = 0; i < 2; i++) {
                var past = new Call(50 + i, new Endpoint(new Hostname("p" + i + ".one.test"), Address.of("192.0.2." + i)), "one.test", 1);
                dispatcher.past(past, at(-60 + i), at(-59 + i), blocked);
            }
            assertEquals(List.of(), calls(at(60)));
            assertEquals(Map.of(third.endpointId(), NotCalled.SUSPENDED), dispatcher.notCalled());
            assertTrue(dispatcher.isDone());
        }

        @Test
        void hasATotalThatHoldsForCallsThatBecomeDueLaterToo() {
            dispatcher = new Dispatcher(Limits.CEILINGS.with(LimitKey.PROVIDER, Limits.CEILINGS.provider().withPerNight(1)), WHOLE_CALL);
            var ghost = new Call(99, new Endpoint(new Hostname("ghost.one.test"), Address.of("192.0.2.9")), "one.test", 1);
            dispatcher.planned(ghost);
            dispatcher.ghost(7, ghost, at(0));
            var never = plan("one.test", "192.0.2.1");
            assertEquals(Optional.empty(), next());
            assertTrue(dispatcher.isDone());
            assertEquals(Map.of(never.endpointId(), NotCalled.BUDGET, ghost.endpointId(), NotCalled.BUDGET), dispatcher.notCalled());
        }
    }

    @Test
    void neverMoreAreOpenThanOurSourceMayHave() {
        dispatcher = new Dispatcher(Limits.CEILINGS.with(LimitKey.SOURCE, Limits.CEILINGS.source().withOpen(2)), WHOLE_CALL);
        for (int i = 0; i < 5; i++) plan("p" + i + ".test", "192.0." + i + ".1");
        var open = calls(at(0));
        assertEquals(2, open.size());
        open.forEach(call -> dispatcher.started(call, at(0)));
        assertEquals(List.of(), calls(at(1)));
        dispatcher.ended(open.getFirst(), at(0), at(1));
        assertEquals(1, calls(at(1)).size());
    }

    @Test
    void aPermitThatLapsedCountsInNoTotalAndIsGivenAgain() {
        dispatcher = new Dispatcher(Limits.CEILINGS.with(LimitKey.PROVIDER, Limits.CEILINGS.provider().withPerNight(1)), WHOLE_CALL);
        var call = plan("one.test", "192.0.2.1");
        assertEquals(List.of(call), calls(at(0)));
        dispatcher.started(call, at(11));
        dispatcher.lapsed(call, at(11));
        assertFalse(dispatcher.isDone());
        var again = choose(at(60));
        assertEquals(List.of(call.again()), again.stream().map(ChosenCall::call).toList());
    }

    @Test
    void aGhostHoldsItsPlaceUntilItsCallMustBeOverAndIsDueAgainHalfAnHourLater() {
        var ghost = new Call(99, new Endpoint(new Hostname("ghost.one.test"), Address.of("192.0.2.1")), "one.test", 1);
        dispatcher.planned(ghost);
        dispatcher.ghost(7, ghost, at(10));
        var other = plan("one.test", "198.51.100.1");
        assertEquals(List.of(), calls(at(100)), "its provider may still have a connection of ours");
        assertEquals(List.of(), dispatcher.releasedBy(at(189.9)));
        assertEquals(List.of(7L), dispatcher.releasedBy(at(190)));
        assertEquals(List.of(other), calls(at(190)));
        make(other, at(190), Duration.ofSeconds(1), ReplyClass.OK);
        assertEquals(List.of(), calls(at(1_809)));
        assertEquals(List.of(ghost.again()), calls(at(1_810)));
    }
}
