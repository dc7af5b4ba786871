package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Reception;
import org.starttlscensus.fact.Reception.Kind;
import org.starttlscensus.fact.Reception.Naming;

/** The table of signals, row by row: politeness, section 6. */
class PaceTest {

    private static final Instant DUSK = Instant.parse("2030-01-01T22:00:00Z");

    private Limits limits = Limits.CEILINGS;
    private Pace pace = Pace.starting(limits, "example.net");
    private Instant now = DUSK;
    private long endpoint;

    private void wide(int window) {
        limits = limits.withProviders(Map.of("example.net", Limits.CEILINGS.provider().withOpen(window)));
        pace = Pace.starting(limits, "example.net");
    }

    /** One more call of an endpoint of its own, a second long, as soon as it is allowed. */
    private void call(Kind kind) {
        call(kind, ++endpoint, Naming.NOBODY, Duration.ZERO);
    }

    private void call(Kind kind, long endpointId, Naming naming, Duration stayAway) {
        pace.suspendedUntil().filter(now::isBefore).ifPresent(until -> now = until);
        var asked = stayAway.isZero() ? Optional.<Duration>empty() : Optional.of(stayAway);
        pace = pace.after(new Pace.Heard(endpointId, new Reception(kind, naming, asked), now, now.plusSeconds(1)));
        now = now.plusSeconds(1);
    }

    private void calls(int count, Kind kind) {
        for (int i = 0; i < count; i++) call(kind);
    }

    private Duration rest() {
        return Duration.between(now, pace.suspendedUntil().orElse(now));
    }

    @Nested
    class TheWindow {

        @Test
        void growsByOneOverItselfAndEndsAtItsLimit() {
            wide(5);
            assertEquals(1, pace.window());
            call(Kind.WELCOMED);
            assertEquals(2, pace.window());
            calls(2, Kind.WELCOMED);
            assertEquals(3, pace.window());
            calls(3, Kind.WELCOMED);
            assertEquals(4, pace.window());
            calls(4, Kind.WELCOMED);
            assertEquals(5, pace.window());
            calls(50, Kind.WELCOMED);
            assertEquals(5, pace.window());
        }

        @Test
        void ofAProviderWithoutAnOverrideEndsAtTwo() {
            calls(50, Kind.WELCOMED);
            assertEquals(2, pace.window());
        }

        /** Reverse hysteresis: down at the beginning of a cycle, up at its end. */
        @Test
        void shrinksAtTheFirstRefusalOfACycle() {
            wide(5);
            calls(10, Kind.WELCOMED);
            call(Kind.TEMPORARY, 1, Naming.NOBODY, Duration.ZERO);
            assertEquals(4, pace.window());
            call(Kind.TEMPORARY, 1, Naming.NOBODY, Duration.ZERO);
            assertEquals(4, pace.window());
            for (int i = 0; i < 40; i++) call(Kind.TEMPORARY, 1, Naming.NOBODY, Duration.ZERO);
            assertEquals(1, pace.window(), "never below one");
        }

        @Test
        void isHalvedByAProviderThatLimitsUsAndOneForTheCanary() {
            wide(5);
            calls(10, Kind.WELCOMED);
            call(Kind.RATE_LIMITED);
            assertEquals(1, pace.window(), "suspended: a canary is alone");
            call(Kind.WELCOMED);
            assertEquals(1, pace.window());
        }
    }

    @Nested
    class RateLimited {

        @Test
        void aQuarterOfAnHourThenAnHourThenTheRestOfTheNight() {
            call(Kind.RATE_LIMITED);
            assertEquals(Duration.ofMinutes(15), rest());
            assertEquals(Duration.ofSeconds(10), pace.gap());
            call(Kind.RATE_LIMITED);
            assertEquals(Duration.ofHours(1), rest());
            call(Kind.RATE_LIMITED);
            assertTrue(pace.isParked());
        }

        @Test
        void theStepsAreOfSixHours() {
            call(Kind.RATE_LIMITED);
            call(Kind.WELCOMED);
            now = now.plus(Duration.ofHours(6));
            call(Kind.RATE_LIMITED);
            assertEquals(Duration.ofMinutes(15), rest());
        }

        @Test
        void aHintCountsIfItIsLongerAndMoreThanANightParks() {
            call(Kind.RATE_LIMITED, 1, Naming.NOBODY, Duration.ofMinutes(40));
            assertEquals(Duration.ofMinutes(40), rest());
            call(Kind.WELCOMED);
            call(Kind.RATE_LIMITED, 2, Naming.NOBODY, Duration.ofMinutes(10));
            assertEquals(Duration.ofHours(1), rest());
            call(Kind.WELCOMED);
            pace = Pace.starting(limits, "example.net");
            call(Kind.RATE_LIMITED, 1, Naming.NOBODY, Duration.ofDays(3));
            assertTrue(pace.isParked());
        }

