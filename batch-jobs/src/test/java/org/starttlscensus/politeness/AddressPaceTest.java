package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.fact.Feedback.Signal.BLOCKED;
import static org.starttlscensus.fact.Feedback.Signal.RATE_LIMITED;
import static org.starttlscensus.fact.Feedback.Signal.SUSPECTED;
import static org.starttlscensus.fact.Feedback.Signal.TEMPORARY;
import static org.starttlscensus.fact.Feedback.Signal.WELCOMED;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Provider;

/** The pace of an address that is charged with its own refusals: it speaks for itself at once. */
class AddressPaceTest extends PaceScene {

    @BeforeEach
    void ofAnAddress() {
        pace = Pace.starting(PaceTerms.ofAddress(limits));
    }

    @Test
    void theFirstBlockIsForTheNight() {
        call(BLOCKED);
        assertTrue(pace.isExcluded());
        assertTrue(pace.isBlocking(false));
    }

    @Test
    void theFirstSuspicionIsForAnHourAndItsCanarysForTheNight() {
        call(SUSPECTED);
        assertFalse(pace.isExcluded());
        assertEquals(Duration.ofHours(1), rest());
        call(SUSPECTED);
        assertTrue(pace.isExcluded());
        assertTrue(pace.isBlocking(false));
    }

    @Test
    void rateLimitsTakeTheStepsOfAProvider() {
        call(RATE_LIMITED);
        assertEquals(Duration.ofMinutes(15), rest());
        call(RATE_LIMITED);
        assertEquals(Duration.ofHours(1), rest());
        call(RATE_LIMITED);
        assertTrue(pace.isExcluded());
        assertFalse(pace.isBlocking(false), "it is no block");
    }

    @Test
    void aTemporaryFaultOfOneNameSuspendsNothing() {
        call(TEMPORARY);
        assertEquals(Duration.ZERO, rest());
    }

    @Test
    void afterABlockOfAnEarlierNightOneCanaryDecides() {
        pace = pace.returning();
        var welcomed = pace;
        call(TEMPORARY);
        assertTrue(pace.isExcluded());
        assertTrue(pace.isBlocking(true));
        pace = welcomed;
        call(WELCOMED);
        assertFalse(pace.isBlocking(true));
        assertTrue(pace.wasWelcomed());
    }

    @Test
    void whoIsChargedFollowsFromHowTheProviderWasDecided() {
        var charged = new EnumMap<Provider.Source, Charged>(Provider.Source.class);
        Arrays.stream(Provider.Source.values()).forEach(source -> charged.put(source, Charged.of(source)));
        assertEquals(
                Map.of(
                        Provider.Source.OVERRIDE,
                        Charged.PROVIDER,
                        Provider.Source.POOL,
                        Charged.ADDRESS,
                        Provider.Source.CNAME,
                        Charged.PROVIDER,
                        Provider.Source.PSL,
                        Charged.PROVIDER,
                        Provider.Source.PREFIX,
                        Charged.PROVIDER,
                        Provider.Source.NET,
                        Charged.ADDRESS),
                charged);
    }
}
