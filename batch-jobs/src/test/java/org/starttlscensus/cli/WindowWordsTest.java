package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.NightCalendar.MissedNights;
import org.starttlscensus.settings.CallWindow;

class WindowWordsTest {

    private static final CallWindow BERLIN =
            new CallWindow(LocalTime.of(23, 0), LocalTime.of(7, 0), ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-30T18:48:00Z | closed; opens in 3 h 12 min, at 2026-11-30 22:00 UTC",
                "2026-11-30T21:59:30Z | closed; opens in 1 min, at 2026-11-30 22:00 UTC",
                "2026-11-30T22:00:00Z | open; the last call is in 7 h 15 min, at 2026-12-01 05:15 UTC",
                "2026-12-01T05:15:00Z | no more calls tonight; the next window opens at 2026-12-01 22:00 UTC",
                "2026-12-01T06:00:00Z | closed; opens in 16 h 00 min, at 2026-12-01 22:00 UTC",
            })
    void sayWhenCallsAreMade(Instant now, String words) {
        assertEquals("Window 23:00-07:00 Europe/Berlin: " + words, WindowWords.state(BERLIN, now));
    }

    @Test
    void sayWhichNightsWereMissed() {
        var first = CensusNight.of("2026-11-28");
        assertEquals(
                "night 2026-11-28 was missed: no run began in its window.",
                WindowWords.missed(new MissedNights(first, first, 1)));
        assertEquals(
                "2 nights were missed, from 2026-11-28 to 2026-11-29: no run began in their windows.",
                WindowWords.missed(new MissedNights(first, CensusNight.of("2026-11-29"), 2)));
    }
}
