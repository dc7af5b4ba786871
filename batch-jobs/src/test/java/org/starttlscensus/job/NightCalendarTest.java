package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.NightRow;

/** Which nights may be run. The calendar is that of the Internet. */
class NightCalendarTest {

    private static Optional<NightRow> opened(String night, String at) {
        return Optional.of(new NightRow(
                CensusNight.of(night),
                1,
                "test",
                "test",
                Instant.parse(at),
                Optional.empty(),
                false,
                Optional.empty()));
    }

    private static boolean isAllowed(String night, Optional<NightRow> latest, String now) {
        try {
            NightCalendar.requireAllowed(CensusNight.of(night), latest, Instant.parse(now));
            return true;
        } catch (RefusedNightException refused) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T12:00:00Z, 2026-11-30",
        "2026-11-30T21:55:00Z, 2026-11-30",
        "2026-11-30T23:00:00Z, 2026-11-30",
        "2026-12-01T03:00:00Z, 2026-11-30",
        "2026-12-01T05:59:59Z, 2026-11-30",
        "2026-12-01T06:00:00Z, 2026-12-01",
    })
    void withoutAnOpenNightOnlyTheOneWhoseWindowIsOpenOrOpensNextIsAllowed(String now, String allowed) {
        assertTrue(isAllowed(allowed, Optional.empty(), now));
        assertEquals(CensusNight.of(allowed), NightCalendar.tonight(Optional.empty(), Instant.parse(now), false));
        var date = CensusNight.of(allowed).date();
        for (var other : new int[] {-7, -1, 1, 2, 365, 13_000})
            assertTrue(!isAllowed(date.plusDays(other).toString(), Optional.empty(), now), () -> other + " days");
    }

    @Test
    void theOpenNightAndTheNextOneAreAllowed() {
        var open = opened("2026-11-30", "2026-11-30T22:00:00Z");
        var now = "2026-12-01T03:00:00Z";
        assertTrue(isAllowed("2026-11-30", open, now));
        assertTrue(!isAllowed("2026-12-01", open, now), "its window has not opened");
        assertTrue(!isAllowed("2026-12-02", open, now));
        assertTrue(!isAllowed("2026-11-29", open, now));
        assertEquals(CensusNight.of("2026-11-30"), NightCalendar.tonight(open, Instant.parse(now), false));
    }

    /** After six the next window is that of the next night, although the open one may last until seven. */
    @Test
    void theNextNightIsAllowedWhenTheWindowHasClosed() {
        var open = opened("2026-11-30", "2026-11-30T23:00:00Z");
        var now = "2026-12-01T06:30:00Z";
        assertTrue(isAllowed("2026-11-30", open, now));
        assertTrue(isAllowed("2026-12-01", open, now));
        assertTrue(!isAllowed("2026-12-02", open, now));
    }

    @Test
    void aNightOfLongAgoIsNotOpen() {
        var ended = opened("2026-11-29", "2026-11-29T22:00:00Z");
        assertTrue(isAllowed("2026-11-30", ended, "2026-11-30T12:00:00Z"));
        assertTrue(!isAllowed("2026-11-29", ended, "2026-11-30T12:00:00Z"));
    }

    @Test
    void aMistypedYearIsRefusedInWords() {
        var refused = assertThrows(
                RefusedNightException.class,
                () -> NightCalendar.requireAllowed(
                        CensusNight.of("2062-11-30"), Optional.empty(), Instant.parse("2026-11-30T12:00:00Z")));
        assertEquals(
                "night 2062-11-30: a run may be for the next night only, 2026-11-30. No server was called, and nothing "
                        + "was stored. Check the date; without --night the right one is chosen. (In a lab, with "
                        + "census.lab.networks, any night may be run.)",
                refused.getMessage());
        assertDoesNotThrow(() -> NightCalendar.requireAllowed(
                CensusNight.of("2026-11-30"), Optional.empty(), Instant.parse("2026-11-30T12:00:00Z")));
    }

    /** In a lab the night is today's date, as it always was. */
    @Test
    void inALabTheNightIsToday() {
        assertEquals(
                CensusNight.of("2026-12-01"),
                NightCalendar.tonight(Optional.empty(), Instant.parse("2026-12-01T03:00:00Z"), true));
    }
}
