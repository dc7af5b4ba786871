package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.Signal;

/** The exact numbers at which a run pauses, and what it forgets. */
class RunGuardCountsTest {

    private static final Instant DUSK = Instant.parse("2030-01-01T22:00:00Z");
    private static final Instant QUARTER = DUSK.plus(Duration.ofMinutes(15));

    private final RunGuard guard = new RunGuard(Limits.CEILINGS, MailShares.UNKNOWN);

    private void call(String address, Signal signal, Instant at) {
        guard.onFeedback(Address.of(address), Feedback.of(signal), at, at);
    }

    private void calls(int first, int count, Signal signal, Instant at) {
        for (int i = first; i < first + count; i++) call((10 + i / 250) + "." + i % 250 + ".0.1", signal, at);
    }

    private static RunGuard ofEqualProviders(int count, double usuallyBlocked) {
        var domains = new HashMap<String, Long>();
        for (int i = 0; i < count; i++) domains.put("provider" + i, 50L);
        return new RunGuard(Limits.CEILINGS, new MailShares(domains, usuallyBlocked));
    }

    private static void block(RunGuard guard, int provider, Instant at) {
        guard.newlyBlocked("provider" + provider, Address.of("10." + provider + ".0.1"), at, at);
    }

    @ParameterizedTest
    @CsvSource({"297, true", "298, false"})
    void threeNetworksCountIfTheyAreOneInAHundred(int others, boolean pauses) {
        calls(0, others, Signal.WELCOMED, DUSK);
        calls(others, 3, Signal.SELF_INFLICTED, DUSK);
        assertEquals(pauses ? QUARTER : Instant.EPOCH, guard.pausedUntil());
    }

    @Test
    void ipv6NetworksAreOfThirtyTwoBits() {
        call("2001:db8:1::1", Signal.SELF_INFLICTED, DUSK);
        call("2001:db8:2::1", Signal.SELF_INFLICTED, DUSK);
        call("2001:db9::1", Signal.SELF_INFLICTED, DUSK);
        assertEquals(Instant.EPOCH, guard.pausedUntil());
        call("2001:dba::1", Signal.SELF_INFLICTED, DUSK);
        assertEquals(QUARTER, guard.pausedUntil());
    }

    @Test
    void callsThatBeganBeforeAPauseDoNotCount() {
        calls(0, 3, Signal.SELF_INFLICTED, DUSK);
        calls(10, 9, Signal.SELF_INFLICTED, QUARTER.minusNanos(1));
        calls(20, 9, Signal.NO_ROUTE_HERE, QUARTER.minusNanos(1));
        calls(30, 2, Signal.SELF_INFLICTED, QUARTER);
        assertEquals(QUARTER, guard.pausedUntil());
        calls(32, 1, Signal.SELF_INFLICTED, QUARTER);
        assertEquals(QUARTER.plus(Duration.ofHours(1)), guard.pausedUntil());
    }

    @Test
    void aPauseForgetsTheNetworksThatLedToIt() {
        calls(0, 3, Signal.NO_ROUTE_HERE, DUSK);
        var minute = DUSK.plusSeconds(60);
        assertEquals(minute, guard.pausedUntil());
        calls(3, 2, Signal.NO_ROUTE_HERE, minute);
        assertEquals(minute, guard.pausedUntil());
    }

    @Test
    void aShorterPauseDoesNotEndALongerOne() {
        calls(0, 3, Signal.SELF_INFLICTED, DUSK);
        guard.onFeedback(Address.of("10.0.0.1"), Feedback.of(Signal.LOCAL_ERROR), QUARTER, DUSK);
        assertEquals(QUARTER, guard.pausedUntil());
    }

    @Test
    void aNewNightForgetsComplaintsAndAnswers() {
        calls(0, 400, Signal.WELCOMED, DUSK);
        calls(400, 2, Signal.SELF_INFLICTED, DUSK);
        guard.nightBegins();
        calls(402, 1, Signal.SELF_INFLICTED, DUSK);
        assertEquals(Instant.EPOCH, guard.pausedUntil());
        calls(403, 2, Signal.SELF_INFLICTED, DUSK);
        assertEquals(QUARTER, guard.pausedUntil());
    }

    @Test
    void aNewNightForgetsMissingRoutesAndLocalErrors() {
        calls(0, 2, Signal.NO_ROUTE_HERE, DUSK);
        guard.nightBegins();
        calls(2, 1, Signal.NO_ROUTE_HERE, DUSK);
        assertEquals(Instant.EPOCH, guard.pausedUntil());
        call("10.0.0.1", Signal.LOCAL_ERROR, DUSK);
        guard.nightBegins();
        call("10.0.0.1", Signal.LOCAL_ERROR, DUSK.plusSeconds(60));
        assertEquals(DUSK.plusSeconds(120), guard.pausedUntil());
    }

    @Test
    void aNewNightForgetsNewlyBlockedProviders() {
        var blocked = ofEqualProviders(10, 0);
        block(blocked, 0, DUSK);
        block(blocked, 1, DUSK);
        blocked.nightBegins();
        block(blocked, 2, DUSK);
        assertEquals(Instant.EPOCH, blocked.pausedUntil());
    }

    @Test
    void aPauseForgetsNewlyBlockedProviders() {
        var blocked = ofEqualProviders(10, 0);
        for (int i = 0; i < 3; i++) block(blocked, i, DUSK);
        assertEquals(QUARTER, blocked.pausedUntil());
        block(blocked, 3, QUARTER.minusNanos(1));
        block(blocked, 4, QUARTER.minusNanos(1));
        block(blocked, 5, QUARTER);
        block(blocked, 6, QUARTER);
        assertEquals(QUARTER, blocked.pausedUntil());
        block(blocked, 7, QUARTER);
        assertEquals(QUARTER.plus(Duration.ofHours(1)), blocked.pausedUntil());
        assertFalse(blocked.isOver());
    }

    /** Of 150 equal providers three are two in a hundred, which is still allowed. */
    @ParameterizedTest
    @CsvSource({"150, false", "149, true"})
    void newlyBlockedProvidersMayBeTwoInAHundred(int providers, boolean pauses) {
        var blocked = ofEqualProviders(providers, 0);
        for (int i = 0; i < 3; i++) block(blocked, i, DUSK);
        assertEquals(pauses ? QUARTER : Instant.EPOCH, blocked.pausedUntil());
    }

    @Test
    void theThirdPauseEndsTheNightAndNotTheSecond() {
        var at = DUSK;
        for (int pause = 0; pause < 3; pause++) {
            assertFalse(guard.isOver());
            calls(3 * pause, 3, Signal.SELF_INFLICTED, at);
            at = guard.pausedUntil();
        }
        assertTrue(guard.isOver());
        assertEquals(QUARTER.plus(Duration.ofHours(2)), at);
    }

    @Test
    void providersOfUnknownSizeCannotStopANight() {
        var blocked = new RunGuard(Limits.CEILINGS, new MailShares(Map.of(), 0));
        for (int i = 0; i < 9; i++) block(blocked, i, DUSK);
        assertEquals(Instant.EPOCH, blocked.pausedUntil());
    }
}
