package org.starttlscensus.smtp;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.CallPhase;

@DisplayName("The deadlines of a call")
class DeadlinesTest {

    @Test
    void areThoseOfTheContract() {
        assertEquals(seconds(30, 65, 60, 60, 60, 60, 10), perPhase(Deadlines.ordinary()));
        assertEquals(ofMinutes(3), Deadlines.ordinary().whole());
        assertEquals(seconds(30, 300, 300, 120, 60, 60, 10), perPhase(Deadlines.patient()));
        assertEquals(ofMinutes(7), Deadlines.patient().whole());
    }

    @Test
    void shrinkTogetherForTheLab() {
        var scaled = Deadlines.ordinary().scaled(0.1);
        assertEquals(ofMillis(6_500), scaled.banner());
        assertEquals(ofSeconds(18), scaled.whole());
        assertEquals(ofMillis(600), scaled.afterFin(true));
    }

    @Test
    void areNeverZero() {
        assertEquals(ofMillis(1), Deadlines.ordinary().scaled(0).banner());
        assertThrows(
                IllegalArgumentException.class,
                () -> new Deadlines(
                        Duration.ZERO,
                        ofSeconds(1),
                        ofSeconds(1),
                        ofSeconds(1),
                        ofSeconds(1),
                        ofSeconds(1),
                        ofSeconds(1),
                        ofSeconds(1)));
    }

    private static List<Duration> perPhase(Deadlines deadlines) {
        return Arrays.stream(CallPhase.values()).map(deadlines::of).toList();
    }

    private static List<Duration> seconds(long... seconds) {
        return Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList();
    }
}
