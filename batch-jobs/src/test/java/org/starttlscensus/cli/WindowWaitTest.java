package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.job.RefusedNightException;
import org.starttlscensus.settings.CallWindow;
import org.starttlscensus.store.NightRow;

/** A run outside its window, on a clock that the test moves. */
class WindowWaitTest {

    private static final CallWindow WINDOW = new CallWindow(LocalTime.of(22, 0), LocalTime.of(6, 0), ZoneId.of("UTC"));

    private final StringWriter said = new StringWriter();
    private Instant now = Instant.parse("2026-11-30T18:48:00Z");
    private Optional<NightRow> latest = Optional.empty();
    private Optional<CensusNight> wanted = Optional.empty();

    private boolean await(Duration longest, LongUnaryOperator passes) {
        return await(waiting(longest), passes);
    }

    private WindowWait waiting(Duration longest) {
        return new WindowWait(new PrintWriter(said), WINDOW, longest, wanted);
    }

    private boolean await(WindowWait wait, LongUnaryOperator passes) {
        return wait.await(() -> latest, () -> now, nanos -> now = now.plusNanos(passes.applyAsLong(nanos)));
    }

    private void completed(String night) {
        opened(night, Optional.of(Instant.parse(night + "T23:00:00Z")));
    }

    private void opened(String night, Optional<Instant> completedAt) {
        latest = Optional.of(new NightRow(
                CensusNight.of(night),
                1,
                "test",
                "test",
                Instant.parse(night + "T22:00:00Z"),
                completedAt,
                false,
                Optional.empty()));
    }

    @Test
    void waitsUntilTheWindowOpensAndSaysUntilWhen() {
        assertTrue(await(Duration.ofDays(2), nanos -> nanos));
        assertEquals(Instant.parse("2026-11-30T22:00:00Z"), now);
        assertEquals(
                "census: calls are made from 22:00-06:00 UTC only (census.window), the last one 45 min before the end. "
                        + "The window opens in 3 h 12 min, at 2026-11-30 22:00 UTC. The night begins then. Ctrl-C ends the wait; nothing is lost.\n",
                said.toString());
    }

    @Test
    void inTheWindowItSaysNothingAndDoesNotWait() {
        now = Instant.parse("2026-12-01T03:00:00Z");
        assertTrue(await(Duration.ofHours(1), _ -> {
            throw new AssertionError("waited");
        }));
        assertEquals("", said.toString());
    }

    @Test
    void ifNeededItWaitsAnHourAtMost() {
        assertFalse(await(Duration.ofHours(1), _ -> {
            throw new AssertionError("waited");
        }));
        assertTrue(said.toString().contains("Nothing was started"), said::toString);
        now = Instant.parse("2026-11-30T21:30:00Z");
        assertTrue(await(Duration.ofHours(1), nanos -> nanos));
    }

    /** The clock is asked each time: set back by an hour while the run waits, it waits an hour longer. */
    @Test
    void aClockThatIsSetRightMeanwhileMakesItNeitherEarlyNorLate() {
        var steps = new int[1];
        assertTrue(await(
                Duration.ofDays(2),
                nanos -> ++steps[0] == 10 ? Duration.ofHours(-1).toNanos() : nanos));
        assertEquals(Instant.parse("2026-11-30T22:00:00Z"), now);
    }

    /** By day the night before is finished at once; the next one waits for its own window. */
    @Test
    void theNextNightWaitsAlsoWhileTheOneBeforeIsNotFinished() {
        opened("2026-11-29", Optional.empty());
        now = Instant.parse("2026-11-30T12:00:00Z");
        var before = waiting(Duration.ofDays(2));
        assertTrue(await(before, _ -> {
            throw new AssertionError("waited");
        }));
        assertEquals(CensusNight.of("2026-11-29"), before.awaited());
        wanted = Optional.of(CensusNight.of("2026-11-30"));
        assertTrue(await(Duration.ofDays(2), nanos -> nanos));
        assertEquals(Instant.parse("2026-11-30T22:00:00Z"), now);
    }

    /** Ten minutes for the lock and the preflight may pass the end of the window, or the last call in it. */
    @Test
    void theNightIsTheOneThatWasAwaitedHoweverLongTheRunTakesToBegin() {
        completed("2026-11-29");
        now = Instant.parse("2026-11-30T05:55:00Z");
        var late = waiting(Duration.ofHours(1));
        assertTrue(await(late, nanos -> nanos));
        now = Instant.parse("2026-11-30T06:05:00Z");
        assertEquals(CensusNight.of("2026-11-29"), late.awaited());
    }

    @Test
    void aMistypedNightIsRefusedBeforeTheWait() {
        wanted = Optional.of(CensusNight.of("2062-11-30"));
        assertThrows(RefusedNightException.class, () -> await(Duration.ofDays(2), nanos -> nanos));
    }

    @Test
    void saysWhichNightsWereMissed() {
        completed("2026-11-27");
        assertTrue(await(Duration.ofDays(2), nanos -> nanos));
        assertTrue(
                said.toString()
                        .startsWith("census: 2 nights were missed, from 2026-11-28 to 2026-11-29: "
                                + "no run began in their windows.\n"),
                said::toString);
    }
}
