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
import org.starttlscensus.fact.Reception;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.politeness.LimitKey;
import org.starttlscensus.politeness.Limits;

/** One rule at a time; all of them together are in {@link DispatcherProperties}. */
class DispatcherTest {

    private static final WholeCall WHOLE_CALL = new WholeCall(Duration.ofSeconds(180), Duration.ofSeconds(420));

    private final Instant dusk = VirtualNight.DUSK;
    private Dispatcher dispatcher = new Dispatcher(Limits.CEILINGS, WHOLE_CALL);
    private long planned;

    private Call plan(String provider, String address) {
        var call = call("mx" + ++planned, provider, address);
        dispatcher.plan(call);
        return call;
    }

    private Call call(String name, String provider, String address) {
        return Call.first(name.hashCode(), Address.of(address), provider, (int) planned, false, false);
    }

    private List<ChosenCall> choose(Instant now) {
        dispatcher.releasedBy(now);
        return dispatcher.choose(now, now.plus(Choosing.AHEAD), 200);
    }

    private List<Call> calls(Instant now) {
        return choose(now).stream().map(ChosenCall::call).toList();
    }

    /** What is chosen next if nothing happens, and for when; none if only an event can bring that about. */
    private Optional<ChosenCall> next() {
        for (var next = dispatcher.next(); next.isPresent(); next = dispatcher.next()) {
            var chosen = choose(next.get().minus(Choosing.AHEAD));
            if (!chosen.isEmpty()) return Optional.of(chosen.getFirst());
            dispatcher.releasedBy(next.get());
        }
        return Optional.empty();
    }

    /** A call from its start to its stored end. */
    private void make(Call call, Instant start, Duration length, ReplyClass signal) {
        dispatcher.started(call, start);
        dispatcher.heard(call, Reception.of(signal), start, start.plus(length));
        dispatcher.ended(call, start, start.plus(length));
    }

    private Instant at(double seconds) {
        return dusk.plusMillis(Math.round(seconds * 1_000));
    }

