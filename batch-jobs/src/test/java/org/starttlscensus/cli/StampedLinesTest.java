package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StampedLinesTest {

    private static final Instant NOW = Instant.parse("2026-11-30T21:55:00.987Z");

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final PrintStream out = StampedLines.on(new PrintStream(file, true, StandardCharsets.UTF_8), () -> NOW);

    @Test
    void everyLineBeginsWithTheTime() {
        out.println("resolve");
        out.print("call");
        out.println("   done in 3 s");
        out.printf("census: one%ncensus: two%n");
        out.println();
        assertEquals("""
                2026-11-30T21:55:00Z resolve
                2026-11-30T21:55:00Z call   done in 3 s
                2026-11-30T21:55:00Z census: one
                2026-11-30T21:55:00Z census: two
                2026-11-30T21:55:00Z\s
                """, file.toString(StandardCharsets.UTF_8));
    }

    @Test
    void lettersOfSeveralOctetsStayWhole() {
        out.println("bücher");
        assertEquals("2026-11-30T21:55:00Z bücher\n", file.toString(StandardCharsets.UTF_8));
    }
}
