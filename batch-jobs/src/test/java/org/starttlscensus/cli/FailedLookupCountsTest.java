package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FailedLookupCountsTest {

    @Test
    void aPlanWithoutHalfOfItsDomainsIsNone() {
        assertTrue(new FailedLookupCounts(100, 49, 0, 40, 40).leaveAPlan());
        assertFalse(new FailedLookupCounts(100, 50, 0, 40, 40).leaveAPlan());
    }

    /** Where mail goes is known of all domains, and of most hosts not under which address they are. */
    @Test
    void aPlanWithoutHalfOfItsHostsIsNone() {
        assertTrue(new FailedLookupCounts(100, 0, 9, 10, 10).leaveAPlan());
        assertFalse(new FailedLookupCounts(100, 0, 10, 10, 10).leaveAPlan());
        var most = new FailedLookupCounts(100, 0, 90, 10, 8);
        assertFalse(most.leaveAPlan());
        assertEquals(Faults.ENVIRONMENT, most.exit());
        assertTrue(
                most.words().orElseThrow().startsWith("The DNS gave no answer about 90 mail hosts."),
                () -> most.words().toString());
    }

    @Test
    void aPlanThatFewFailuresLeaveIsOne() {
        assertEquals(0, new FailedLookupCounts(100, 1, 1, 90, 80).exit());
        assertFalse(new FailedLookupCounts(100, 1, 0, 0, 0).leaveAPlan());
        assertTrue(FailedLookupCounts.NONE.leaveAPlan());
    }
}
