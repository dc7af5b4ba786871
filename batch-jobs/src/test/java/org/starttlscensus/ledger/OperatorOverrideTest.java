package org.starttlscensus.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.starttlscensus.dispatch.Call;
import org.starttlscensus.dispatch.ChosenCall;
import org.starttlscensus.dispatch.Dispatcher;
import org.starttlscensus.dispatch.MaxCallDuration;
import org.starttlscensus.dispatch.NotCalled;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.politeness.Limits;

@DisplayName("The operator's word on a provider")
class OperatorOverrideTest {

    private static final String HIS = "one.test";

    private final Instant dusk = VirtualNight.DUSK;
    private final Dispatcher dispatcher =
            new Dispatcher(Limits.CEILINGS, new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7)));
    private int planned;

    private Call plan(String provider) {
        var call = Call.first(++planned, Address.of("192.0.2." + planned), provider, planned, false, false);
        dispatcher.plan(call);
        return call;
    }

    private Instant at(int seconds) {
        return dusk.plusSeconds(seconds);
    }

    private List<Call> chosen(int seconds) {
        dispatcher.releasedBy(at(seconds));
        return dispatcher.choose(at(seconds), at(seconds).plus(Dispatcher.LOOKAHEAD), 200).stream()
                .map(ChosenCall::call)
                .toList();
    }

    private void make(Call call, int start, Feedback.Signal reception) {
        dispatcher.started(call, at(start));
        dispatcher.onFeedback(call, Feedback.of(reception), at(start), at(start + 1));
        dispatcher.ended(call, at(start), at(start + 1));
    }

    @Test
    void aPausedProviderIsNotCalledAndHoldsUpNobody() {
        plan(HIS);
        var other = plan("two.test");
        dispatcher.pause(HIS);
        assertEquals(List.of(other), chosen(0));
        make(other, 0, Feedback.Signal.WELCOMED);
        assertTrue(dispatcher.isDone());
        assertEquals(Map.of(1L, NotCalled.SUSPENDED), dispatcher.notCalled());
    }

    @Test
    void whatIsPlannedLaterIsSetAsideToo() {
        dispatcher.pause(HIS);
        plan(HIS);
        assertEquals(List.of(), chosen(0));
        assertTrue(dispatcher.isDone());
    }

    @Test
    void aResumedProviderIsCalledTheSameNight() {
        var first = plan(HIS);
        dispatcher.pause(HIS);
        assertEquals(List.of(), chosen(0));
        dispatcher.resume(HIS, at(10));
        assertEquals(List.of(first), chosen(15));
        assertEquals(Map.of(), dispatcher.notCalled());
    }

    @Test
    void aRetryOfAPausedProviderWaitsForHisWord() {
        var first = plan(HIS);
        assertEquals(List.of(first), chosen(0));
        make(first, 0, Feedback.Signal.GREYLISTED);
        dispatcher.schedule(first.next(false), at(1_800));
        dispatcher.pause(HIS);
        assertEquals(List.of(), chosen(1_800));
        dispatcher.resume(HIS, at(1_900));
        assertEquals(List.of(first.next(false)), chosen(1_905));
    }

    @Test
    void aSuspensionEndsByHisWord() {
        var first = plan(HIS);
        var second = plan(HIS);
        assertEquals(List.of(first), chosen(0));
        make(first, 0, Feedback.Signal.RATE_LIMITED);
        assertEquals(List.of(), chosen(600), "fifteen minutes");
        dispatcher.resume(HIS, at(600));
        assertEquals(List.of(second), chosen(605));
    }

    @Test
    void whoeverWasLeftAloneForTheNightIsCalledAgainByHisWord() {
        var first = plan(HIS);
        var second = plan(HIS);
        var third = plan(HIS);
        assertEquals(List.of(first), chosen(0));
        dispatcher.started(first, at(0));
        dispatcher.onFeedback(
                first,
                new Feedback(Feedback.Signal.BLOCKED, Feedback.RefusalTarget.US, Optional.empty()),
                at(0),
                at(1));
        dispatcher.ended(first, at(0), at(1));
        assertTrue(dispatcher.isDone());
        assertEquals(Map.of(2L, NotCalled.SUSPENDED, 3L, NotCalled.SUSPENDED), dispatcher.notCalled());
        dispatcher.resume(HIS, at(60));
        assertEquals(List.of(second), chosen(65));
        make(second, 65, Feedback.Signal.WELCOMED);
        assertEquals(List.of(third), chosen(71));
        assertEquals(Map.of(), dispatcher.notCalled());
    }
}