        @Test
        void tenWelcomesHalveTheGapAndThenTheWindowGrowsAgain() {
            call(Kind.RATE_LIMITED);
            calls(9, Kind.WELCOMED);
            assertEquals(Duration.ofSeconds(10), pace.gap());
            call(Kind.WELCOMED);
            assertEquals(Duration.ofSeconds(5), pace.gap());
            assertEquals(1, pace.window());
            call(Kind.WELCOMED);
            assertEquals(2, pace.window());
        }

        /** Else a provider that allows two calls a minute would be asked until it blocks. */
        @Test
        void whoAsksAgainIsBelievedForTheNight() {
            call(Kind.RATE_LIMITED);
            calls(3, Kind.WELCOMED);
            call(Kind.RATE_LIMITED);
            assertEquals(Duration.ofSeconds(40), pace.gap());
            calls(100, Kind.WELCOMED);
            assertEquals(Duration.ofSeconds(40), pace.gap());
            assertEquals(1, pace.window());
        }

        @Test
        void whatWasOpenAlreadyTakesNoFurtherStep() {
            var before = now;
            call(Kind.RATE_LIMITED);
            pace = pace.after(new Pace.Heard(7, Reception.of(Kind.RATE_LIMITED), before, now.plusSeconds(9)));
            assertEquals(Optional.of(now.plusSeconds(9).plus(Duration.ofMinutes(15))), pace.suspendedUntil(), "from the last one heard");
            assertEquals(Duration.ofSeconds(10), pace.gap());
        }

        @Test
        void oneServersLoadIsTheServersOwn() {
            call(Kind.OVERLOADED);
            assertEquals(Duration.ZERO, rest());
        }
    }

    @Nested
    class Temporary {

        @Test
        void threeServersWithinTenMinutesMeanTheProvider() {
            calls(2, Kind.TEMPORARY);
            assertEquals(Duration.ZERO, rest());
            call(Kind.TEMPORARY);
            assertEquals(Duration.ofMinutes(15), rest());
            assertEquals(Duration.ofSeconds(10), pace.gap());
        }

        @Test
        void oneServerAlwaysMeansItself() {
            for (int i = 0; i < 9; i++) call(Kind.TEMPORARY, 1, Naming.NOBODY, Duration.ZERO);
            assertEquals(Duration.ZERO, rest());
        }

        @Test
        void aWelcomeOrTenMinutesForgetThem() {
            calls(2, Kind.TEMPORARY);
            call(Kind.WELCOMED);
            calls(2, Kind.TEMPORARY);
            now = now.plusSeconds(601);
            call(Kind.TEMPORARY);
            assertEquals(Duration.ZERO, rest());
        }

        @Test
        void theCanaryTakesTheNextStep() {
            calls(3, Kind.TEMPORARY);
            call(Kind.TEMPORARY);
            assertEquals(Duration.ofHours(1), rest());
            call(Kind.TEMPORARY);
            assertTrue(pace.isParked());
        }
    }

    @Nested
    class Blocked {

        @Test
        void oneServerCostsAnHourAndASecondTheNight() {
            call(Kind.BLOCKED);
            assertEquals(Duration.ofHours(1), rest());
            call(Kind.WELCOMED);
            calls(20, Kind.WELCOMED);
            call(Kind.BLOCKED);
            assertTrue(pace.isParked());
        }

        @Test
        void aTextThatNamesUsCostsTheNightAtOnce() {
            call(Kind.BLOCKED, 1, Naming.US, Duration.ZERO);
            assertEquals(new Standing.Parked(now, Kind.BLOCKED), pace.standing());
        }

        @Test
        void aSecondOneIsHeardWhileItIsSuspendedToo() {
            var before = now;
            call(Kind.BLOCKED);
            pace = pace.after(new Pace.Heard(99, Reception.of(Kind.BLOCKED), before, now.plusSeconds(1)));
            assertTrue(pace.isParked());
        }

        @Test
        void onAnEarlierNightMeansOneCanary() {
            pace = Pace.returning(limits, "example.net");
            assertEquals(1, pace.window());
            var refused = pace.after(new Pace.Heard(1, Reception.of(Kind.UNREACHABLE), now, now.plusSeconds(1)));
            assertTrue(refused.isParked());
            var welcomed = pace.after(new Pace.Heard(1, Reception.of(Kind.WELCOMED), now, now.plusSeconds(1)));
            assertEquals(new Standing.Open(), welcomed.standing());
        }
    }

