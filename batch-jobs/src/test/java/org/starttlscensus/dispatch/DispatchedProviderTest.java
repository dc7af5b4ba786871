package org.starttlscensus.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.politeness.LimitKey;
import org.starttlscensus.politeness.Limits;

/** The calls that one provider gets from the dispatcher. */
class DispatchedProviderTest extends DispatcherScene {

    @Test
    void getsOneCallAtATimeFiveSecondsApart() {
        var first = plan("one.test", "192.0.2.1");
        var second = plan("one.test", "198.51.100.1");
        assertEquals(List.of(first), calls(at(0)));
        dispatcher.started(first, at(0));
        assertEquals(List.of(), calls(at(30)));
        dispatcher.ended(first, at(0), at(30));
        assertEquals(List.of(second), calls(at(30)));
    }

    @Test
    void thatLimitsOurRateIsSuspendedThenGetsACanaryAndThenHalfAsManyCalls() {
        for (int i = 1; i <= 4; i++) plan("one.test", "192.0." + i + ".1");
        make(next().orElseThrow().call(), at(0), Duration.ofSeconds(1), ReplyClass.RATE_LIMITED);
        var canary = next().orElseThrow();
        assertEquals(at(901), canary.startAt(), "a quarter of an hour from the end of the call that was refused");
        dispatcher.started(canary.call(), at(901));
        assertEquals(Optional.empty(), next(), "exactly one canary, however long it takes");
        dispatcher.onFeedback(canary.call(), Feedback.of(ReplyClass.OK), at(901), at(941));
        dispatcher.ended(canary.call(), at(901), at(941));
        make(next().orElseThrow().call(), at(941), Duration.ofSeconds(1), ReplyClass.OK);
        assertEquals(at(951), next().orElseThrow().startAt(), "ten seconds, no longer five");
    }

    @Test
    void getsACanaryAtAnEndpointThatSucceededBeforeIfThereIsOne() {
        for (int i = 1; i <= 4; i++) plan("one.test", "192.0." + i + ".1");
        var known = call("known", "one.test", "192.0.9.1");
        known = Call.first(known.endpointId(), known.address(), known.provider(), 9, false, true);
        dispatcher.plan(known);
        make(next().orElseThrow().call(), at(0), Duration.ofSeconds(1), ReplyClass.RATE_LIMITED);
        assertEquals(known, next().orElseThrow().call());
    }

    @Test
    void thatLimitsOurRateForbidsPermittedCallsThatWereNotDialled() {
        var limits = Limits.CEILINGS.withProviders(
                Map.of("one.test", Limits.CEILINGS.provider().withOpen(5)));
        dispatcher = new Dispatcher(limits, MAX_DURATION);
        for (int i = 1; i <= 9; i++) plan("one.test", "192.0." + i + ".1");
        make(next().orElseThrow().call(), at(0), Duration.ofSeconds(1), ReplyClass.OK);
        var open = next().orElseThrow();
        dispatcher.started(open.call(), at(5));
        var permitted = next().orElseThrow();
        dispatcher.onFeedback(open.call(), Feedback.of(ReplyClass.RATE_LIMITED), at(5), at(9.5));
        assertTrue(dispatcher.isForbidden(permitted.call(), permitted.startAt()));
        dispatcher.started(permitted.call(), at(9.5));
        dispatcher.lapsed(permitted.call(), at(9.5));
        dispatcher.ended(open.call(), at(5), at(9.5));
        var canary = next().orElseThrow();
        assertEquals(at(909.5), canary.startAt());
        assertFalse(dispatcher.isForbidden(canary.call(), canary.startAt()));
    }

    @Test
    void thatBlocksTwoCallsIsExcludedForTheNight() {
        for (int i = 1; i <= 3; i++) plan("one.test", "192.0." + i + ".1");
        make(next().orElseThrow().call(), at(0), Duration.ofSeconds(1), ReplyClass.BLOCKED_REPUTATION);
        assertFalse(dispatcher.isDone());
        var canary = next().orElseThrow();
        assertEquals(at(3_601), canary.startAt());
        make(canary.call(), at(3_601), Duration.ofSeconds(1), ReplyClass.BLOCKED_REPUTATION);
        assertTrue(dispatcher.isDone());
        assertEquals(
                List.of(NotCalled.SUSPENDED), List.copyOf(dispatcher.notCalled().values()));
    }

    @Test
    void thatBlockedTwoCallsStaysExcludedForTheNextProcess() {
        var blocked = Optional.of(Feedback.of(ReplyClass.BLOCKED_REPUTATION));
        for (int i = 0; i < 2; i++) {
            dispatcher.replay(call("past" + i, "one.test", "192.0.2." + i), at(-60 + i), at(-59 + i), blocked);
        }
        var third = plan("one.test", "203.0.113.1");
        assertEquals(List.of(), calls(at(60)));
        assertEquals(Map.of(third.endpointId(), NotCalled.SUSPENDED), dispatcher.notCalled());
        assertTrue(dispatcher.isDone());
    }

    @Test
    void hasATotalThatAlsoCountsOrphanedPermits() {
        dispatcher = new Dispatcher(
                Limits.CEILINGS.with(
                        LimitKey.PROVIDER, Limits.CEILINGS.provider().withPerNight(1)),
                MAX_DURATION);
        var orphaned = call("orphaned", "one.test", "192.0.2.9");
        dispatcher.orphaned(7, orphaned, at(0));
        var never = plan("one.test", "192.0.2.1");
        assertEquals(Optional.empty(), next());
        assertTrue(dispatcher.isDone());
        assertEquals(
                Map.of(never.endpointId(), NotCalled.BUDGET),
                dispatcher.notCalled(),
                "the orphaned permit may have been a call");
    }
}
