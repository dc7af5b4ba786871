package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.starttlscensus.Observations;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.politeness.ReplyClassifier;

/** A server that is known to refuse STARTTLS for want of a certificate, and is not asked twice a night. */
class KnownRefusalTest {

    private static final Duration GAP = Duration.ofMinutes(30);
    private static final Observation REFUSED = Observations.replied(
                    CallPhase.STARTTLS, "454 4.7.0 TLS not available due to local problem")
            .build();
    private static final Observation NOT_ASKED =
            Observations.replied(CallPhase.EHLO, Observations.OFFERING).build();
    private static final Observation WITHOUT =
            Observations.replied(CallPhase.EHLO, Observations.FULL).build();

    private static ServerVerdict merged(boolean refusedBefore, Observation... calls) {
        return AttemptMerge.of(
                List.of(calls).stream()
                        .map(call ->
                                Attempt.of(call, ReplyClassifier.judge(call).meaning()))
                        .toList(),
                GAP,
                refusedBefore);
    }

    @Test
    void oneMoreRefusalConfirmsWhatIsKnown() {
        assertEquals(Outcome.TEMP_UNAVAILABLE, merged(false, REFUSED).outcome());
        assertEquals(Outcome.TLS_UNAVAILABLE, merged(true, REFUSED).outcome());
        assertFalse(merged(true, REFUSED).flags().contains(OutcomeFlag.NOT_ASKED));
    }

    @Test
    void aServerThatStillAdvertisesItKeepsTheOutcome() {
        var kept = merged(true, NOT_ASKED);
        assertEquals(Outcome.TLS_UNAVAILABLE, kept.outcome());
        assertTrue(kept.flags().contains(OutcomeFlag.NOT_ASKED));
    }

    /** The refusal is too old, or another name of the address was asked and did not meet it. */
    @Test
    void withoutARefusalThatStandsItIsUnknown() {
        var open = merged(false, NOT_ASKED);
        assertEquals(Outcome.TEMP_UNAVAILABLE, open.outcome());
        assertEquals(Optional.empty(), open.starttls());
        assertTrue(open.flags().contains(OutcomeFlag.NOT_ASKED));
    }

    @Test
    void aServerThatAdvertisesItNoMoreHasItsOwnOutcome() {
        assertEquals(Outcome.NO_STARTTLS_UNCONFIRMED, merged(true, WITHOUT).outcome());
    }

    /** A single 5xx is another answer, and needs its own second look. */
    @Test
    void anotherRefusalIsNotConfirmedByIt() {
        var other = Observations.replied(CallPhase.STARTTLS, "502 5.5.1 Error: command not implemented")
                .build();
        assertEquals(Outcome.TEMP_UNAVAILABLE, merged(true, other).outcome());
    }
}
