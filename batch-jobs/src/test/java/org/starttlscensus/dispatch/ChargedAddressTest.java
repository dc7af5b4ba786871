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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.RefusalTarget;
import org.starttlscensus.fact.Feedback.Signal;
import org.starttlscensus.politeness.Blame;
import org.starttlscensus.politeness.Limits;
import org.starttlscensus.politeness.MailShares;

/** Refusals in a network whose servers belong to unrelated customers. */
class ChargedAddressTest extends DispatcherScene {

    private static final String NET = "net:192.0.2.0/24";

    private final List<Call> made = new ArrayList<>();

    /** One more server of the network, that serves a domain of its own. */
    private Call server(int last) {
        return name("mx" + last, last);
    }

    private Call name(String name, int last) {
        return server(name, last, last);
    }

    private Call server(String name, int last, long mailSet) {
        var call = Call.first(name.hashCode(), Address.of("192.0.2." + last), NET, last, false, false)
                .blaming(Blame.ofAddress(List.of(mailSet)));
        dispatcher.plan(call);
        return call;
    }

    private void answer(Call call, Instant from, Signal signal, RefusalTarget target) {
        dispatcher.started(call, from);
        dispatcher.onFeedback(call, new Feedback(signal, target, Optional.empty()), from, from.plusSeconds(1));
        dispatcher.ended(call, from, from.plusSeconds(1));
        made.add(call);
    }

    private void answer(Call call, double from, Signal signal) {
        answer(call, at(from), signal, RefusalTarget.NOBODY);
    }

    /** Makes the calls that are chosen until that second; whoever is not in the map receives us. */
    private void run(double until, Map<Call, Signal> answers) {
        for (var next = dispatcher.next();
                next.isPresent() && next.get().isBefore(at(until));
                next = dispatcher.next()) {
            for (var chosen : choose(next.get()))
                answer(
                        chosen.call(),
                        chosen.startAt(),
                        answers.getOrDefault(chosen.call(), Signal.WELCOMED),
                        RefusalTarget.NOBODY);
        }
    }

    /** A pool and its provider's own servers have one name and one set of limits. */
    @Test
    void aWelcomeByTheProvidersOwnServerEndsASpread() {
        var customers = List.of(server(1), server(2), server(3));
        var own = Call.first("own".hashCode(), Address.of("198.51.100.1"), NET, 9, false, false);
        dispatcher.plan(own);
        answer(customers.get(0), 0, Signal.BLOCKED);
        answer(customers.get(1), 10, Signal.BLOCKED);
        answer(own, 20, Signal.WELCOMED);
        answer(customers.get(2), 30, Signal.BLOCKED);
        assertEquals(List.of(), dispatcher.takeNewlyBlocking().providers());
        var later = server(4);
        assertFalse(dispatcher.notCalled().containsKey(later.endpointId()));
    }

    @Test
    void aBlockByOneServerLeavesItsNeighboursAlone() {
        var servers = new ArrayList<Call>();
        for (int i = 1; i <= 50; i++) servers.add(server(i));
        run(3_600, Map.of(servers.get(3), Signal.BLOCKED, servers.get(20), Signal.BLOCKED));
        assertEquals(50, Set.copyOf(made).size());
        assertEquals(Map.of(), dispatcher.notCalled());
        var newly = dispatcher.takeNewlyBlocking();
        assertEquals(List.of(), newly.providers());
        assertEquals(List.of(Address.of("192.0.2.4"), Address.of("192.0.2.21")), newly.addresses());
        assertTrue(dispatcher.takeNewlyBlocking().isEmpty());
        assertEquals(0, dispatcher.paces().providers().get(NET).suspensions());
        assertEquals(
                Set.of(Address.of("192.0.2.4"), Address.of("192.0.2.21")),
                dispatcher.paces().addresses().keySet());
    }

