package org.starttlscensus.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.settings.CallWindow;
import org.starttlscensus.store.NightRow;

/** Which nights may be run, where there is a window. All times are given, so a clock that was stepped is a time. */
class NightCalendarTest {

    private static final CallWindow WINDOW = new CallWindow(LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("UTC"));

    private static Optional<NightRow> opened(String night, String at) {
        return row(night, at, Optional.empty());
    }

    private static Optional<NightRow> completed(String night, String at) {
        return row(night, at, Optional.of(Instant.parse(at).plusSeconds(3_600)));
    }

    private static Optional<NightRow> row(String night, String at, Optional<Instant> completedAt) {
        return Optional.of(new NightRow(
                CensusNight.of(night), 1, "test", "test", Instant.parse(at), completedAt, false, Optional.empty()));
    }

    private static boolean isAllowed(String night, Optional<NightRow> latest, String now) {
        try {
            NightCalendar.requireAllowed(CensusNight.of(night), latest, Instant.parse(now), WINDOW);
            return true;
        } catch (RefusedNightException refused) {
            return false;
        }
    }

    private static String tonight(Optional<NightRow> latest, String now) {
        return NightCalendar.tonight(latest, Instant.parse(now), Optional.of(WINDOW))
                .toString();
    }

    private static Duration untilOpen(Optional<NightRow> latest, String now) {
        return NightCalendar.untilOpen(CensusNight.of(tonight(latest, now)), Instant.parse(now), WINDOW);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T12:00:00Z, 2026-11-30, PT10H",
        "2026-11-30T21:55:00Z, 2026-11-30, PT5M",
        "2026-11-30T23:00:00Z, 2026-11-30, PT0S",
        "2026-12-01T03:00:00Z, 2026-11-30, PT0S",
        "2026-12-01T05:14:59Z, 2026-11-30, PT0S",
        "2026-12-01T06:00:00Z, 2026-12-01, PT16H",
    })
    void withoutABegunNightOnlyTheOneWhoseWindowIsOpenOrOpensNextIsAllowed(String now, String allowed, Duration wait) {
        assertTrue(isAllowed(allowed, Optional.empty(), now));
        assertEquals(allowed, tonight(Optional.empty(), now));
        assertEquals(wait, untilOpen(Optional.empty(), now));
        var date = CensusNight.of(allowed).date();
        for (var other : new int[] {-7, -1, 1, 2, 365, 13_000})
            assertFalse(isAllowed(date.plusDays(other).toString(), Optional.empty(), now), () -> other + " days");
    }

    /** After the last call of a window a night that has begun is finished, and none begins. */
    @Test
    void noNightBeginsInTheLastMinutesOfAWindow() {
        var now = "2026-12-01T05:15:00Z";
        var before = completed("2026-11-29", "2026-11-29T22:00:00Z");
        assertEquals("2026-12-01", tonight(before, now));
        assertEquals(Duration.ofMinutes(1005), untilOpen(before, now));
        var begun = opened("2026-11-30", "2026-11-30T22:00:00Z");
        assertEquals("2026-11-30", tonight(begun, now));
        assertEquals(Duration.ZERO, untilOpen(begun, now));
    }

    @Test
    void midnightInTheWindowKeepsTheNight() {
        var open = opened("2026-11-30", "2026-11-30T22:00:00Z");
        var now = "2026-12-01T03:00:00Z";
        assertEquals("2026-11-30", tonight(open, now));
        assertTrue(isAllowed("2026-11-30", open, now));
        assertFalse(isAllowed("2026-12-01", open, now), "its window has not opened");
        assertFalse(isAllowed("2026-11-29", open, now));
    }

    /** It lacks its results only. The run calls nobody, and need not wait for the next window. */
    @Test
    void aNightThatIsNotCompleteAfterItsWindowIsFinishedAtOnce() {
        var open = opened("2026-11-30", "2026-11-30T23:00:00Z");
        var now = "2026-12-01T06:30:00Z";
        assertEquals("2026-11-30", tonight(open, now));
        assertEquals(Duration.ZERO, untilOpen(open, now));
        assertTrue(isAllowed("2026-11-30", open, now));
        assertTrue(isAllowed("2026-12-01", open, now));
        assertFalse(isAllowed("2026-12-02", open, now));
        assertEquals("2026-12-01", tonight(open, "2026-12-01T22:00:00Z"), "until the next window opens");
        assertFalse(isAllowed("2026-11-30", open, "2026-12-01T22:00:00Z"));
    }

    /** The night before, unfinished, opens no window for the next one. */
    @Test
    void aNightWhoseWindowHasNotOpenedMayNotCall() {
        var next = CensusNight.of("2026-11-30");
        var noon = Instant.parse("2026-11-30T12:00:00Z");
        var unfinished = opened("2026-11-29", "2026-11-29T22:00:00Z");
        NightCalendar.requireAllowed(next, unfinished, noon, WINDOW);
        assertEquals(Duration.ofHours(10), NightCalendar.untilOpen(next, noon, WINDOW));
        var refused = assertThrows(RefusedNightException.class, () -> NightCalendar.requireOpened(next, noon, WINDOW));
        assertEquals(
                "night 2026-11-30: its window opens at 2026-11-30T22:00:00Z only, and it is 2026-11-30T12:00:00Z. "
                        + "No server was called. Start the run again: it waits until then.",
                refused.getMessage());
        NightCalendar.requireOpened(CensusNight.of("2026-11-29"), noon, WINDOW);
        NightCalendar.requireOpened(next, Instant.parse("2026-11-30T22:00:00Z"), WINDOW);
    }

    @Test
    void aCompleteNightIsOverWithItsWindow() {
        var complete = completed("2026-11-30", "2026-11-30T22:00:00Z");
        assertEquals("2026-11-30", tonight(complete, "2026-12-01T05:00:00Z"), "nobody is called twice in a window");
        assertEquals("2026-12-01", tonight(complete, "2026-12-01T06:30:00Z"));
        assertEquals(Duration.ofMinutes(930), untilOpen(complete, "2026-12-01T06:30:00Z"));
    }

    /** The same moments by a clock that goes an hour wrong: it is the same night all the same. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-30T22:10:00Z, 2026-11-30T21:10:00Z",
        "2026-11-30T23:30:00Z, 2026-12-01T00:30:00Z",
        "2026-12-01T00:30:00Z, 2026-11-30T23:30:00Z",
        "2026-12-01T05:30:00Z, 2026-12-01T06:30:00Z",
        "2026-12-01T06:10:00Z, 2026-12-01T05:10:00Z",
    })
    void aClockThatIsSteppedByAnHourChangesNoNight(String before, String after) {
        var open = opened("2026-11-30", "2026-11-30T22:00:30Z");
        assertEquals("2026-11-30", tonight(open, before));
        assertEquals("2026-11-30", tonight(open, after));
        assertTrue(untilOpen(open, after).compareTo(Duration.ofHours(1)) < 0);
    }

    @Test
    void aNightOfLongAgoIsNotFinished() {
        var ended = opened("2026-11-28", "2026-11-28T22:00:00Z");
        assertEquals("2026-11-30", tonight(ended, "2026-11-30T12:00:00Z"));
        assertFalse(isAllowed("2026-11-28", ended, "2026-11-30T12:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T23:00:00Z, 2026-11-29, ",
        "2026-11-30T12:00:00Z, 2026-11-29, ",
        "2026-12-01T05:14:00Z, 2026-11-29, ",
        "2026-12-01T05:15:00Z, 2026-11-29, 2026-11-30 2026-11-30 1",
        "2026-12-01T06:00:00Z, 2026-11-29, 2026-11-30 2026-11-30 1",
        "2026-12-04T12:00:00Z, 2026-11-29, 2026-11-30 2026-12-03 4",
        "2026-12-04T12:00:00Z, 2026-12-05, ",
    })
    void saysWhichNightsWereMissed(String now, String latest, String missed) {
        var found = NightCalendar.missed(completed(latest, latest + "T22:00:00Z"), Instant.parse(now), WINDOW);
        assertEquals(
                Optional.ofNullable(missed),
                found.map(nights -> nights.first() + " " + nights.last() + " " + nights.nights()));
    }

    @Test
    void nothingIsMissedBeforeTheFirstNight() {
        assertEquals(
                Optional.empty(),
                NightCalendar.missed(Optional.empty(), Instant.parse("2026-12-04T12:00:00Z"), WINDOW));
    }

    @Test
    void aMistypedYearIsRefusedInWords() {
        var refused = assertThrows(
                RefusedNightException.class,
                () -> NightCalendar.requireAllowed(
                        CensusNight.of("2062-11-30"), Optional.empty(), Instant.parse("2026-11-30T12:00:00Z"), WINDOW));
        assertEquals(
                "night 2062-11-30: a run may be for the next night only, 2026-11-30. No server was called, and nothing "
                        + "was stored. Check the date; without --night the right one is chosen. (In a lab, with "
                        + "census.lab.networks, any night may be run.)",
                refused.getMessage());
    }

    /** In a lab the night is today's date, as it always was. */
    @Test
    void inALabTheNightIsToday() {
        assertEquals(
                CensusNight.of("2026-12-01"),
                NightCalendar.tonight(Optional.empty(), Instant.parse("2026-12-01T03:00:00Z"), Optional.empty()));
    }
}
