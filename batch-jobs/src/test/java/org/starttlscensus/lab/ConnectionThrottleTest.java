package org.starttlscensus.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.starttlscensus.lab.Session.AdmissionResult.BLOCKED;
import static org.starttlscensus.lab.Session.AdmissionResult.CLOSED;
import static org.starttlscensus.lab.Session.AdmissionResult.LIMITED;
import static org.starttlscensus.lab.Session.AdmissionResult.SERVED;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.starttlscensus.lab.Session.AdmissionResult;

@DisplayName("A connection throttle")
class ConnectionThrottleTest {

    private static final Instant T0 = Instant.parse("2026-11-23T22:00:00Z");

    private ConnectionThrottle throttle = new ConnectionThrottle(ThrottlePolicy.NONE, 1);

    private AdmissionResult call(double second) {
        var result = throttle.admit(T0.plusMillis((long) (second * 1_000))).result();
        throttle.left();
        return result;
    }

    private List<AdmissionResult> calls(double... seconds) {
        return IntStream.range(0, seconds.length)
                .mapToObj(i -> call(seconds[i]))
                .toList();
    }

    @Test
    void withoutLimitsServesEveryClient() {
        assertEquals(List.of(SERVED, SERVED, SERVED), calls(0, 0, 0));
    }

    @Test
    void countsOpenConnections() {
        throttle = new ConnectionThrottle(ThrottlePolicy.limits(1, ThrottlePolicy.UNLIMITED), 1);
        assertEquals(SERVED, throttle.admit(T0).result());
        assertEquals(LIMITED, call(1));
        throttle.left();
        assertEquals(SERVED, call(2));
    }

    @Test
    void countsConnectionsWithinAMinuteRefusedOnesToo() {
        throttle = new ConnectionThrottle(ThrottlePolicy.limits(ThrottlePolicy.UNLIMITED, 2), 1);
        assertEquals(List.of(SERVED, SERVED, LIMITED, LIMITED, SERVED), calls(0, 30, 59, 61, 119.5));
    }

    @Test
    void scalesItsDurations() {
        throttle = new ConnectionThrottle(ThrottlePolicy.limits(ThrottlePolicy.UNLIMITED, 2), 0.05);
        assertEquals(List.of(SERVED, SERVED, LIMITED, SERVED), calls(0, 1, 2, 5));
    }

    @Nested
    class WhoBlocks {

        @Test
        void doesSoForTheDurationOfThePolicy() {
            throttle = new ConnectionThrottle(
                    ThrottlePolicy.limits(ThrottlePolicy.UNLIMITED, 1).blocksAfter(2, Duration.ofHours(1)), 1);
            assertEquals(List.of(SERVED, LIMITED, LIMITED, BLOCKED, BLOCKED), calls(0, 1, 2, 3, 3_600));
            assertEquals(SERVED, call(3_663));
        }

        @Test
        void doesSoAfterANumberOfCallsAtAnyPace() {
            throttle = new ConnectionThrottle(ThrottlePolicy.hostileAfter(2), 1);
            assertEquals(List.of(SERVED, SERVED, BLOCKED, BLOCKED), calls(0, 3_600, 7_200, 10_800));
        }
    }

    @Test
    void servesAfterATime() {
        throttle = new ConnectionThrottle(ThrottlePolicy.closedFor(Duration.ofMinutes(1), "421 not yet"), 1);
        assertEquals(List.of(CLOSED, CLOSED, SERVED), calls(0, 59, 60));
    }
}
