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

@DisplayName("An operator override of a provider")
class OperatorOverrideTest {

    private static final String PROVIDER = "one.test";

    private final Instant start = VirtualNight.DUSK;
    private final Dispatcher dispatcher =
            new Dispatcher(Limits.CEILINGS, new MaxCallDuration(Duration.ofMinutes(3), Duration.ofMinutes(7)));
    private int planned;

    private Call plan(String provider) {
        var call = Call.first(++planned, Address.of("192.0.2." + planned), provider, planned, false, false);
        dispatcher.plan(call);
        return call;
    }

    private Instant at(int seconds) {
        return start.plusSeconds(seconds);
    }

    private List<Call> chosen(int seconds) {
        dispatcher.releasedBy(at(seconds));
        return dispatcher.choose(at(seconds), at(seconds).plus(Dispatcher.LOOKAHEAD), 200).stream()
                .map(ChosenCall::call)
                .toList();
    }

    private void make(Call call, int from, Feedback.Signal signal) {
        dispatcher.started(call, at(from));
        dispatcher.onFeedback(call, Feedback.of(signal), at(from), at(from + 1));
        dispatcher.ended(call, at(from), at(from + 1));
    }

    @Test
    void aPausedProviderIsNotCalledAndDelaysNoOther() {
        plan(PROVIDER);
        var other = plan("two.test");
        dispatcher.pause(PROVIDER);
        assertEquals(List.of(other), chosen(0));
        make(other, 0, Feedback.Signal.WELCOMED);
        assertTrue(dispatcher.isDone());
        assertEquals(Map.of(1L, NotCalled.SUSPENDED), dispatcher.notCalled());
    }

    @Test
    void callsThatArePlannedLaterAreDeferredToo() {
        dispatcher.pause(PROVIDER);
        plan(PROVIDER);
        assertEquals(List.of(), chosen(0));
        assertTrue(dispatcher.isDone());
    }

    @Test
    void aResumedProviderIsCalledTheSameNight() {
        var first = plan(PROVIDER);
        dispatcher.pause(PROVIDER);
        assertEquals(List.of(), chosen(0));
        dispatcher.resume(PROVIDER, at(10));
        assertEquals(List.of(first), chosen(15));
        assertEquals(Map.of(), dispatcher.notCalled());
    }

    @Test
    void aRetryOfAPausedProviderWaitsForItsResumption() {
        var first = plan(PROVIDER);
        assertEquals(List.of(first), chosen(0));
        make(first, 0, Feedback.Signal.GREYLISTED);
        dispatcher.schedule(first.next(false), at(1_800));
        dispatcher.pause(PROVIDER);
        assertEquals(List.of(), chosen(1_800));
        dispatcher.resume(PROVIDER, at(1_900));
        assertEquals(List.of(first.next(false)), chosen(1_905));
    }

    @Test
    void resumingEndsASuspension() {
        var first = plan(PROVIDER);
        var second = plan(PROVIDER);
        assertEquals(List.of(first), chosen(0));
        make(first, 0, Feedback.Signal.RATE_LIMITED);
        assertEquals(List.of(), chosen(600), "fifteen minutes");
        dispatcher.resume(PROVIDER, at(600));
        assertEquals(List.of(second), chosen(605));
    }

    @Test
    void resumingBringsBackAProviderThatWasExcludedForTheNight() {
        var first = plan(PROVIDER);
        var second = plan(PROVIDER);
        var third = plan(PROVIDER);
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
        dispatcher.resume(PROVIDER, at(60));
        assertEquals(List.of(second), chosen(65));
        make(second, 65, Feedback.Signal.WELCOMED);
        assertEquals(List.of(third), chosen(71));
        assertEquals(Map.of(), dispatcher.notCalled());
    }
}
