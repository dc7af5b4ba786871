package org.starttlscensus.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedLinesTest {

    private static InputStream octets(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The number of each line with its text, or "too long". */
    private static List<String> read(String text, int most) throws IOException {
        var lines = new BoundedLines(octets(text), most);
        var read = new ArrayList<String>();
        while (lines.advance()) {
            read.add(lines.number() + " "
                    + (lines.isTooLong()
                            ? "too long"
                            : new String(lines.buffer(), 0, lines.length(), StandardCharsets.ISO_8859_1)));
        }
        return read;
    }

    @Test
    void endAtLfOrCrLfOrAtTheEndOfTheFile() throws IOException {
        assertEquals(List.of("1 a", "2 b", "3 ", "4 c\rd"), read("a\nb\r\n\nc\rd", 10));
        assertEquals(List.of("1 a"), read("a\n", 10));
        assertEquals(List.of(), read("", 10));
    }

    /** Around the size of the first buffer, of a chunk, and far beyond both. */
    @ParameterizedTest
    @ValueSource(ints = {1, 1_023, 1_024, 1_025, 1_026, 65_535, 65_536, 65_537, 1_000_000})
    void areKeptUpToTheLimit(int most) throws IOException {
        var line = "x".repeat(most);
        assertEquals(
                List.of("1 " + line, "2 " + line, "3 too long", "4 too long", "5 y"),
                read(line + "\n" + line + "\r\n" + line + "x\n" + line + "\rx\ny", most));
    }

    @Test
    void reportANulBeyondTheLimitToo() throws IOException {
        var lines = new BoundedLines(octets("abc\0\nabc\n\0"), 2);
        assertTrue(lines.advance() && lines.hasNul());
        assertTrue(lines.advance());
        assertFalse(lines.hasNul());
        assertTrue(lines.advance() && lines.hasNul());
    }
}