    @Test
    void theOtherNamesOfABlockingServerAreNotCalled() {
        var first = name("one", 1);
        var second = name("two", 1);
        var stranger = call("three", "example.net", "192.0.2.1");
        dispatcher.plan(stranger);
        assertEquals(List.of(first), calls(at(0)));
        answer(first, 0, Signal.BLOCKED);
        assertTrue(dispatcher.isDone());
        assertEquals(
                Map.of(second.endpointId(), NotCalled.SUSPENDED, stranger.endpointId(), NotCalled.SUSPENDED),
                dispatcher.notCalled());
        dispatcher.addOnDemand(call("four", "example.net", "192.0.2.1"));
        assertTrue(dispatcher.isDone(), "nor are those that are asked for later");
    }

    @Test
    void aRateLimitSuspendsItsAddressAndNoOther() {
        var first = server(1);
        var second = server(2);
        calls(at(0));
        answer(first, 0, Signal.RATE_LIMITED);
        dispatcher.schedule(first.next(false), at(10));
        assertFalse(dispatcher.isForbidden(second, at(6)));
        assertTrue(dispatcher.isForbidden(first, at(900)));
        assertFalse(dispatcher.isForbidden(first, at(901)));
        run(3_600, Map.of());
        assertEquals(List.of(first, second, first.next(false)), made);
        var pace = dispatcher.paces().addresses().get(Address.of("192.0.2.1"));
        assertEquals(1, pace.suspensions());
        assertEquals(NET, pace.provider());
    }

    /** "No other address received us" is judged over all of the network's calls. */
    @Test
    void threeRefusalsInARowAreThoseOfTheNetwork() {
        var servers = new ArrayList<Call>();
        for (int i = 1; i <= 10; i++) servers.add(server(i));
        run(
                3_600,
                Map.of(servers.get(2), Signal.BLOCKED, servers.get(3), Signal.BLOCKED, servers.get(4), Signal.BLOCKED));
        assertEquals(servers.subList(0, 5), made);
        assertEquals(5, dispatcher.notCalled().size());
        assertEquals(List.of(NET), dispatcher.takeNewlyBlocking().providers());
    }

    @Test
    void aSuccessBetweenThemSparesTheNetwork() {
        var servers = new ArrayList<Call>();
        for (int i = 1; i <= 10; i++) servers.add(server(i));
        run(
                3_600,
                Map.of(servers.get(2), Signal.BLOCKED, servers.get(3), Signal.BLOCKED, servers.get(5), Signal.BLOCKED));
        assertEquals(servers, made);
    }

    @Test
    void threeServersOfOneCustomerAreNotTheNetwork() {
        var servers = new ArrayList<Call>();
        for (int i = 1; i <= 5; i++) servers.add(server("mx" + i, i, i < 4 ? 1 : i));
        run(
                3_600,
                Map.of(servers.get(0), Signal.BLOCKED, servers.get(1), Signal.BLOCKED, servers.get(2), Signal.BLOCKED));
        assertEquals(servers, made);
    }

    @Test
    void threeRateLimitsAreTheNetworksFirstAndEndWithOneCanary() {
        var servers = new ArrayList<Call>();
        for (int i = 1; i <= 8; i++) servers.add(server(i));
        for (int i = 0; i < 3; i++) {
            assertEquals(List.of(servers.get(i)), calls(at(6.0 * i)));
            answer(servers.get(i), 6.0 * i, Signal.RATE_LIMITED);
        }
        assertEquals(List.of(), calls(at(800)));
        var canary = choose(at(913));
        assertEquals(1, canary.size());
        assertEquals(at(913), canary.getFirst().startAt());
        answer(canary.getFirst().call(), 913, Signal.WELCOMED);
        run(3_600, Map.of());
        assertEquals(servers, made);
    }

    /** Its refusal after the canary is a new one. */
    @Test
    void anAddressWhoseCanaryWasReceivedCountsAgain() {
        var servers = new ArrayList<Call>();
        for (int i = 1; i <= 5; i++) servers.add(server(i));
        for (int i = 0; i < 3; i++) answer(servers.get(i), 6.0 * i, Signal.RATE_LIMITED);
        var canary = servers.getFirst().next(false);
        answer(canary, 913, Signal.WELCOMED);
        answer(servers.get(3), 1_000, Signal.RATE_LIMITED);
        answer(servers.get(4), 1_020, Signal.RATE_LIMITED);
        assertEquals(1, dispatcher.paces().providers().get(NET).suspensions());
        answer(canary.next(false), 3_000, Signal.RATE_LIMITED);
        assertEquals(2, dispatcher.paces().providers().get(NET).suspensions());
    }

