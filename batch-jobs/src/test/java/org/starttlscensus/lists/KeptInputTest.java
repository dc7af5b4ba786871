package org.starttlscensus.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptInputTest {

    private static final String NIGHT = "2030-01-01";

    @TempDir
    private Path folder;

    private Path keep(String text, String night) throws IOException {
        var octets = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return KeptInput.keep(octets, folder, night, Instant.now());
    }

    @Test
    void hasTheBytesOfTheInput() throws IOException {
        var kept = keep("a.test\nb.test\n", NIGHT);
        assertEquals("a.test\nb.test\n", Files.readString(kept));
        assertEquals(kept, keep("a.test\nb.test\n", NIGHT), "the same bytes are the same file");
        assertEquals(Optional.of(kept), KeptInput.last(folder, NIGHT));
        assertEquals(Optional.empty(), KeptInput.last(folder, "2030-01-02"));
        assertEquals(Optional.empty(), KeptInput.last(folder.resolve("none"), NIGHT));
    }

    @Test
    void theLastOneOfANightIsFound() throws IOException {
        var first = keep("a.test\n", NIGHT);
        Files.setLastModifiedTime(first, FileTime.from(Instant.now().minusSeconds(60)));
        var second = keep("b.test\n", NIGHT);
        assertTrue(Files.exists(first), "another edition does not replace it");
        assertEquals(Optional.of(second), KeptInput.last(folder, NIGHT));
    }

    @Test
    void anInputThatBreaksOffLeavesNoFile() throws IOException {
        var broken = new FilterInputStream(new ByteArrayInputStream(new byte[100_000])) {
            @Override
            public int read(byte[] target, int from, int most) throws IOException {
                int read = in.read(target, from, most);
                if (read < 0) throw new IOException("broken pipe");
                return read;
            }
        };
        assertThrows(IOException.class, () -> KeptInput.keep(broken, folder, NIGHT, Instant.now()));
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void filesOfMoreThanAWeekAgoAreRemoved() throws IOException {
        var old = keep("a.test\n", "2029-12-20");
        var recent = keep("b.test\n", "2029-12-27");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
        Files.setLastModifiedTime(recent, FileTime.from(Instant.now().minus(Duration.ofDays(6))));
        keep("c.test\n", NIGHT);
        assertFalse(Files.exists(old));
        assertTrue(Files.exists(recent));
    }
}
