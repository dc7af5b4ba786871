package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.starttlscensus.fact.Feedback;

class ProviderStateTest {

    private static final Instant DUSK = Instant.parse("2030-01-01T22:00:00Z");
    private static final Instant LATER = DUSK.plusSeconds(900);
    private static final ProviderState OPEN = new ProviderState.Active();
    private static final ProviderState SUSPENDED =
            new ProviderState.BackedOff(DUSK, LATER, 1, Feedback.Signal.RATE_LIMITED);
    private static final ProviderState LONGER =
            new ProviderState.BackedOff(DUSK, LATER.plusSeconds(1), 2, Feedback.Signal.RATE_LIMITED);
    private static final ProviderState EXCLUDED = new ProviderState.Excluded(DUSK, Feedback.Signal.BLOCKED);

    @ParameterizedTest
    @EnumSource(Feedback.Signal.class)
    void isABlockOnlyWhereTheProviderBlocksOrSeemsTo(Feedback.Signal cause) {
        var blocks = cause == Feedback.Signal.BLOCKED || cause == Feedback.Signal.SUSPECTED;
        assertEquals(blocks, new ProviderState.Excluded(DUSK, cause).isBlock());
        assertFalse(new ProviderState.BackedOff(DUSK, LATER, 1, cause).isBlock());
    }

    @Test
    void isNewAfterAnActiveOne() {
        assertTrue(SUSPENDED.isNewAfter(OPEN, DUSK));
        assertTrue(EXCLUDED.isNewAfter(OPEN, DUSK));
        assertTrue(EXCLUDED.isNewAfter(SUSPENDED, DUSK));
        assertFalse(OPEN.isBlock() || OPEN.isNewAfter(EXCLUDED, DUSK) || OPEN.isNewAfter(SUSPENDED, DUSK));
    }

    @Test
    void isNotNewAfterOneOfTheSameKind() {
        assertFalse(EXCLUDED.isNewAfter(EXCLUDED, LATER));
        assertFalse(SUSPENDED.isNewAfter(EXCLUDED, LATER));
        assertFalse(SUSPENDED.isNewAfter(SUSPENDED, LATER));
    }

    @Test
    void isOnlyExtendedByACallInProgress() {
        assertFalse(LONGER.isNewAfter(SUSPENDED, LATER.minusNanos(1)));
        assertTrue(LONGER.isNewAfter(SUSPENDED, LATER));
    }
}
