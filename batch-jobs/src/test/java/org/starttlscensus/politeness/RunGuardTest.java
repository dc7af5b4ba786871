package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
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

    /** Ten hostile networks of ten thousand pause nothing, by faked blocks or by faked protocol errors. */
    @Test
    void aHandfulOfHostileServersCannotStopANight() {
        for (int i = 0; i < 10_000; i++)
            feedback((1 + i / 250) + "." + i % 250 + ".0.1", Signal.WELCOMED, RefusalTarget.NOBODY);
        for (int i = 0; i < 10; i++) {
            complaint("200." + i + ".0.1");
            feedback("201." + i + ".0.1", Signal.BLOCKED, RefusalTarget.US);
        }
        assertFalse(pause().isPositive());
        assertFalse(guard.isOver());
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
