package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.RefusalTarget;
import org.starttlscensus.fact.Feedback.Signal;

class RunGuardTest {

    private static final Instant DUSK = Instant.parse("2030-01-01T22:00:00Z");

    private final RunGuard guard = new RunGuard(Limits.CEILINGS, MailShares.UNKNOWN);
    private Instant now = DUSK;

    private void feedback(String address, Signal signal, RefusalTarget refusalTarget) {
        if (now.isBefore(guard.pausedUntil())) now = guard.pausedUntil();
        guard.onFeedback(
                Address.of(address), new Feedback(signal, refusalTarget, Optional.empty()), now, now.plusSeconds(1));
        now = now.plusSeconds(1);
    }

    private void complaint(String address) {
        feedback(address, Signal.SELF_INFLICTED, RefusalTarget.NOBODY);
    }

    private Duration pause() {
        return Duration.between(now, guard.pausedUntil());
    }

    @Test
    void localErrorsPauseAllCallsForAMinuteThenForFive() {
        feedback("192.0.2.1", Signal.LOCAL_ERROR, RefusalTarget.NOBODY);
        assertEquals(Duration.ofSeconds(60), pause());
        feedback("192.0.2.1", Signal.LOCAL_ERROR, RefusalTarget.NOBODY);
        assertEquals(Duration.ofMinutes(5), pause());
        feedback("192.0.2.1", Signal.WELCOMED, RefusalTarget.NOBODY);
        feedback("192.0.2.1", Signal.LOCAL_ERROR, RefusalTarget.NOBODY);
        assertEquals(Duration.ofSeconds(60), pause());
        assertFalse(guard.isOver());
    }

    @Test
    void manyCallsThatFailAtOnceAreOneFailure() {
        for (int i = 0; i < 50; i++) {
            guard.onFeedback(Address.of("192.0.2.1"), Feedback.of(Signal.LOCAL_ERROR), DUSK, DUSK.plusMillis(i));
        }
        assertEquals(DUSK.plusSeconds(60), guard.pausedUntil());
    }

    /**
     * For example the ICMP error of a router, a missing route to one network, or a bug of ours that one odd peer
     * triggers.
     */
    @Test
    void faultsOfSinglePeersPauseNothing() {
        for (int i = 0; i < 500; i++) {
            feedback("10." + i % 200 + ".0.1", Signal.UNREACHABLE, RefusalTarget.NOBODY);
            feedback("10.200." + i % 200 + ".1", Signal.NO_ROUTE_HERE, RefusalTarget.NOBODY);
            feedback("10." + i % 200 + ".0.2", Signal.NEUTRAL, RefusalTarget.NOBODY);
        }
        assertEquals(Instant.EPOCH, guard.pausedUntil());
    }

    /** For example if IPv6 fails while IPv4 works, or if our routing table denies some networks. */
    @Test
    void missingRoutesPauseNothingWhileOthersAnswer() {
        for (int i = 0; i < 200; i++) {
            feedback("2001:" + Integer.toHexString(i) + "::1", Signal.NO_ROUTE_HERE, RefusalTarget.NOBODY);
            if (i % 2 == 1) feedback("10." + i + ".0.1", Signal.WELCOMED, RefusalTarget.NOBODY);
        }
        assertEquals(Instant.EPOCH, guard.pausedUntil());
    }

    /** No call succeeds in between; a time-out does not prove that we have a route. */
    @Test
    void missingRoutesPauseAllCallsIfNobodyAnswers() {
        feedback("10.1.0.1", Signal.NO_ROUTE_HERE, RefusalTarget.NOBODY);
        feedback("10.1.200.1", Signal.NO_ROUTE_HERE, RefusalTarget.NOBODY);
        feedback("10.2.0.1", Signal.NO_ROUTE_HERE, RefusalTarget.NOBODY);
        feedback("10.9.0.1", Signal.UNREACHABLE, RefusalTarget.NOBODY);
        assertFalse(pause().isPositive(), "two networks");
        feedback("2001:db8::1", Signal.NO_ROUTE_HERE, RefusalTarget.NOBODY);
        assertEquals(Duration.ofSeconds(60), pause());
        for (int i = 0; i < 3; i++) feedback("10." + i + ".0.1", Signal.NO_ROUTE_HERE, RefusalTarget.NOBODY);
        assertEquals(Duration.ofMinutes(5), pause());
        assertFalse(guard.isOver());
    }