    @Test
    void aTextThatNamesARangeOfOursIsTheNetworks() {
        var first = server(1);
        var second = server(2);
        calls(at(0));
        answer(first, at(0), Signal.BLOCKED, RefusalTarget.OUR_RANGE);
        assertEquals(Map.of(second.endpointId(), NotCalled.SUSPENDED), dispatcher.notCalled());
    }

    @Test
    void aTextThatNamesOurAddressOrAListIsTheAddresss() {
        var first = server(1);
        var second = server(2);
        var third = server(3);
        calls(at(0));
        answer(first, at(0), Signal.BLOCKED, RefusalTarget.US);
        assertEquals(List.of(second), calls(at(6)));
        answer(second, at(6), Signal.BLOCKED, RefusalTarget.A_LIST);
        assertEquals(List.of(third), calls(at(12)));
        assertEquals(Map.of(), dispatcher.notCalled());
    }

    /** The provider's own servers and its pool share their limits. What the provider decides holds for all of them. */
    @Test
    void theOwnServersOfAPoolsProviderAreTheProviders() {
        var pool = call("customer", "big", "192.0.2.1").blaming(Blame.ofAddress(List.of(1L)));
        dispatcher.plan(pool);
        var own = plan("big", "198.51.100.1");
        var other = plan("big", "198.51.101.1");
        calls(at(0));
        answer(pool, 0, Signal.BLOCKED);
        assertEquals(List.of(own), calls(at(5)));
        answer(own, 5, Signal.RATE_LIMITED);
        assertTrue(dispatcher.isForbidden(other, at(100)), "its own word holds for all of it");
        assertEquals(1, dispatcher.paces().providers().get("big").suspensions());
    }

    @Test
    void anAddressThatBlockedOnAnEarlierNightGetsOneCanary() {
        dispatcher = new Dispatcher(
                Limits.CEILINGS,
                MAX_DURATION,
                new Precedence(),
                new PriorKnowledge(Set.of(), Set.of(Address.of("192.0.2.1")), MailShares.UNKNOWN));
        var first = name("one", 1);
        var second = name("two", 1);
        var neighbour = server(2);
        assertEquals(List.of(first), calls(at(0)));
        answer(first, 0, Signal.TEMPORARY);
        assertEquals(Map.of(second.endpointId(), NotCalled.SUSPENDED), dispatcher.notCalled());
        assertEquals(
                List.of(Address.of("192.0.2.1")), dispatcher.takeNewlyBlocking().addresses());
        assertEquals(List.of(neighbour), calls(at(6)));
    }

    @Test
    void resumingTheNetworkForgetsTheBlocksOfItsAddresses() {
        var first = name("one", 1);
        var second = name("two", 1);
        calls(at(0));
        answer(first, 0, Signal.BLOCKED);
        dispatcher.resume(NET, at(100));
        assertEquals(Map.of(), dispatcher.notCalled());
        assertEquals(List.of(), dispatcher.takeNewlyBlocking().addresses());
        run(3_600, Map.of());
        assertEquals(List.of(first, second), made);
    }

    @Test
    void theNextNightBeginsWithACanary() {
        var earlier = dispatcher.earlierNights();
        var first = call("one", NET, "192.0.2.1").blaming(Blame.ofAddress(List.of(1L)));
        earlier.contacted(first, at(-60), at(-59), Optional.of(Feedback.of(Signal.BLOCKED)));
        earlier.end();
        dispatcher.plan(first);
        var neighbour = server(2);
        assertEquals(List.of(neighbour), calls(at(0)));
        answer(neighbour, 0, Signal.WELCOMED);
        assertEquals(at(-59).plus(Duration.ofHours(1)), next().orElseThrow().startAt(), "an hour after the block");
    }
}
