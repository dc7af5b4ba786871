package org.starttlscensus.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.politeness.LimitKey;
import org.starttlscensus.politeness.Limits;

/** One rule at a time; all of them together are in {@link org.starttlscensus.ledger.DispatcherProperties}. */
class DispatcherTest extends DispatcherScene {

    /** Otherwise hundreds of permits would wait for their start, and lapse before it. */
    @Test
    void noMoreCallsAreChosenThanOurAddressMayStartInTheLookahead() {
        for (int i = 0; i < 1_000; i++) plan("provider" + i + ".test", "198.%d.%d.1".formatted(18 + i / 250, i % 250));
        var chosen = choose(at(0));
        assertEquals(21, chosen.size(), "a second, and 50 ms from one start to the next");
        for (int i = 0; i < chosen.size(); i++)
            assertEquals(at(i * 0.05), chosen.get(i).startAt());
    }

    @Nested
    class AnAddress {

        @Test
        void getsOneCallAtATimeAndThenNoneForHalfAMinute() {
            var first = plan("one.test", "192.0.2.1");
            var second = plan("two.test", "192.0.2.1");
            assertEquals(List.of(first), calls(at(0)));
            dispatcher.started(first, at(0.2));
            assertEquals(List.of(), calls(at(1)), "it is open");
            dispatcher.onFeedback(first, Feedback.of(ReplyClass.OK), at(0.2), at(2));
            dispatcher.ended(first, at(0.2), at(2));
            assertEquals(List.of(), calls(at(29.1)), "more than one second ahead");
            assertEquals(List.of(new ChosenCall(second, Optional.empty(), at(30.2), at(40.2))), choose(at(29.2)));
        }

        @Test
        void thatIsSlowGetsAGapOfFiveTimesItsCallUpToTwoMinutes() {
            var first = plan("one.test", "192.0.2.1");
            var second = plan("one.test", "192.0.2.1");
            plan("one.test", "192.0.2.1");
            calls(at(0));
            make(first, at(0), Duration.ofSeconds(10), ReplyClass.OK);
            assertEquals(List.of(new ChosenCall(second, Optional.empty(), at(50), at(60))), choose(at(49)));
            make(second, at(50), Duration.ofSeconds(40), ReplyClass.OK);
            assertEquals(List.of(), calls(at(168)));
            assertEquals(at(170), choose(at(169)).getFirst().startAt());
        }

        @Test
        void hasATotal() {
            dispatcher = new Dispatcher(
                    Limits.CEILINGS.with(
                            LimitKey.ADDRESS, Limits.CEILINGS.address().withPerNight(1)),
                    MAX_DURATION);
            var call = plan("one.test", "192.0.2.1");
            for (int i = 0; i < 2; i++) {
                assertEquals(List.of(call), calls(at(2_000 * i)));
                make(call, at(2_000 * i), Duration.ofSeconds(1), ReplyClass.GREYLISTED);
                call = call.next(false);
                dispatcher.schedule(call, at(2_000 * (i + 1)));
            }
            assertEquals(List.of(), calls(at(4_000)), "one, and one for its name");
            assertTrue(dispatcher.isDone());
            assertEquals(Map.of(), dispatcher.notCalled(), "it was called, if not as often as it might have been");
        }
    }

