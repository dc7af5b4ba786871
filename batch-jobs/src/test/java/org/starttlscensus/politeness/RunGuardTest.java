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

    private void heard(String address, Signal signal, RefusalTarget refusalTarget) {
        if (now.isBefore(guard.pausedUntil())) now = guard.pausedUntil();
        guard.onFeedback(
                Address.of(address), new Feedback(signal, refusalTarget, Optional.empty()), now, now.plusSeconds(1));
        now = now.plusSeconds(1);
    }

    private void accused(String address) {
        heard(address, Signal.SELF_INFLICTED, RefusalTarget.NOBODY);
    }

    private Duration pause() {
        return Duration.between(now, guard.pausedUntil());
    }

    @Test
    void ourOwnErrorsHoldEverybodyBackForAMinuteThenForFive() {
        heard("192.0.2.1", Signal.LOCAL_ERROR, RefusalTarget.NOBODY);
        assertEquals(Duration.ofSeconds(60), pause());
        heard("192.0.2.1", Signal.LOCAL_ERROR, RefusalTarget.NOBODY);
        assertEquals(Duration.ofMinutes(5), pause());
        heard("192.0.2.1", Signal.WELCOMED, RefusalTarget.NOBODY);
        heard("192.0.2.1", Signal.LOCAL_ERROR, RefusalTarget.NOBODY);
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
     * A router's answer, a route that is missing for one network, a bug that one odd peer finds: nobody else waits
     * for them.
     */
    @Test
    void whatConcernsOnePeerHoldsNobodyBack() {
        for (int i = 0; i < 500; i++) {
            heard("10." + i % 200 + ".0.1", Signal.UNREACHABLE, RefusalTarget.NOBODY);
            heard("10.200." + i % 200 + ".1", Signal.NO_ROUTE_HERE, RefusalTarget.NOBODY);
            heard("10." + i % 200 + ".0.2", Signal.NEUTRAL, RefusalTarget.NOBODY);
        }
        assertEquals(Instant.EPOCH, guard.pausedUntil());
    }

    /** IPv6 that is gone while IPv4 goes well, or some networks that our own table denies. */
    @Test
    void noRouteToManyHoldsNobodyBackWhileOthersAnswer() {
        for (int i = 0; i < 200; i++) {
            heard("2001:" + Integer.toHexString(i) + "::1", Signal.NO_ROUTE_HERE, RefusalTarget.NOBODY);
            if (i % 2 == 1) heard("10." + i + ".0.1", Signal.WELCOMED, RefusalTarget.NOBODY);
        }
        assertEquals(Instant.EPOCH, guard.pausedUntil());
    }

    /** Nobody answers between them: what times out meanwhile is no sign of a way out. */
    @Test
    void noRouteToAnybodyHoldsEverybodyBack() {
        heard("10.1.0.1", Signal.NO_ROUTE_HERE, RefusalTarget.NOBODY);
        heard("10.1.200.1", Signal.NO_ROUTE_HERE, RefusalTarget.NOBODY);
        heard("10.2.0.1", Signal.NO_ROUTE_HERE, RefusalTarget.NOBODY);
        heard("10.9.0.1", Signal.UNREACHABLE, RefusalTarget.NOBODY);
        assertFalse(pause().isPositive(), "two networks");
        heard("2001:db8::1", Signal.NO_ROUTE_HERE, RefusalTarget.NOBODY);
        assertEquals(Duration.ofSeconds(60), pause());
        for (int i = 0; i < 3; i++) heard("10." + i + ".0.1", Signal.NO_ROUTE_HERE, RefusalTarget.NOBODY);
        assertEquals(Duration.ofMinutes(5), pause());
        assertFalse(guard.isOver());
    }

    @Test
    void threeNetworksThatBlameUsHoldEverybodyBack() {
        accused("10.1.0.1");
        accused("10.1.200.1");
        accused("10.1.9.9");
        accused("10.2.0.1");
        assertFalse(pause().isPositive(), "two networks, whatever many servers they have");
        accused("2001:db8::1");
        assertEquals(Duration.ofMinutes(15), pause());
    }

    @Test
    void theThirdTimeEndsTheNight() {
        for (int time = 0; time < 2; time++) {
            for (int i = 0; i < 3; i++) accused("10." + (10 * time + i) + ".0.1");
        }
        assertEquals(Duration.ofHours(1), pause());
        for (int i = 0; i < 3; i++) accused("10." + (100 + i) + ".0.1");
        assertTrue(guard.isOver());
    }

    /** Ten hostile networks of ten thousand cost nothing, and made-up blocks no more than protocol errors. */
    @Test
    void aHandfulOfHostileServersCannotStopANight() {
        for (int i = 0; i < 10_000; i++)
            heard((1 + i / 250) + "." + i % 250 + ".0.1", Signal.WELCOMED, RefusalTarget.NOBODY);
        for (int i = 0; i < 10; i++) {
            accused("200." + i + ".0.1");
            heard("201." + i + ".0.1", Signal.BLOCKED, RefusalTarget.US);
        }
        assertFalse(pause().isPositive());
        assertFalse(guard.isOver());
    }

    /**
     * Three of a hundred providers of the same size, in three networks: more than the two of a hundred that it takes
     * without a past.
     */
    @Test
    void newlyBlockedProvidersWeighAsMuchAsTheDomainsBehindThem() {
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
        for (int i = 0; i < 30; i++) heard("10." + i + ".0.1", Signal.BLOCKED, RefusalTarget.NOBODY);
        assertFalse(pause().isPositive());
        heard("11.0.0.1", Signal.BLOCKED, RefusalTarget.US);
        heard("11.1.0.1", Signal.BLOCKED, RefusalTarget.A_LIST);
        heard("11.2.0.1", Signal.BLOCKED, RefusalTarget.A_LIST);
        assertEquals(Duration.ofMinutes(15), pause());
    }

    /** What it counts is each night's own; what it has decided stands until its time is over. */
    @Test
    void theNextNightKeepsThePauseAndCountsAnew() {
        for (int time = 0; time < 3; time++) {
            for (int i = 0; i < 3; i++) accused("10." + (10 * time + i) + ".0.1");
        }
        assertTrue(guard.isOver());
        guard.nightBegins();
        assertFalse(guard.isOver());
        assertEquals(Duration.ofHours(1), pause());
        for (int i = 0; i < 3; i++) accused("10." + (100 + i) + ".0.1");
        assertEquals(Duration.ofMinutes(15), pause());
    }
}
