package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.CensusNight;
import org.starttlscensus.store.StandingWait;

/** A wait is told as it was said; in a lab, too, where it is over in minutes. */
class SkipWordsTest {

    private static final Instant ASKED_AT = Instant.parse("2026-11-28T10:00:00Z");

    private static StandingWait wait(Duration until) {
        return new StandingWait(
                "fastidious.test",
                Address.of("192.0.2.1"),
                true,
                CensusNight.of("2026-11-27"),
                ASKED_AT,
                Duration.ofDays(3),
                ASKED_AT.plus(until),
                Optional.of("come back in 3 days"));
    }

    @Test
    void aRealWaitLastsAsLongAsWasSaid() {
        assertEquals(
                "asked us on 28 Nov 2026 to wait 3 days (\"come back in 3 days\"): until 1 Dec 2026 10:00 UTC; "
                        + "it may be called again in night 2026-12-01",
                SkipWords.withNight(wait(Duration.ofDays(3))));
    }

    @Test
    void aLabSaysWhatItMakesOfIt() {
        assertEquals(
                "asked us on 28 Nov 2026 to wait 3 days (\"come back in 3 days\"): in this lab, whose waits are 1,000 "
                        + "times shorter, until 28 Nov 2026 10:04 UTC; it may be called again after that",
                SkipWords.withNight(wait(Duration.ofDays(3).dividedBy(1_000))));
    }
}
