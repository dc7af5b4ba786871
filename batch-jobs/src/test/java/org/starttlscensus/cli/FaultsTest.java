package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.UncategorizedSQLException;
import picocli.CommandLine;

/** The exit code and the message when the database fails. */
class FaultsTest {

    private static final Map<String, Integer> EXITS = Map.of(
            "57014", 5, "53100", 5, "58030", 5, "42501", 5, "25006", 5, "08006", 5, "54000", 1, "42P01", 1, "23505", 1,
            "40P01", 1);

    private final StringWriter err = new StringWriter();

    private int exit(String state) {
        var command = new CommandLine(new CensusCommand()).setErr(new PrintWriter(err, true));
        var fault = new SQLException("ERROR: words of the server\n  Detail: more of them", state);
        return Faults.ofExecution(
                new IllegalStateException(
                        "the calls could not go on",
                        new UncategorizedSQLException("PreparedStatementCallback", "SELECT 1", fault)),
                command,
                command.parseArgs());
    }

    @Test
    void environmentFaultsAreExitFiveAndBugsExitOne() {
        var exits = new TreeMap<String, Integer>();
        EXITS.keySet().forEach(state -> exits.put(state, exit(state)));
        assertEquals(new TreeMap<>(EXITS), exits);
    }

    @Test
    void environmentFaultsAreOneLineWithoutATrace() {
        exit("57014");
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(
                err.toString().contains("ERROR: words of the server (SQLSTATE 57014). What was stored is kept."),
                err::toString);
        assertFalse(err.toString().contains("a bug of ours"), err::toString);
    }
}
