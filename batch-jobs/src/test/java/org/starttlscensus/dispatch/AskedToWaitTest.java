package org.starttlscensus.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.RefusalTarget;
import org.starttlscensus.fact.Feedback.Signal;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.politeness.Blame;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.MailShares;

/** A reply that names a time keeps us away until then, by every name of the address, in this night and the next. */
class AskedToWaitTest extends DispatcherScene {

    private static final String PROVIDER = "one.test";
    private static final String ADDRESS = "192.0.2.1";

    private void answer(Call call, Signal signal, Duration wait) {
        dispatcher.started(call, at(0));
        dispatcher.onFeedback(call, new Feedback(signal, RefusalTarget.NOBODY, Optional.of(wait)), at(0), at(1));
        dispatcher.ended(call, at(0), at(1));
    }

    /** As in a night before which these were asked for. */
    private void waiting(Map<String, Instant> providers, Map<Address, Instant> addresses) {
        dispatcher = new Dispatcher(
                Limits.CEILINGS,
                MAX_DURATION,
                new Precedence(),
                new PriorKnowledge(Set.of(), Set.of(), MailShares.UNKNOWN, new NamedWaits(providers, addresses)));
    }

    @Test
    void otherNamesOfTheAddressWaitToo() {
        var first = plan(PROVIDER, ADDRESS);
        var second = plan(PROVIDER, ADDRESS);
        assertEquals(List.of(first), calls(at(0)));
        answer(first, Signal.GREYLISTED, Duration.ofHours(4));
        var next = next().orElseThrow();
        assertEquals(second, next.call());
        assertEquals(at(1).plus(Duration.ofHours(4)), next.startAt());
    }

    @Test
    void moreThanEightHoursAreTheRestOfTheNight() {
        var first = plan(PROVIDER, ADDRESS);
        var second = plan(PROVIDER, ADDRESS);
        var elsewhere = plan(PROVIDER, "192.0.2.2");
        assertEquals(List.of(first), calls(at(0)));
        answer(first, Signal.TEMPORARY, Duration.ofHours(9));
        assertEquals(Map.of(second.endpointId(), NotCalled.SUSPENDED), dispatcher.notCalled());
        assertEquals(elsewhere, next().orElseThrow().call(), "its provider goes on");
    }

    /** What is no refusal names no wait. */
    @Test
    void aWelcomeNamesNoWait() {
        var first = plan(PROVIDER, ADDRESS);
        var second = plan(PROVIDER, ADDRESS);
        assertEquals(List.of(first), calls(at(0)));
        answer(first, Signal.WELCOMED, Duration.ofHours(4));
        assertTrue(next().orElseThrow().startAt().isBefore(at(121)), second::toString);
    }

    @Test
    void theNextNightWaitsForTheProvidersTimeAndAsksOnce() {
        waiting(Map.of(PROVIDER, at(3_600)), Map.of());
        var first = plan(PROVIDER, ADDRESS);
        plan(PROVIDER, "192.0.2.2");
        var other = plan("two.test", "198.51.100.1");
        assertEquals(List.of(other), calls(at(0)));
        assertEquals(at(3_600), next().orElseThrow().startAt());
        assertEquals(List.of(), calls(at(3_700)), "the canary is alone");
        dispatcher.started(first, at(3_600));
        dispatcher.onFeedback(first, Feedback.of(Signal.RATE_LIMITED), at(3_600), at(3_601));
        dispatcher.ended(first, at(3_600), at(3_601));
        assertEquals(1, dispatcher.notCalled().size(), "refused again: not in this night");
    }

    @Test
    void theNextNightWaitsForTheTimeOfAnAddress() {
        waiting(Map.of(), Map.of(Address.of(ADDRESS), at(3_600)));
        plan(PROVIDER, ADDRESS);
        var neighbour = plan(PROVIDER, "192.0.2.2");
        assertEquals(List.of(neighbour), calls(at(0)));
        make(neighbour, at(0), Duration.ofSeconds(1), ReplyClass.OK);
        assertEquals(at(3_600), next().orElseThrow().startAt());
    }

    @Test
    void resumingEndsWhatWasAskedFor() {
        waiting(Map.of(PROVIDER, at(3_600)), Map.of(Address.of(ADDRESS), at(3_600)));
        var first = plan(PROVIDER, ADDRESS);
        assertEquals(List.of(), calls(at(0)));
        dispatcher.resume(PROVIDER, at(10));
        assertEquals(List.of(first), calls(at(45)));
    }

    /** Its names belong to two networks of customers; the operator may name either. */
    @Test
    void resumingAnyProviderOfAnAddressForgetsItsRefusal() {
        for (var resumed : List.of("net:192.0.2.0/24", "pool.test")) {
            dispatcher = new Dispatcher(Limits.CEILINGS, MAX_DURATION);
            var first = named("a", "net:192.0.2.0/24");
            var second = named("b", "pool.test");
            assertEquals(List.of(first), calls(at(0)), resumed);
            answer(first, Signal.BLOCKED, Duration.ZERO);
            assertEquals(Map.of(second.endpointId(), NotCalled.SUSPENDED), dispatcher.notCalled(), resumed);
            dispatcher.resume(resumed, at(10));
            assertEquals(List.of(second), calls(at(75)), resumed);
        }
    }

    private Call named(String name, String provider) {
        var call = call(name, provider, ADDRESS).blaming(Blame.ofAddress(List.of((long) name.hashCode())));
        dispatcher.plan(call);
        return call;
    }
}
