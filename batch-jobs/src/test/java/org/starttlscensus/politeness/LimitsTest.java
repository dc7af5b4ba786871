package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LimitsTest {

    private static final Limits POLICY = Limits.CEILINGS;

    @ParameterizedTest
    @CsvSource({
        "ADDRESS,1,PT30S,2",
        "ENDPOINT,1,PT30M,3",
        "PREFIX,2,PT6S,",
        "PROVIDER,2,PT5S,4800",
        "SOURCE,400,PT0.05S,"
    })
    void arePoliteByDefault(LimitKey key, int open, Duration gap, Integer perNight) {
        assertEquals(
                new Limit(open, gap, perNight == null ? OptionalInt.empty() : OptionalInt.of(perNight)),
                POLICY.of(key));
    }

    @ParameterizedTest
    @CsvSource({"0,PT30S", "6,PT30S", "7,PT35S", "24,PT120S", "180,PT120S"})
    void giveASlowServerFiveTimesItsTime(long lastCallSeconds, Duration gap) {
        assertEquals(gap, POLICY.addressGapAfter(Duration.ofSeconds(lastCallSeconds)));
    }

    @Test
    void allowAnAddressOneMoreCallForEachSampledName() {
        assertEquals(22, POLICY.addressCallsPerNight(20));
    }

    @Nested
    class MadeStricter {

        @Test
        void takeTheValuesOfTheOperator() {
            var strict = POLICY.with(
                    LimitKey.SOURCE,
                    POLICY.source().withOpen(10).withGap(Duration.ofSeconds(1)).withPerNight(1_000));
            assertEquals(new Limit(10, Duration.ofSeconds(1), OptionalInt.of(1_000)), strict.source());
            assertEquals(POLICY.address(), strict.address());
        }

        @Test
        void aGapBeyondTheLongestIsKept() {
            var strict = POLICY.with(LimitKey.ADDRESS, POLICY.address().withGap(Duration.ofMinutes(10)))
                    .with(LimitKey.PROVIDER, POLICY.provider().withGap(Duration.ofMinutes(2)));
            assertEquals(Duration.ofMinutes(10), strict.addressGapAfter(Duration.ofSeconds(24)));
            assertEquals(
                    Duration.ofMinutes(2),
                    strict.longestProviderGap(strict.provider().gap()));
        }
    }

    @Nested
    class MadeLaxer {

        @ParameterizedTest
        @EnumSource
        void areRefusedForEveryKeyWithTheReason(LimitKey key) {
            var limit = POLICY.of(key);
            refused(key, limit.withOpen(limit.open() + 1), "open at once");
            refused(key, limit.withGap(limit.gap().minusMillis(1)), "a gap of at least");
        }

        @Test
        void inTotalsAreRefusedToo() {
            refused(LimitKey.ADDRESS, POLICY.address().withPerNight(3), "at most 2 calls a night");
            refused(
                    LimitKey.PROVIDER,
                    new Limit(1, Duration.ofSeconds(5), OptionalInt.empty()),
                    "at most 4,800 calls a night");
        }

        private void refused(LimitKey key, Limit limit, String allowed) {
            var message = assertThrows(IllegalArgumentException.class, () -> POLICY.with(key, limit))
                    .getMessage();
            assertTrue(message.startsWith("laxer than the policy, which allows per " + key.settingName()), message);
            assertTrue(message.contains(allowed), message);
        }
    }

    @Nested
    class ScaledForTheLab {

        @Test
        void multiplyEveryDurationAndNothingElse() {
            var lab = POLICY.scaled(0.05);
            assertEquals(new Limit(1, Duration.ofMillis(1_500), OptionalInt.of(2)), lab.address());
            assertEquals(Duration.ofSeconds(90), lab.endpoint().gap());
            assertEquals(new Limit(400, Duration.ofNanos(2_500_000), OptionalInt.empty()), lab.source());
            assertEquals(
                    Duration.ofSeconds(3), lab.longestProviderGap(lab.provider().gap()));
            assertEquals(Duration.ofSeconds(6), lab.addressGapAfter(Duration.ofSeconds(2)), "capped at 120 s x 0.05");
        }

        @Test
        void byZeroLiftPacingButNeitherTotalsNorTheSingleCallPerServer() {
            var lab = POLICY.scaled(0);
            assertEquals(new Limit(1, Duration.ZERO, OptionalInt.of(2)), lab.address());
            assertEquals(new Limit(1, Duration.ZERO, OptionalInt.of(3)), lab.endpoint());
            assertEquals(new Limit(Limit.UNLIMITED, Duration.ZERO, OptionalInt.empty()), lab.prefix());
            assertEquals(new Limit(Limit.UNLIMITED, Duration.ZERO, OptionalInt.of(4_800)), lab.provider());
            assertEquals(Limit.UNLIMITED, lab.source().open());
            assertEquals(Duration.ZERO, lab.addressGapAfter(Duration.ofSeconds(9)));
        }

        /** At scale 0 a census once opened 16,000 calls at once, although 50 were configured. */
        @ParameterizedTest
        @CsvSource({"SOURCE,50", "SOURCE,400", "PREFIX,1", "PREFIX,2", "PROVIDER,1", "PROVIDER,2"})
        void byZeroLiftNoConfiguredOpenLimit(LimitKey key, int open) {
            var lab = POLICY.withOpen(key, open)
                    .with(LimitKey.ADDRESS, POLICY.address().withPerNight(1))
                    .scaled(0);
            assertEquals(open, lab.of(key).open());
            for (var other : EnumSet.complementOf(EnumSet.of(key, LimitKey.ADDRESS, LimitKey.ENDPOINT))) {
                assertEquals(Limit.UNLIMITED, lab.of(other).open(), () -> "" + other);
            }
        }

        @Test
        void byZeroLiftNoStricterLimitHoweverItWasSet() {
            assertEquals(
                    10,
                    POLICY.with(LimitKey.SOURCE, POLICY.source().withOpen(10))
                            .scaled(0)
                            .source()
                            .open());
        }

        @Test
        void byZeroLiftNoStricterWindowOfOneProvider() {
            var lines = Map.of(
                    "strict",
                    POLICY.provider().withOpen(1),
                    "wide",
                    POLICY.provider().withOpen(5));
            var lab = POLICY.withProviders(lines).scaled(0);
            assertEquals(1, lab.provider("strict").open());
            assertEquals(Limit.UNLIMITED, lab.provider("wide").open());
            var strict =
                    POLICY.withOpen(LimitKey.PROVIDER, 1).withProviders(lines).scaled(0);
            assertEquals(1, strict.provider("wide").open());
        }

        @Test
        void cannotBeScaledUpNorTwice() {
            assertThrows(IllegalArgumentException.class, () -> POLICY.scaled(1.5));
            assertThrows(IllegalArgumentException.class, () -> POLICY.scaled(Double.NaN));
            assertThrows(IllegalStateException.class, () -> POLICY.scaled(0.5).scaled(0.5));
        }
    }
}
