package org.starttlscensus.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaderPasswordTest {

    @TempDir
    Path directory;

    private ReaderPassword chosen() {
        try {
            return ReaderPassword.of(directory, "reader");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void isChosenOnceInAFileThatOnlyItsOwnerReads() throws IOException {
        var chosen = IntStream.range(0, 16).parallel().mapToObj(_ -> chosen()).collect(Collectors.toSet());
        assertEquals(1, chosen.size());
        var one = chosen.iterator().next();
        assertEquals("127.0.0.1:*:census:reader:" + one.password() + "\n", Files.readString(one.file()));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(one.file())));
        try (var files = Files.list(directory)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void isChosenAgainIfItsFileIsDamaged() throws IOException {
        var before = chosen();
        for (var damage :
                new String[] {"", "127.0.0.1:*:census:reader:\n", "127.0.0.1:*:census:other:" + "0".repeat(48)}) {
            Files.writeString(before.file(), damage);
            var after = chosen();
            assertNotEquals(before.password(), after.password());
            assertEquals(48, after.password().length());
        }
    }
}
