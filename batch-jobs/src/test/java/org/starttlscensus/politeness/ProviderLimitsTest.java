package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of single providers, and the messages about limits that are too lax. */
class ProviderLimitsTest {

    private static final Limits POLICY = Limits.CEILINGS;

    private static Limits with(int open, int seconds, int perNight) {
        return POLICY.withProviders(Map.of("own", Limit.of(open, Duration.ofSeconds(seconds), perNight)));
    }

    @Test
    void areThePolicysWithoutALineOfTheirOwn() {
        assertEquals(POLICY.provider(), with(5, 9, 7).provider("other"));
    }

    @Test
    void mayHaveAWiderWindowAndStricterValues() {
        assertEquals(Limit.of(5, Duration.ofSeconds(9), 7), with(5, 9, 7).provider("own"));
        assertEquals(
                Limit.of(1, Duration.ofSeconds(5), 4_800), with(1, 5, 4_800).provider("own"));
    }

    @Test
    void areNeverLaxerThanWhatTheOperatorTightened() {
        var tightened = with(5, 9, 100).with(LimitKey.PROVIDER, Limit.of(1, Duration.ofSeconds(20), 50));
        assertEquals(Limit.of(1, Duration.ofSeconds(20), 50), tightened.provider("own"));
    }

    @Test
    void areScaledLikeTheOthers() {
        assertEquals(
                new Limit(5, Duration.ofMillis(900), OptionalInt.of(7)),
                with(5, 9, 7).scaled(0.1).provider("own"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "6 | 5 | 4800 | at most 5 open at once by its own line",
                "5 | 4 | 4800 | a gap of at least 5 s",
                "5 | 5 | 4801 | at most 4,800 calls a night"
            })
    void areRefusedIfTheyAreTooLax(int open, int seconds, int perNight, String allowed) {
        var message = assertThrows(IllegalArgumentException.class, () -> with(open, seconds, perNight))
                .getMessage();
        assertTrue(message.contains(allowed), message);
    }

    @Test
    void areNamedInSecondsOrMillisecondsInMessages() {
        var source = POLICY.source().withGap(Duration.ofMillis(49));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> POLICY.with(LimitKey.SOURCE, source))
                .getMessage()
                .contains("a gap of at least 50 ms"));
        var lab = POLICY.scaled(0.2);
        var provider = lab.provider().withGap(Duration.ofMillis(999));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> lab.with(LimitKey.PROVIDER, provider))
                .getMessage()
                .contains("a gap of at least 1 s"));
    }

    @Test
    void keepAnExactCeiling() {
        for (var key : LimitKey.values())
            assertEquals(POLICY.of(key), POLICY.with(key, POLICY.of(key)).of(key));
    }
}
