package org.starttlscensus.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Address;

@DisplayName("A connection log")
class ConnectionLogTest {

    private static final Instant T0 = Instant.parse("2026-11-23T22:00:00Z");

    private final ConnectionLog log =
            new ConnectionLog(List.of(session(5, 9), session(0, 5), session(6, 7), session(8, 8)));

    private static Session session(int from, int to) {
        return new Session(
                Address.of("127.0.0.1"),
                Address.of("127.0.0.2"),
                T0.plusSeconds(from),
                T0.plusSeconds(to),
                Session.AdmissionResult.SERVED,
                Optional.empty(),
                0,
                0,
                List.of(),
                0,
                Session.TlsHandshake.NONE,
                Session.SessionEnding.QUIT);
    }

    @Test
    void countsSessionsThatOverlapAndNotThoseThatOnlyTouch() {
        assertEquals(2, log.peakOpen());
        assertEquals(0, new ConnectionLog(List.of()).peakOpen());
    }

    @Test
    void knowsTheShortestGapBetweenStarts() {
        assertEquals(Optional.of(Duration.ofSeconds(1)), log.shortestGap());
        assertEquals(Optional.empty(), new ConnectionLog(List.of(session(1, 2))).shortestGap());
    }

    @Test
    void countsWithinASlidingWindow() {
        assertEquals(3, log.mostWithin(Duration.ofSeconds(4)));
        assertEquals(2, log.mostWithin(Duration.ofSeconds(3)), "a window of three seconds does not hold both ends");
        assertEquals(1, log.mostWithin(Duration.ZERO.plusMillis(1)));
    }
}
