package org.starttlscensus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
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

    /** The clock was an hour ahead when the night was opened, and has been set right since. */
    @Test
    void aNightIsCompleteAlthoughTheClockWasSetBack() {
        try (var database = EmptyDatabase.in(directory)) {
            var nights = new Nights(database);
            nights.open(NIGHT, "1", "roots", OPENED);
            nights.complete(nights.takeOver(NIGHT), OPENED.minusSeconds(3_600));
            assertEquals(Optional.of(OPENED), nights.find(NIGHT).orElseThrow().completedAt());
        }
    }
}