    /** Else hundreds of permits would wait for their turn to start, and lapse before it comes. */
    @Test
    void ourOwnAddressIsGivenNoMoreThanItMayStartInTheTimeAhead() {
        for (int i = 0; i < 1_000; i++) plan("provider" + i + ".test", "198.%d.%d.1".formatted(18 + i / 250, i % 250));
        var chosen = choose(at(0));
        assertEquals(21, chosen.size(), "a second, and 50 ms from one start to the next");
        for (int i = 0; i < chosen.size(); i++) assertEquals(at(i * 0.05), chosen.get(i).startAt());
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
            dispatcher.heard(first, Reception.of(ReplyClass.OK), at(0.2), at(2));
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
            for (int i = 0; i < 2; i++) {
                assertEquals(List.of(call), calls(at(2_000 * i)));
                make(call, at(2_000 * i), Duration.ofSeconds(1), ReplyClass.GREYLISTED);
                call = call.next(false);
                dispatcher.again(call, at(2_000 * (i + 1)));
            }
            assertEquals(List.of(), calls(at(4_000)), "one, and one for its name");
            assertTrue(dispatcher.isDone());
            assertEquals(Map.of(), dispatcher.notCalled(), "it was called, if not as often as it might have been");
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
        void thatLimitsUsIsLeftAloneThenAskedByOneAndThenCalledHalfAsOften() {
            for (int i = 1; i <= 4; i++) plan("one.test", "192.0." + i + ".1");
            make(next().orElseThrow().call(), at(0), Duration.ofSeconds(1), ReplyClass.RATE_LIMITED);
            var canary = next().orElseThrow();
            assertEquals(at(901), canary.startAt(), "a quarter of an hour from the end of the call that was refused");
            dispatcher.started(canary.call(), at(901));
            assertEquals(Optional.empty(), next(), "exactly one canary, however long it takes");
            dispatcher.heard(canary.call(), Reception.of(ReplyClass.OK), at(901), at(941));
            dispatcher.ended(canary.call(), at(901), at(941));
            make(next().orElseThrow().call(), at(941), Duration.ofSeconds(1), ReplyClass.OK);
            assertEquals(at(951), next().orElseThrow().startAt(), "ten seconds, no more five");
        }

        @Test
        void isAskedByAnEndpointThatReceivedUsWellBeforeIfThereIsOne() {
            for (int i = 1; i <= 4; i++) plan("one.test", "192.0." + i + ".1");
            var known = call("known", "one.test", "192.0.9.1");
            known = Call.first(known.endpointId(), known.address(), known.provider(), 9, false, true);
            dispatcher.plan(known);
            make(next().orElseThrow().call(), at(0), Duration.ofSeconds(1), ReplyClass.RATE_LIMITED);
            assertEquals(known, next().orElseThrow().call());
        }

        @Test
        void thatLimitsUsTakesBackWhatIsPermittedAndNotDialled() {
            var limits = Limits.CEILINGS.withProviders(Map.of("one.test", Limits.CEILINGS.provider().withOpen(5)));
            dispatcher = new Dispatcher(limits, WHOLE_CALL);
            for (int i = 1; i <= 9; i++) plan("one.test", "192.0." + i + ".1");
            make(next().orElseThrow().call(), at(0), Duration.ofSeconds(1), ReplyClass.OK);
            var open = next().orElseThrow();
            dispatcher.started(open.call(), at(5));
            var permitted = next().orElseThrow();
            dispatcher.heard(open.call(), Reception.of(ReplyClass.RATE_LIMITED), at(5), at(9.5));
            assertTrue(dispatcher.isShut(permitted.call(), permitted.startAt()));
            dispatcher.started(permitted.call(), at(9.5));
            dispatcher.lapsed(permitted.call(), at(9.5));
            dispatcher.ended(open.call(), at(5), at(9.5));
            var canary = next().orElseThrow();
            assertEquals(at(909.5), canary.startAt());
            assertFalse(dispatcher.isShut(canary.call(), canary.startAt()));
        }

        @Test
        void thatBlocksTwoOfUsIsLeftAloneForTheNight() {
            for (int i = 1; i <= 3; i++) plan("one.test", "192.0." + i + ".1");
            make(next().orElseThrow().call(), at(0), Duration.ofSeconds(1), ReplyClass.BLOCKED_REPUTATION);
            assertFalse(dispatcher.isDone());
            var canary = next().orElseThrow();
            assertEquals(at(3_601), canary.startAt());
            make(canary.call(), at(3_601), Duration.ofSeconds(1), ReplyClass.BLOCKED_REPUTATION);
            assertTrue(dispatcher.isDone());
            assertEquals(List.of(NotCalled.SUSPENDED), List.copyOf(dispatcher.notCalled().values()));
        }

        @Test
        void thatBlockedTwoOfUsStaysSoForTheNextProcess() {
            var blocked = Optional.of(Reception.of(ReplyClass.BLOCKED_REPUTATION));
            for (int i = 0; i < 2; i++) {
                dispatcher.past(call("past" + i, "one.test", "192.0.2." + i), at(-60 + i), at(-59 + i), blocked);
            }
            var third = plan("one.test", "203.0.113.1");
            assertEquals(List.of(), calls(at(60)));
            assertEquals(Map.of(third.endpointId(), NotCalled.SUSPENDED), dispatcher.notCalled());
            assertTrue(dispatcher.isDone());
        }

        @Test
        void hasATotalThatHoldsForCallsThatBecomeDueLaterToo() {
            dispatcher = new Dispatcher(Limits.CEILINGS.with(LimitKey.PROVIDER, Limits.CEILINGS.provider().withPerNight(1)), WHOLE_CALL);
            var ghost = call("ghost", "one.test", "192.0.2.9");
            dispatcher.ghost(7, ghost, at(0));
            var never = plan("one.test", "192.0.2.1");
            assertEquals(Optional.empty(), next());
            assertTrue(dispatcher.isDone());
            assertEquals(Map.of(never.endpointId(), NotCalled.BUDGET), dispatcher.notCalled(), "the ghost may have been called");
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

    /** Parked queues cost a choice nothing: a hundred thousand endpoints wait, and those of one provider are chosen as ever. */
    @Test
    void suspendedProvidersDoNotSlowTheOthers() {
        long alone = nanosToChoose(0);
        long crowded = nanosToChoose(100_000);
        assertTrue(crowded < 3 * alone + 20_000_000, () -> "%,d ns beside 100,000 parked, %,d ns alone".formatted(crowded, alone));
    }

    /** The best of several rounds of 50 calls of one provider, beside so many parked endpoints of a thousand others. */
    private long nanosToChoose(int parked) {
        dispatcher = new Dispatcher(Limits.CEILINGS, WHOLE_CALL);
        for (int i = 0; i < parked; i++) plan("p" + i % 1_000 + ".test", "198.%d.%d.%d".formatted(i / 65_536, i / 256 % 256, i % 256));
        for (int i = 0; i < Math.min(parked, 1_000); i++) {
            var call = call("past", "p" + i + ".test", "203.%d.%d.1".formatted(i / 256, i % 256));
            dispatcher.past(call, at(-1), at(0), Optional.of(Reception.of(ReplyClass.RATE_LIMITED)));
        }
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 50; i++) plan("open.test", "192.%d.%d.1".formatted(round, i));
            long from = System.nanoTime();
            for (int i = 0; i < 50; i++) {
                var now = at(10 * (50 * round + i) % 800);
                for (var chosen : choose(now)) make(chosen.call(), chosen.startAt(), Duration.ofMillis(1), ReplyClass.OK);
            }
            best = Math.min(best, System.nanoTime() - from);
        }
        return best;
    }

