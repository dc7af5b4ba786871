package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0.0 s",
        "PT0.005S, 5.0 ms",
        "PT0.4S, 0.4 s",
        "PT59S, 59 s",
        "PT5M, 5 min",
        "PT3M20S, 3 min 20 s",
        "PT2H, 2 h",
        "PT5H12M, 5 h 12 min",
        "PT48H, 2 days",
        "PT76H48M, 3 days 4 h",
        "P14D, 14 days"
    })
    void areForPeople(Duration duration, String words) {
        assertEquals(words, Durations.of(duration));
    }

    @ParameterizedTest
    @CsvSource({
        "the deadline of phase banner passed: PT1M5S, the deadline of phase banner passed: 65 s",
        "PT0.6S and PT2H, 0.6 s and 2 h",
        "PT, PT",
        "OPT3S is no duration, OPT3S is no duration",
        "the name PTSD.test, the name PTSD.test"
    })
    void insideStoredTextsToo(String stored, String words) {
        assertEquals(words, Durations.inWords(stored));
    }
}