    @Test
    void aPrefixGetsTwoCallsAtATimeSixSecondsApart() {
        var first = plan("one.test", "192.0.2.1");
        plan("two.test", "192.0.2.2");
        plan("three.test", "192.0.2.3");
        assertEquals(List.of(first), calls(at(0)), "the gap to the second counts from the real start of the first");
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

    @Test
    void noMoreCallsAreOpenThanOurSourceMayHave() {
        dispatcher = new Dispatcher(
                Limits.CEILINGS.with(LimitKey.SOURCE, Limits.CEILINGS.source().withOpen(2)), MAX_DURATION);
        for (int i = 0; i < 5; i++) plan("p" + i + ".test", "192.0." + i + ".1");
        var open = calls(at(0));
        assertEquals(2, open.size());
        open.forEach(call -> dispatcher.started(call, at(0)));
        assertEquals(List.of(), calls(at(1)));
        dispatcher.ended(open.getFirst(), at(0), at(1));
        assertEquals(1, calls(at(1)).size());
    }

    /** Their cost is measured by LedgerBench. */
    @Test
    void endpointsBehindSuspendedProvidersChangeNothingForOthers() {
        var alone = timesOfFive();
        dispatcher = new Dispatcher(Limits.CEILINGS, MAX_DURATION);
        for (int i = 0; i < 1_000; i++) {
            var provider = "suspended" + i + ".test";
            dispatcher.replay(
                    call("past" + i, provider, "203.%d.%d.1".formatted(i / 256, i % 256)),
                    at(-1),
                    at(0),
                    Optional.of(Feedback.of(ReplyClass.RATE_LIMITED)));
            for (int k = 1; k <= 5; k++) plan(provider, "198.%d.%d.%d".formatted(i / 256, i % 256, k));
        }
        assertEquals(alone, timesOfFive());
    }

    /** When five calls of one provider are made, each as soon as it may. */
    private List<Instant> timesOfFive() {
        for (int i = 0; i < 5; i++) plan("open.test", "192.0." + i + ".1");
        var times = new ArrayList<Instant>();
        for (int i = 0; i < 5; i++) {
            var chosen = next().orElseThrow();
            make(chosen.call(), chosen.startAt(), Duration.ofSeconds(1), ReplyClass.OK);
            times.add(chosen.startAt());
        }
        return times;
    }

    @Test
    void aNightWhoseWindowIsClosedMakesNoMoreCallsAndRecordsThat() {
        var open = plan("one.test", "192.0.2.1");
        var never = plan("one.test", "198.51.100.1");
        assertEquals(List.of(open), calls(at(0)));
        dispatcher.schedule(call("late", "one.test", "203.0.113.1").next(false), at(60));
        dispatcher.closeWindow();
        make(open, at(0), Duration.ofSeconds(1), ReplyClass.OK);
        assertTrue(dispatcher.isDone());
        assertEquals(
                Map.of(never.endpointId(), NotCalled.WINDOW_END),
                dispatcher.notCalled(),
                "the endpoint that was called once is not in it");
    }

    @Test
    void ourOwnAddressHasATotalWhileItIsNew() {
        dispatcher = new Dispatcher(
                Limits.CEILINGS.with(LimitKey.SOURCE, Limits.CEILINGS.source().withPerNight(2)), MAX_DURATION);
        for (int i = 0; i < 3; i++) plan("p" + i + ".test", "192.0." + i + ".1");
        assertEquals(2, calls(at(0)).size());
        assertEquals(
                List.of(NotCalled.BUDGET), List.copyOf(dispatcher.notCalled().values()));
    }

    @Test
    void aFaultOfOurMachinePausesAllCallsForAMinuteAndChangesNoPace() {
        var first = plan("one.test", "192.0.2.1");
        calls(at(0));
        plan("two.test", "198.51.100.1");
        dispatcher.started(first, at(0));
        dispatcher.onFeedback(first, Feedback.of(Feedback.Signal.LOCAL_ERROR), at(0), at(0.1));
        dispatcher.ended(first, at(0), at(0.1));
        assertEquals(at(60.1), next().orElseThrow().startAt());
    }

    @Test
    void aPermitThatLapsedCountsInNoTotalAndIsGivenAgain() {
        dispatcher = new Dispatcher(
                Limits.CEILINGS.with(
                        LimitKey.PROVIDER, Limits.CEILINGS.provider().withPerNight(1)),
                MAX_DURATION);
        var call = plan("one.test", "192.0.2.1");
        assertEquals(List.of(call), calls(at(0)));
        dispatcher.started(call, at(11));
        dispatcher.lapsed(call, at(11));
        assertFalse(dispatcher.isDone());
        var again = choose(at(60));
        assertEquals(
                List.of(call.renewed()), again.stream().map(ChosenCall::call).toList());
    }

    @Test
    void anOrphanedPermitCountsAsOpenUntilItsCallMustBeOverAndIsDueAgainHalfAnHourLater() {
        var orphaned = call("orphaned", "one.test", "192.0.2.1");
        dispatcher.orphaned(7, orphaned, at(10));
        var other = plan("one.test", "198.51.100.1");
        assertEquals(List.of(), calls(at(100)), "its provider may still have a connection of ours");
        assertEquals(List.of(), dispatcher.releasedBy(at(189.9)));
        assertEquals(List.of(7L), dispatcher.releasedBy(at(190)));
        assertEquals(List.of(other), calls(at(190)));
        make(other, at(190), Duration.ofSeconds(1), ReplyClass.OK);
        assertEquals(List.of(), calls(at(1_809)));
        assertEquals(List.of(orphaned.next(false)), calls(at(1_810)));
    }
}
