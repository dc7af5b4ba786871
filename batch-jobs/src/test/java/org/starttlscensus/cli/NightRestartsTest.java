package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.starttlscensus.cli.NightRestarts.RestartReason;

class NightRestartsTest {

    private final NightRestarts restarts = new NightRestarts();

    private static RuntimeException fault(String sqlState) {
        return new DataAccessResourceFailureException("a step failed", new SQLException("by the server", sqlState));
    }

    @Test
    void anOutageIsWaitedOutHoweverOftenItComes() {
        for (int i = 0; i < 100; i++) assertEquals(RestartReason.OUTAGE, restarts.after(fault("57P01")));
    }

    @Test
    void aDeadlockIsBegunAnewThreeTimes() {
        for (int i = 0; i < 3; i++)
            assertEquals(RestartReason.CONFLICT, restarts.after(fault(i == 0 ? "40001" : "40P01")));
        var fourth = fault("40P01");
        assertSame(fourth, assertThrows(RuntimeException.class, () -> restarts.after(fourth)));
    }

    @Test
    void allElseEndsTheRun() {
        var full = fault("53100");
        assertSame(full, assertThrows(RuntimeException.class, () -> restarts.after(full)));
        var bug = new IllegalStateException("ours");
        assertSame(bug, assertThrows(RuntimeException.class, () -> restarts.after(bug)));
    }
}
