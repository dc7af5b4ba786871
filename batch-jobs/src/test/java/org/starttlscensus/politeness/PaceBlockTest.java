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

/**
 * The pace of a provider that blocks us, and every pace at the start of the next night: docs/politeness.md, section 6.
 */
class PaceBlockTest extends PaceScene {

    @Nested
    class Blocked {

        @Test
        void oneServerCostsAnHourAndASecondTheNight() {
            call(Signal.BLOCKED);
            assertEquals(Duration.ofHours(1), rest());
            call(Signal.WELCOMED);
            calls(20, Signal.WELCOMED);
            call(Signal.BLOCKED);
            assertTrue(pace.isExcluded());
        }

        @Test
        void aTextThatNamesUsCostsTheNightAtOnce() {
            call(Signal.BLOCKED, 1, RefusalTarget.US, Duration.ZERO);
            assertEquals(new ProviderState.Excluded(now, Signal.BLOCKED), pace.state());
        }

        @Test
        void aSecondBlockCountsDuringTheSuspensionToo() {
            var before = now;
            call(Signal.BLOCKED);
            pace = pace.after(new Pace.CallFeedback(99, Feedback.of(Signal.BLOCKED), before, now.plusSeconds(1)));
            assertTrue(pace.isExcluded());
        }

        @Test
        void onAnEarlierNightMeansOneCanary() {
            pace = Pace.returning(limits, "example.net");
            assertEquals(1, pace.window());
            var refused =
                    pace.after(new Pace.CallFeedback(1, Feedback.of(Signal.UNREACHABLE), now, now.plusSeconds(1)));
            assertTrue(refused.isExcluded());
            var welcomed = pace.after(new Pace.CallFeedback(1, Feedback.of(Signal.WELCOMED), now, now.plusSeconds(1)));
            assertEquals(new ProviderState.Active(), welcomed.state());
        }
    }

    @Nested
    class Suspected {

        @Test
        void twoServersCostAnHourAndARefusedCanaryTheNight() {
            call(Signal.SUSPECTED);
            assertEquals(Duration.ZERO, rest());
            call(Signal.SUSPECTED);
            assertEquals(Duration.ofHours(1), rest());
            call(Signal.SUSPECTED);
            assertTrue(pace.isExcluded());
        }

        @Test
        void aCompletedCanaryResetsTheCount() {
            calls(2, Signal.SUSPECTED);
            call(Signal.WELCOMED);
            call(Signal.SUSPECTED);
            assertEquals(Duration.ZERO, rest());
        }
    }

    /** What a night learned is kept, but no exclusion "for the rest of the night". */
    @Nested
    class TheNextNight {

        @Test
        void callsACanaryOfAProviderThatWasExcludedBefore() {
            calls(2, Signal.BLOCKED);
            assertTrue(pace.isExcluded());
            var excludedAt = now;
            pace = pace.nextNight();
            assertFalse(pace.isExcluded());
            assertEquals(Optional.of(excludedAt.plusSeconds(3_600)), pace.suspendedUntil());
            assertEquals(1, pace.window());
            call(Signal.BLOCKED);
            assertTrue(pace.isExcluded(), "a refused canary");
        }

        @Test
        void keepsASuspensionAndWhatLedToIt() {
            calls(2, Signal.RATE_LIMITED);
            var before = pace.suspendedUntil();
            pace = pace.nextNight();
            assertEquals(before, pace.suspendedUntil());
            call(Signal.RATE_LIMITED);
            assertTrue(pace.isExcluded(), "the third of six hours");
        }

        @Test
        void countsCompletedCallsOfItsOwn() {
            call(Signal.WELCOMED);
            assertTrue(pace.wasWelcomed());
            assertFalse(pace.nextNight().wasWelcomed());
        }

        /**
         * Each night starts with one call at a time (docs/politeness.md, section 2), whatever window the night before
         * ended with.
         */
        @Test
        void startsWithOneCallAtATime() {
            calls(20, Signal.WELCOMED);
            assertEquals(2, pace.window());
            assertEquals(1, pace.nextNight().window());
        }
    }
}
