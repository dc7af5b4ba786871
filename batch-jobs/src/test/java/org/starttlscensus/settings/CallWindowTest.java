package org.starttlscensus.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.CensusNight;

class CallWindowTest {

    @ParameterizedTest
    @CsvSource({
        "22:00-06:00 UTC, 2026-11-30T12:00:00Z, 2026-11-30T22:00:00Z, 2026-12-01T06:00:00Z",
        "22:00-06:00 UTC, 2026-11-30T22:00:00Z, 2026-11-30T22:00:00Z, 2026-12-01T06:00:00Z",
        "22:00-06:00 UTC, 2026-12-01T05:59:59Z, 2026-11-30T22:00:00Z, 2026-12-01T06:00:00Z",
        "22:00-06:00 UTC, 2026-12-01T06:00:00Z, 2026-12-01T22:00:00Z, 2026-12-02T06:00:00Z",
        "01:00-07:00 UTC, 2026-12-01T00:30:00Z, 2026-12-01T01:00:00Z, 2026-12-01T07:00:00Z",
        "23:00-06:00 Europe/Berlin, 2026-11-30T12:00:00Z, 2026-11-30T22:00:00Z, 2026-12-01T05:00:00Z",
        "23:00-06:00 Europe/Berlin, 2026-07-30T12:00:00Z, 2026-07-30T21:00:00Z, 2026-07-31T04:00:00Z",
        "22:00-06:00 America/New_York, 2026-12-01T02:00:00Z, 2026-12-01T03:00:00Z, 2026-12-01T11:00:00Z",
        "22:00-06:00 Asia/Tokyo, 2026-12-01T12:59:00Z, 2026-12-01T13:00:00Z, 2026-12-01T21:00:00Z",
    })
    void isTheOneThatIsOpenOrOpensNext(String window, Instant now, Instant opens, Instant closes) {
        assertEquals(new WindowSpan(opens, closes), CallWindow.of(window).at(now));
    }

    /** Clocks go forward on 2027-03-28 and back on 2026-10-25: these windows last an hour less, or more. */
    @ParameterizedTest
    @CsvSource({
        "22:00-06:00 Europe/Berlin, 2027-03-27, 2027-03-27T21:00:00Z, 2027-03-28T04:00:00Z",
        "22:00-06:00 Europe/Berlin, 2026-10-24, 2026-10-24T20:00:00Z, 2026-10-25T05:00:00Z",
        "22:00-02:30 Europe/Berlin, 2027-03-27, 2027-03-27T21:00:00Z, 2027-03-28T01:30:00Z",
        "22:00-02:30 Europe/Berlin, 2026-10-24, 2026-10-24T20:00:00Z, 2026-10-25T00:30:00Z",
    })
    void followsTheClocksOfItsZone(String window, String night, Instant opens, Instant closes) {
        assertEquals(new WindowSpan(opens, closes), CallWindow.of(window).of(CensusNight.of(night)));
    }

    /** Over two years, minute by minute at its edges: each UTC date has one window, and windows do not overlap. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "22:00-06:00 UTC",
                "00:00-16:00 UTC",
                "22:00-06:00 Europe/Berlin",
                "22:00-06:00 America/New_York",
                "23:30-07:00 Australia/Lord_Howe",
                "22:00-06:00 Africa/Casablanca",
                "02:30-05:00 Pacific/Auckland"
            })
    void givesEveryDateOneNight(String hours) {
        var window = CallWindow.of(hours);
        var nights = new HashSet<CensusNight>();
        var before = window.at(Instant.parse("2026-01-02T00:00:00Z"));
        var now = before.closes();
        for (; now.isBefore(Instant.parse("2028-01-02T00:00:00Z")); now = before.closes()) {
            var span = window.at(now);
            assertTrue(nights.add(span.night()), () -> span + " has the date of another night");
            assertFalse(span.opens().isBefore(now), () -> span + " overlaps the one before");
            assertEquals(span, window.of(span.night()));
            assertEquals(span, window.at(span.opens()));
            assertEquals(span, window.at(span.closes().minusNanos(1)));
            assertTrue(Duration.between(span.opens(), span.closes()).compareTo(Duration.ofMinutes(90)) >= 0);
            before = span;
        }
        assertEquals(730, nights.size(), 1);
    }

    @Test
    void permitsNothingInItsLastFortyFiveMinutes() {
        var span = CallWindow.of("22:00-06:00 UTC").of(CensusNight.of("2026-11-30"));
        assertEquals(Instant.parse("2026-12-01T05:15:00Z"), span.lastPermit());
    }

    @Test
    void isWrittenAsItIsSet() {
        for (var text : new String[] {"22:00-06:00 UTC", "23:30-07:00 Europe/Berlin"})
            assertEquals(text, CallWindow.of(text).toString());
    }
}
