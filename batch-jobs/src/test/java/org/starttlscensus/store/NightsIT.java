package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.CensusNight;

class NightsIT {

    private static final CensusNight NIGHT = CensusNight.of("2030-01-01");
    private static final Instant OPENED = Instant.parse("2030-01-01T22:00:00Z");

    @TempDir
    static Path directory;

    /** The clock was an hour ahead when the night was opened and has been corrected since. */
    @Test
    void aNightIsCompleteAlthoughTheClockWasSetBack() {
        try (var database = EmptyDatabase.in(directory)) {
            var nights = new Nights(database);
            nights.open(NIGHT, "1", "roots", OPENED);
            nights.complete(nights.takeOver(NIGHT), OPENED.minusSeconds(3_600));
            assertEquals(Optional.of(OPENED), nights.find(NIGHT).orElseThrow().completedAt());
        }
    }

    /**
     * A run that starts after midnight continues the night that was interrupted before it. If that night is complete,
     * the run opens no other one, because its calls would come hours after the last ones.
     */
    @Test
    void aNightIncludesStartsWithinItsWindow() {
        try (var database = EmptyDatabase.in(directory.resolve("under-way"))) {
            var nights = new Nights(database);
            var night = nights.open(NIGHT, "1", "roots", OPENED);
            assertTrue(night.includes(OPENED.plus(Duration.ofHours(7))));
            assertFalse(night.includes(OPENED.plus(Duration.ofHours(8))));
            nights.complete(nights.takeOver(NIGHT), OPENED.plusSeconds(60));
            var complete = nights.find(NIGHT).orElseThrow();
            assertTrue(complete.includes(OPENED.plus(Duration.ofHours(3))));
            assertFalse(complete.includes(OPENED.plus(Duration.ofHours(8))));
        }
    }
}
