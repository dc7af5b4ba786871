package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Feedback;
import org.starttlscensus.fact.Feedback.RefusalTarget;
import org.starttlscensus.fact.Feedback.Signal;

/** Whether later nights must know that a provider blocks us. */
class PaceBlockingTest {

    private static final Instant DUSK = Instant.parse("2030-01-01T22:00:00Z");

    private static Pace after(Pace pace, Signal signal, RefusalTarget target) {
        return pace.after(
                new Pace.CallFeedback(1, new Feedback(signal, target, Optional.empty()), DUSK, DUSK.plusSeconds(1)));
    }

    @Test
    void isTrueForABlockThatEndsTheNight() {
        var pace = Pace.starting(Limits.CEILINGS, "example.net");
        assertFalse(pace.isBlocking(false));
        assertFalse(pace.isBlocking(true));
        assertTrue(after(pace, Signal.BLOCKED, RefusalTarget.US).isBlocking(false));
        assertFalse(after(pace, Signal.SELF_INFLICTED, RefusalTarget.NOBODY).isBlocking(false));
    }

    @Test
    void isTrueForAnyFailedCanaryOfAProviderThatBlockedUsBefore() {
        var pace = Pace.returning(Limits.CEILINGS, "example.net");
        var refused = after(pace, Signal.UNREACHABLE, RefusalTarget.NOBODY);
        assertTrue(refused.isBlocking(true));
        assertFalse(refused.isBlocking(false));
        assertFalse(after(pace, Signal.WELCOMED, RefusalTarget.NOBODY).isBlocking(true));
    }
}