    @Nested
    class Suspected {

        @Test
        void twoServersCostAnHourAndARefusedCanaryTheNight() {
            call(Kind.SUSPECTED);
            assertEquals(Duration.ZERO, rest());
            call(Kind.SUSPECTED);
            assertEquals(Duration.ofHours(1), rest());
            call(Kind.SUSPECTED);
            assertTrue(pace.isParked());
        }

        @Test
        void aWelcomedCanaryRefutesIt() {
            calls(2, Kind.SUSPECTED);
            call(Kind.WELCOMED);
            call(Kind.SUSPECTED);
            assertEquals(Duration.ZERO, rest());
        }
    }

    @Nested
    class Unreachable {

        @Test
        void fiveServersAndNoWelcomeForTenMinutesCostHalfAnHour() {
            calls(4, Kind.UNREACHABLE);
            assertEquals(Duration.ZERO, rest());
            call(Kind.UNREACHABLE);
            assertEquals(Duration.ofMinutes(30), rest());
        }

        @Test
        void aWelcomeAFewMinutesAgoSaysThatTheProviderIsThere() {
            call(Kind.WELCOMED);
            calls(9, Kind.UNREACHABLE);
            assertEquals(Duration.ZERO, rest());
            now = now.plusSeconds(601);
            call(Kind.UNREACHABLE);
            assertEquals(Duration.ofMinutes(30), rest());
        }
    }

    @Test
    void threeTarpitsCostAQuarterOfAnHourAndACanaryThatIsKeptWaitingProvesNothing() {
        calls(2, Kind.TARPITTED);
        assertEquals(1, pace.window(), "no growth");
        call(Kind.TARPITTED);
        assertEquals(Duration.ofMinutes(15), rest());
        calls(5, Kind.TARPITTED);
        assertEquals(1, pace.window());
        assertFalse(rest().isPositive());
        call(Kind.WELCOMED);
        assertEquals(new Standing.Open(), pace.standing());
    }

    @Test
    void ourOwnFaultStopsUsAtThatProvider() {
        call(Kind.SELF_INFLICTED);
        assertTrue(pace.isParked());
    }

    @Test
    void whatIsNoAnswerToUsMovesNothing() {
        calls(3, Kind.WELCOMED);
        var before = pace;
        for (var kind : new Kind[] {Kind.GREYLISTED, Kind.HANDSHAKE_FAILED, Kind.INJECTED, Kind.LOCAL_ERROR,
            Kind.NO_ROUTE_HERE, Kind.NEUTRAL}) call(kind);
        assertEquals(before, pace);
    }

    @Test
    void aLabsClockScalesEveryWait() {
        pace = Pace.starting(Limits.CEILINGS.scaled(0.05), "example.net");
        call(Kind.RATE_LIMITED, 1, Naming.NOBODY, Duration.ofMinutes(20));
        assertEquals(Duration.ofMinutes(1), rest());
        assertEquals(Duration.ofMillis(500), pace.gap());
    }

    /** At the boundary of two nights nothing that was learned is lost, and nothing that was "for the rest of the night" stays. */
    @Nested
    class TheNextNight {

        @Test
        void asksACanaryOfWhomTheOneBeforeLeftAlone() {
            calls(2, Kind.BLOCKED);
            assertTrue(pace.isParked());
            var parkedAt = now;
            pace = pace.nextNight();
            assertFalse(pace.isParked());
            assertEquals(Optional.of(parkedAt.plusSeconds(3_600)), pace.suspendedUntil());
            assertEquals(1, pace.window());
            call(Kind.BLOCKED);
            assertTrue(pace.isParked(), "a refused canary");
        }

        @Test
        void keepsASuspensionAndWhatLedToIt() {
            calls(2, Kind.RATE_LIMITED);
            var before = pace.suspendedUntil();
            pace = pace.nextNight();
            assertEquals(before, pace.suspendedUntil());
            call(Kind.RATE_LIMITED);
            assertTrue(pace.isParked(), "the third of six hours");
        }

        @Test
        void countsWelcomesOfItsOwn() {
            call(Kind.WELCOMED);
            assertTrue(pace.wasWelcomed());
            assertFalse(pace.nextNight().wasWelcomed());
        }

        /** Each night starts with one call at a time (contract, section 2), however many the night before had earned. */
        @Test
        void startsWithOneCallAtATime() {
            calls(20, Kind.WELCOMED);
            assertEquals(2, pace.window());
            assertEquals(1, pace.nextNight().window());
        }
    }
}
