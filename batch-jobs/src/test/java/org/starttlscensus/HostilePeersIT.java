package org.starttlscensus;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.smtp.Deadlines;
import org.starttlscensus.smtp.ScriptedMailServer;

/** Calls each {@link HostilePeer} with the real prober: the call ends in time, with its outcome, within our limits. */
@Timeout(60)
class HostilePeersIT {

    /** 1.3 s for the greeting, 1.2 s for each other phase, 3.6 s for the whole call. */
    private static final Deadlines SHORT = Deadlines.ordinary().scaled(0.02);

    private static final Duration SLACK = Duration.ofSeconds(2);
    private static final int MOST_OCTETS = 96 * 1024;

    @BeforeAll
    static void warmUp() throws Exception {
        Probers.warmUp();
    }

    @Test
    void thereAreAtLeastThirty() {
        assertTrue(HostilePeer.values().length >= 30);
    }

    @ParameterizedTest
    @EnumSource
    void endsInItsOutcomeWithinItsDeadline(HostilePeer peer) throws Exception {
        try (var server = ScriptedMailServer.with(peer.script())) {
            var prober = Probers.at(server, SHORT);
            var began = System.nanoTime();
            var seen = prober.call(server.endpoint(), Probers.NOW, _ -> {});
            var took = Duration.ofNanos(System.nanoTime() - began);
            assertAll(
                    () -> assertEquals(
                            peer.outcome(),
                            Probers.outcome(seen),
                            () -> seen.ending() + " in " + seen.phase() + ": " + seen.detail()),
                    () -> assertTrue(took.compareTo(longest(peer.until()).plus(SLACK)) < 0, () -> "took " + took),
                    () -> assertTrue(seen.received() <= MOST_OCTETS, () -> seen.received() + " octets"),
                    () -> assertTrue(seen.excerpt().size() <= 1_000),
                    () -> assertNotEquals(Ending.BROKEN_OFF, seen.ending()));
        }
    }

    /** The phase's deadline, and the time for QUIT. */
    private static Duration longest(CallPhase phase) {
        return SHORT.of(phase).plus(SHORT.quit());
    }
}
