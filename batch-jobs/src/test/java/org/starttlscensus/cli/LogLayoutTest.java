package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogLayoutTest {

    private static final String HOSTILE = "\u001b]0;owned\u0007 \u009b31m\r2026-11-23T00:00:00Z ERROR Night  forged\n"
            + "2026-11-23T00:00:00Z ERROR Night  forged\u202e\u007f\0";

    @Test
    void anEventIsOneLineThatSteersNoTerminal() {
        assertEquals(
                "2026-11-23T22:00:00Z WARN  Some  seen \\x1B]0;owned\\x07 \\x9B31m\\x0D"
                        + "2026-11-23T00:00:00Z ERROR Night  forged"
                        + "\\x0A2026-11-23T00:00:00Z ERROR Night  forged\\x202E\\x7F\\x00\n",
                line(null));
    }

    @Test
    void noLineOfAStackTraceCanPassForAnEvent() {
        var lines = line(new IllegalStateException(HOSTILE, new RuntimeException(HOSTILE)))
                .lines()
                .skip(1)
                .toList();
        assertTrue(lines.size() > 4);
        lines.forEach(line -> assertTrue(line.startsWith("    | ") && HostileText.isHarmless(line), line));
    }

    @Test
    void anOutageIsOneLineInWords() {
        var outage = new IllegalStateException(
                "cannot store", new SQLException("This connection has been closed.\n  more", "08003"));
        assertEquals(
                "seen x: the database: This connection has been closed. (SQLSTATE 08003)\n",
                line(new LogLayout(), "x", outage).substring("2026-11-23T22:00:00Z WARN  Some  ".length()));
        assertEquals(
                1,
                line(new LogLayout(), "x", new IOException("No space left on device"))
                        .lines()
                        .count());
    }

    @Test
    void aLineThatIsStampedAlreadyHasNoSecondTime() {
        assertEquals("WARN  Some  seen x\n", line(new LogLayout(false), "x", null));
    }

    private static String line(Throwable thrown) {
        return line(new LogLayout(), HOSTILE, thrown);
    }

    private static String line(LogLayout layout, String seen, Throwable thrown) {
        var logger = new LoggerContext().getLogger("org.example.Some");
        var event = new LoggingEvent("", logger, Level.WARN, "seen {}", thrown, new Object[] {seen});
        event.setInstant(Instant.parse("2026-11-23T22:00:00Z"));
        return layout.doLayout(event);
    }
}
