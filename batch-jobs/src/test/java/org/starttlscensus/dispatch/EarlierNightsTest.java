package org.starttlscensus.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.ReplyClass;

/** What the calls of earlier nights mean for this one. */
class EarlierNightsTest extends DispatcherScene {

    private void contacted(Call call, double from, ReplyClass replyClass) {
        var start = at(from);
        dispatcher.earlierNights().contacted(call, start, start.plusSeconds(1), Optional.of(Feedback.of(replyClass)));
    }

    private Optional<Instant> nextStart() {
        return next().map(ChosenCall::startAt);
    }

    @Test
    void anAddressKeepsTheGapOfItsEndpoints() {
        contacted(call("yesterday", "one.test", "192.0.2.1"), -600, ReplyClass.OK);
        dispatcher.earlierNights().end();
        plan("one.test", "192.0.2.1");
        assertEquals(Optional.of(at(1_200)), nextStart());
    }

    @Test
    void itsProviderKeepsTheSpacing() {
        contacted(call("yesterday", "one.test", "192.0.2.1"), -1, ReplyClass.OK);
        dispatcher.earlierNights().end();
        plan("one.test", "198.51.100.1");
        assertEquals(Optional.of(at(4)), nextStart(), "five seconds from start to start");
    }

    @Test
    void theirCallsAreInNoTotalOfTonight() {
        var yesterday = call("yesterday", "one.test", "192.0.2.1");
        for (int i = 0; i < 10; i++) contacted(yesterday, -80_000 + 4_000 * i, ReplyClass.OK);
        dispatcher.earlierNights().end();
        var tonight = plan("one.test", "192.0.2.1");
        assertEquals(List.of(tonight), calls(at(0)));
        assertEquals(Map.of(), dispatcher.notCalled());
    }

    @Test
    void aRateLimitStillSuspends() {
        contacted(call("yesterday", "one.test", "192.0.2.1"), -60, ReplyClass.RATE_LIMITED);
        dispatcher.earlierNights().end();
        plan("one.test", "198.51.100.1");
        assertEquals(Optional.of(at(-60 + 1 + 900)), nextStart(), "a quarter of an hour from its end");
    }

    @Test
    void nobodyStaysExcludedForTheRestOfAnEarlierNight() {
        contacted(call("first", "one.test", "192.0.2.1"), -60, ReplyClass.BLOCKED_REPUTATION);
        contacted(call("second", "one.test", "198.51.100.1"), -30, ReplyClass.BLOCKED_REPUTATION);
        dispatcher.earlierNights().end();
        var canary = plan("one.test", "203.0.113.1");
        assertEquals(Map.of(), dispatcher.notCalled());
        var next = next().orElseThrow();
        assertEquals(canary, next.call());
        assertTrue(next.startAt().isAfter(at(3_500)), "an hour later, not at once");
    }

    @Test
    void aPermitWithoutAnEndKeepsItsAddressUntilItsCallMustBeOver() {
        dispatcher
                .earlierNights()
                .connected(7, call("yesterday", "one.test", "192.0.2.1"), Optional.empty(), at(-1_700));
        dispatcher.earlierNights().end();
        assertEquals(List.of(), dispatcher.releasedBy(at(-1_520.1)));
        assertEquals(List.of(7L), dispatcher.releasedBy(at(-1_520)));
        var tonight = plan("one.test", "192.0.2.1");
        assertEquals(List.of(), calls(at(98)), "the gap counts from the latest possible start");
        assertEquals(List.of(tonight), calls(at(100)));
        assertTrue(dispatcher.isDone(), "nothing else of that endpoint is due");
    }

    @Test
    void aPermitWithoutAnEndCountsAsOpen() {
        dispatcher.earlierNights().connected(7, call("first", "one.test", "192.0.2.1"), Optional.empty(), at(0));
        dispatcher.earlierNights().connected(8, call("second", "two.test", "192.0.2.2"), Optional.empty(), at(0));
        dispatcher.earlierNights().end();
        var third = plan("three.test", "192.0.2.3");
        assertEquals(List.of(), calls(at(100)), "two may be open in one prefix");
        assertEquals(List.of(third), calls(at(180)));
    }

    @Test
    void aPermitWithoutAnEndIsHandedOutWhenTheWindowCloses() {
        dispatcher.earlierNights().connected(7, call("yesterday", "one.test", "192.0.2.1"), Optional.empty(), at(0));
        dispatcher.earlierNights().end();
        assertEquals(List.of(7L), dispatcher.closeWindow());
        assertTrue(dispatcher.isDone());
    }
}