    @Test
    void aNightThatIsOverCallsNobodyMoreAndSaysSo() {
        var open = plan("one.test", "192.0.2.1");
        var never = plan("one.test", "198.51.100.1");
        assertEquals(List.of(open), calls(at(0)));
        dispatcher.again(call("late", "one.test", "203.0.113.1").next(false), at(60));
        dispatcher.closeWindow();
        make(open, at(0), Duration.ofSeconds(1), ReplyClass.OK);
        assertTrue(dispatcher.isDone());
        assertEquals(Map.of(never.endpointId(), NotCalled.WINDOW_END), dispatcher.notCalled(), "who was called once was called");
    }

    @Test
    void ourOwnAddressHasATotalWhileItIsNew() {
        dispatcher = new Dispatcher(Limits.CEILINGS.with(LimitKey.SOURCE, Limits.CEILINGS.source().withPerNight(2)), WHOLE_CALL);
        for (int i = 0; i < 3; i++) plan("p" + i + ".test", "192.0." + i + ".1");
        assertEquals(2, calls(at(0)).size());
        assertEquals(List.of(NotCalled.BUDGET), List.copyOf(dispatcher.notCalled().values()));
    }

    @Test
    void aFailureOfOurOwnMachineHoldsEverybodyBackForAMinuteAndFeedsNoPace() {
        var first = plan("one.test", "192.0.2.1");
        calls(at(0));
        plan("two.test", "198.51.100.1");
        dispatcher.started(first, at(0));
        dispatcher.heard(first, Reception.of(Reception.Kind.LOCAL_ERROR), at(0), at(0.1));
        dispatcher.ended(first, at(0), at(0.1));
        assertEquals(at(60.1), next().orElseThrow().startAt());
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
        assertEquals(List.of(call.renewed()), again.stream().map(ChosenCall::call).toList());
    }

    @Test
    void aGhostHoldsItsPlaceUntilItsCallMustBeOverAndIsDueAgainHalfAnHourLater() {
        var ghost = call("ghost", "one.test", "192.0.2.1");
        dispatcher.ghost(7, ghost, at(10));
        var other = plan("one.test", "198.51.100.1");
        assertEquals(List.of(), calls(at(100)), "its provider may still have a connection of ours");
        assertEquals(List.of(), dispatcher.releasedBy(at(189.9)));
        assertEquals(List.of(7L), dispatcher.releasedBy(at(190)));
        assertEquals(List.of(other), calls(at(190)));
        make(other, at(190), Duration.ofSeconds(1), ReplyClass.OK);
        assertEquals(List.of(), calls(at(1_809)));
        assertEquals(List.of(ghost.next(false)), calls(at(1_810)));
    }
}
