package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.RefusalTarget;
import org.starttlscensus.fact.Feedback.Signal;

/** The table of signals, row by row: docs/politeness.md, section 6. */
class PaceTest extends PaceScene {

    @Nested
    class TheWindow {

        @Test
        void growsByOneOverItselfAndEndsAtItsLimit() {
            wide(5);
            assertEquals(1, pace.window());
            call(Signal.WELCOMED);
            assertEquals(2, pace.window());
            calls(2, Signal.WELCOMED);
            assertEquals(3, pace.window());
            calls(3, Signal.WELCOMED);
            assertEquals(4, pace.window());
            calls(4, Signal.WELCOMED);
            assertEquals(5, pace.window());
            calls(50, Signal.WELCOMED);
            assertEquals(5, pace.window());
        }

        @Test
        void ofAProviderWithoutAnOverrideEndsAtTwo() {
            calls(50, Signal.WELCOMED);
            assertEquals(2, pace.window());
        }

        /** Reverse hysteresis: down at the beginning of a cycle, up at its end. */
        @Test
        void shrinksAtTheFirstRefusalOfACycle() {
            wide(5);
            calls(10, Signal.WELCOMED);
            call(Signal.TEMPORARY, 1, RefusalTarget.NOBODY, Duration.ZERO);
            assertEquals(4, pace.window());
            call(Signal.TEMPORARY, 1, RefusalTarget.NOBODY, Duration.ZERO);
            assertEquals(4, pace.window());
            for (int i = 0; i < 40; i++) call(Signal.TEMPORARY, 1, RefusalTarget.NOBODY, Duration.ZERO);
            assertEquals(1, pace.window(), "never below one");
        }

        @Test
        void isHalvedByARateLimitAndOneForTheCanary() {
            wide(5);
            calls(10, Signal.WELCOMED);
            call(Signal.RATE_LIMITED);
            assertEquals(1, pace.window(), "suspended: a canary is alone");
            call(Signal.WELCOMED);
            assertEquals(1, pace.window());
        }
    }

    @Nested
    class RateLimited {

        @Test
        void aQuarterOfAnHourThenAnHourThenTheRestOfTheNight() {
            call(Signal.RATE_LIMITED);
            assertEquals(Duration.ofMinutes(15), rest());
            assertEquals(Duration.ofSeconds(10), pace.gap());
            call(Signal.RATE_LIMITED);
            assertEquals(Duration.ofHours(1), rest());
            call(Signal.RATE_LIMITED);
            assertTrue(pace.isExcluded());
        }

        @Test
        void theStepsAreOfSixHours() {
            call(Signal.RATE_LIMITED);
            call(Signal.WELCOMED);
            now = now.plus(Duration.ofHours(6));
            call(Signal.RATE_LIMITED);
            assertEquals(Duration.ofMinutes(15), rest());
        }

        @Test
        void aHintCountsIfItIsLongerAndExcludesIfItIsLongerThanANight() {
            call(Signal.RATE_LIMITED, 1, RefusalTarget.NOBODY, Duration.ofMinutes(40));
            assertEquals(Duration.ofMinutes(40), rest());
            call(Signal.WELCOMED);
            call(Signal.RATE_LIMITED, 2, RefusalTarget.NOBODY, Duration.ofMinutes(10));
            assertEquals(Duration.ofHours(1), rest());
            call(Signal.WELCOMED);
            pace = Pace.starting(limits, "example.net");
            call(Signal.RATE_LIMITED, 1, RefusalTarget.NOBODY, Duration.ofDays(3));
            assertTrue(pace.isExcluded());
        }

        @Test
        void tenCompletedCallsHalveTheGapAndThenTheWindowGrowsAgain() {
            call(Signal.RATE_LIMITED);
            calls(9, Signal.WELCOMED);
            assertEquals(Duration.ofSeconds(10), pace.gap());
            call(Signal.WELCOMED);
            assertEquals(Duration.ofSeconds(5), pace.gap());
            assertEquals(1, pace.window());
            call(Signal.WELCOMED);
            assertEquals(2, pace.window());
        }

        /** Otherwise a provider that allows two calls a minute would be called until it blocks. */
        @Test
        void aSecondRateLimitKeepsTheGapForTheNight() {
            call(Signal.RATE_LIMITED);
            calls(3, Signal.WELCOMED);
            call(Signal.RATE_LIMITED);
            assertEquals(Duration.ofSeconds(40), pace.gap());
            calls(100, Signal.WELCOMED);
            assertEquals(Duration.ofSeconds(40), pace.gap());
            assertEquals(1, pace.window());
        }