    @Test
    void complaintsOfThreeNetworksPauseAllCalls() {
        complaint("10.1.0.1");
        complaint("10.1.200.1");
        complaint("10.1.9.9");
        complaint("10.2.0.1");
        assertFalse(pause().isPositive(), "two networks, however many servers they have");
        complaint("2001:db8::1");
        assertEquals(Duration.ofMinutes(15), pause());
    }

    @Test
    void theThirdPauseEndsTheNight() {
        for (int time = 0; time < 2; time++) {
            for (int i = 0; i < 3; i++) complaint("10." + (10 * time + i) + ".0.1");
        }
        assertEquals(Duration.ofHours(1), pause());
        for (int i = 0; i < 3; i++) complaint("10." + (100 + i) + ".0.1");
        assertTrue(guard.isOver());
    }

    /** Thirty hostile networks of ten thousand cost a quarter of an hour by faked blocks, and no more. */
    @Test
    void aHandfulOfHostileServersCannotStopANight() {
        for (int i = 0; i < 10_000; i++)
            feedback((1 + i / 250) + "." + i % 250 + ".0.1", Signal.WELCOMED, RefusalTarget.NOBODY);
        for (int i = 0; i < 30; i++) complaint("200." + i + ".0.1");
        assertFalse(pause().isPositive(), "faked protocol errors");
        for (int i = 0; i < 3; i++) feedback("201." + i + ".0.1", Signal.BLOCKED, RefusalTarget.US);
        assertEquals(Duration.ofMinutes(15), pause());
        for (int i = 3; i < 30; i++) feedback("201." + i + ".0.1", Signal.BLOCKED, RefusalTarget.A_LIST);
        assertFalse(pause().isPositive());
        assertFalse(guard.isOver());
    }

    /** Blocks that are charged to one address each count by the mail of these addresses, a prefix once. */
    @Test
    void newlyBlockingAddressesCountByTheirShareOfTheMail() {
        Map<String, Long> networks = new HashMap<>(Map.of("large", 9_000L));
        Map<Address, Long> addresses = new HashMap<>();
        for (int i = 0; i < 5; i++) {
            networks.put("net:10." + i + ".0.0/24", 200L);
            for (int host = 1; host <= 2; host++) addresses.put(Address.of("10." + i + ".0." + host), 80L);
        }
        var shares = new MailShares(networks, addresses, 0);
        var watching = new RunGuard(Limits.CEILINGS, shares);
        for (int i = 0; i < 2; i++) {
            for (int host = 1; host <= 2; host++)
                watching.newlyBlockedAddress(
                        "net:10." + i + ".0.0/24", Address.of("10." + i + ".0." + host), DUSK, DUSK);
        }
        assertEquals(Instant.EPOCH, watching.pausedUntil(), "two networks");
        watching.newlyBlockedAddress("net:10.2.0.0/24", Address.of("10.2.0.1"), DUSK, DUSK);
        assertEquals(DUSK.plus(Duration.ofMinutes(15)), watching.pausedUntil(), "240 of 10,000 domains");

        var once = new RunGuard(Limits.CEILINGS, new MailShares(networks, addresses, 0.0081));
        for (int i = 0; i < 3; i++)
            once.newlyBlockedAddress("net:10." + i + ".0.0/24", Address.of("10." + i + ".0.1"), DUSK, DUSK);
        assertEquals(Instant.EPOCH, once.pausedUntil(), "not more than three times the usual");
        for (int i = 0; i < 3; i++)
            once.newlyBlockedAddress("net:10." + i + ".0.0/24", Address.of("10." + i + ".0.2"), DUSK, DUSK);
        assertEquals(Instant.EPOCH, once.pausedUntil(), "a second address of a prefix adds nothing");
        once.newlyBlocked("net:10.2.0.0/24", Address.of("10.2.0.2"), DUSK, DUSK);
        assertEquals(
                DUSK.plus(Duration.ofMinutes(15)),
                once.pausedUntil(),
                "now the network counts, and its addresses do not");
    }