        @Test
        void aCallInProgressTakesNoFurtherStep() {
            var before = now;
            call(Signal.RATE_LIMITED);
            pace = pace.after(new Pace.CallFeedback(7, Feedback.of(Signal.RATE_LIMITED), before, now.plusSeconds(9)));
            assertEquals(
                    Optional.of(now.plusSeconds(9).plus(Duration.ofMinutes(15))),
                    pace.suspendedUntil(),
                    "from the last call that ended");
            assertEquals(Duration.ofSeconds(10), pace.gap());
        }

        @Test
        void theLoadOfOneServerDoesNotSuspendItsProvider() {
            call(Signal.OVERLOADED);
            assertEquals(Duration.ZERO, rest());
        }
    }

    @Nested
    class Temporary {

        @Test
        void threeServersWithinTenMinutesMeanTheProvider() {
            calls(2, Signal.TEMPORARY);
            assertEquals(Duration.ZERO, rest());
            call(Signal.TEMPORARY);
            assertEquals(Duration.ofMinutes(15), rest());
            assertEquals(Duration.ofSeconds(10), pace.gap());
        }

        @Test
        void oneServerNeverMeansTheProvider() {
            for (int i = 0; i < 9; i++) call(Signal.TEMPORARY, 1, RefusalTarget.NOBODY, Duration.ZERO);
            assertEquals(Duration.ZERO, rest());
        }

        @Test
        void aCompletedCallOrTenMinutesResetTheCount() {
            calls(2, Signal.TEMPORARY);
            call(Signal.WELCOMED);
            calls(2, Signal.TEMPORARY);
            now = now.plusSeconds(601);
            call(Signal.TEMPORARY);
            assertEquals(Duration.ZERO, rest());
        }

        @Test
        void theCanaryTakesTheNextStep() {
            calls(3, Signal.TEMPORARY);
            call(Signal.TEMPORARY);
            assertEquals(Duration.ofHours(1), rest());
            call(Signal.TEMPORARY);
            assertTrue(pace.isExcluded());
        }
    }

    @Nested
    class Unreachable {

        @Test
        void fiveServersAndNoCompletedCallForTenMinutesCostHalfAnHour() {
            calls(4, Signal.UNREACHABLE);
            assertEquals(Duration.ZERO, rest());
            call(Signal.UNREACHABLE);
            assertEquals(Duration.ofMinutes(30), rest());
        }

        @Test
        void aCompletedCallAFewMinutesAgoProvesThatTheProviderIsReachable() {
            call(Signal.WELCOMED);
            calls(9, Signal.UNREACHABLE);
            assertEquals(Duration.ZERO, rest());
            now = now.plusSeconds(601);
            call(Signal.UNREACHABLE);
            assertEquals(Duration.ofMinutes(30), rest());
        }
    }

    @Test
    void threeTarpitsCostAQuarterOfAnHourAndATarpittedCanaryProvesNothing() {
        calls(2, Signal.TARPITTED);
        assertEquals(1, pace.window(), "no growth");
        call(Signal.TARPITTED);
        assertEquals(Duration.ofMinutes(15), rest());
        calls(5, Signal.TARPITTED);
        assertEquals(1, pace.window());
        assertFalse(rest().isPositive());
        call(Signal.WELCOMED);
        assertEquals(new ProviderState.Active(), pace.state());
    }

    @Test
    void aProtocolFaultOfOursExcludesTheProvider() {
        call(Signal.SELF_INFLICTED);
        assertTrue(pace.isExcluded());
    }

    @Test
    void signalsThatSayNothingAboutUsChangeNothing() {
        calls(3, Signal.WELCOMED);
        var before = pace;
        for (var signal : new Signal[] {
            Signal.GREYLISTED,
            Signal.HANDSHAKE_FAILED,
            Signal.INJECTED,
            Signal.LOCAL_ERROR,
            Signal.NO_ROUTE_HERE,
            Signal.NEUTRAL
        }) call(signal);
        assertEquals(before, pace);
    }

    @Test
    void aLabsClockScalesEveryWait() {
        pace = Pace.starting(Limits.CEILINGS.scaled(0.05), "example.net");
        call(Signal.RATE_LIMITED, 1, RefusalTarget.NOBODY, Duration.ofMinutes(20));
        assertEquals(Duration.ofMinutes(1), rest());
        assertEquals(Duration.ofMillis(500), pace.gap());
    }
}