    /**
     * Three of a hundred providers of the same size, in three networks: more than the 2 % that are the least share
     * without a history.
     */
    @Test
    void newlyBlockingProvidersCountByTheirShareOfTheMail() {
        var providers =
                IntStream.range(0, 100).boxed().collect(Collectors.toMap(number -> "provider" + number, _ -> 50L));
        var fresh = new RunGuard(Limits.CEILINGS, new MailShares(providers, 0));
        for (int i = 0; i < 3; i++) {
            assertEquals(Instant.EPOCH, fresh.pausedUntil());
            fresh.newlyBlocked("provider" + i, Address.of("10." + i + ".0.1"), DUSK, DUSK);
        }
        assertEquals(DUSK.plus(Duration.ofMinutes(15)), fresh.pausedUntil());

        var used = new RunGuard(Limits.CEILINGS, new MailShares(providers, 0.01));
        for (int i = 0; i < 3; i++) used.newlyBlocked("provider" + i, Address.of("10." + i + ".0.1"), DUSK, DUSK);
        assertEquals(Instant.EPOCH, used.pausedUntil(), "three times the usual, and no more");
        used.newlyBlocked("provider3", Address.of("10.3.0.1"), DUSK, DUSK);
        assertEquals(DUSK.plus(Duration.ofMinutes(15)), used.pausedUntil());
    }

    @Test
    void smallProvidersAndThoseOfOneNetworkCannotStopANightByBlocking() {
        var shares = new MailShares(
                Map.of("large", 9_800L, "hostile0", 100L, "hostile1", 50L, "hostile2", 50L, "neighbour", 9_800L), 0);
        var watching = new RunGuard(Limits.CEILINGS, shares);
        for (int i = 0; i < 3; i++) watching.newlyBlocked("hostile" + i, Address.of("10." + i + ".0.1"), DUSK, DUSK);
        assertEquals(Instant.EPOCH, watching.pausedUntil(), "one domain in a hundred");

        var oneNetwork = new RunGuard(Limits.CEILINGS, shares);
        for (var name : List.of("hostile0", "large", "neighbour"))
            oneNetwork.newlyBlocked(name, Address.of("10.0.0.1"), DUSK, DUSK);
        assertEquals(Instant.EPOCH, oneNetwork.pausedUntil());
    }

    @Test
    void blocksThatNameUsOrAListCountAndThoseThatNameNobodyDoNot() {
        for (int i = 0; i < 30; i++) feedback("10." + i + ".0.1", Signal.BLOCKED, RefusalTarget.NOBODY);
        assertFalse(pause().isPositive());
        feedback("11.0.0.1", Signal.BLOCKED, RefusalTarget.US);
        feedback("11.1.0.1", Signal.BLOCKED, RefusalTarget.A_LIST);
        feedback("11.2.0.1", Signal.BLOCKED, RefusalTarget.A_LIST);
        assertEquals(Duration.ofMinutes(15), pause());
    }

    /** Counts belong to their night; a pause lasts until its end. */
    @Test
    void theNextNightKeepsThePauseAndCountsAnew() {
        for (int time = 0; time < 3; time++) {
            for (int i = 0; i < 3; i++) complaint("10." + (10 * time + i) + ".0.1");
        }
        assertTrue(guard.isOver());
        guard.nightBegins();
        assertFalse(guard.isOver());
        assertEquals(Duration.ofHours(1), pause());
        for (int i = 0; i < 3; i++) complaint("10." + (100 + i) + ".0.1");
        assertEquals(Duration.ofMinutes(15), pause());
    }
}
