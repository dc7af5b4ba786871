package org.starttlscensus.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full or read-only: a tmpfs of one megabyte, which only root can mount. */
class SmallDiskIT {

    @TempDir
    Path directory;

    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString());
        assumeTrue(mounted, "skipped: no right to mount a tmpfs here");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) assertTrue(run("umount", disk.toString()));
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static List<DatasetFile> tooMuch() {
        return List.of(Published.file("adoption.csv", 1, 10), Published.file("domains.csv", 1, 200_000));
    }

    @Test
    void whenFullLeavesNoFileAndReportsIt() throws Exception {
        var night = disk.resolve("published/2026-11-23");
        var refusal = assertThrows(PublishException.class, () -> new DatasetWriter().publish(night, tooMuch()));
        System.out.println(refusal.getMessage());
        assertTrue(refusal.getMessage().contains("No space left on device"), refusal::getMessage);
        assertEquals(List.of(), Published.names(night.getParent()));
        assertTrue(run("mount", "-o", "remount,size=32m", disk.toString()));
        new DatasetWriter().publish(night, tooMuch());
        assertEquals(Published.Seen.WHOLE, Published.look(night));
    }

    @Test
    void whenFullKeepsThePublishedSet() throws Exception {
        var night = disk.resolve("2026-11-23");
        new DatasetWriter().publish(night, Published.set(1));
        assertThrows(PublishException.class, () -> new DatasetWriter().publish(night, tooMuch()));
        assertEquals(Published.Seen.WHOLE, Published.look(night));
        assertEquals(List.of("2026-11-23"), Published.names(disk));
    }

    /** A mount point cannot be exchanged, so the set in it cannot be kept aside. */
    @Test
    void asTheNightsFolderItselfIsFilledInPlaceOnce() throws Exception {
        assertThrows(PublishException.class, () -> new DatasetWriter().publish(disk, tooMuch()));
        assertEquals(List.of(), Published.names(disk));
        new DatasetWriter().publish(disk, Published.set(1));
        new DatasetWriter().publish(disk, Published.set(1));
        var refusal = assertThrows(PublishException.class, () -> new DatasetWriter().publish(disk, Published.set(2)));
        assertTrue(refusal.getMessage().contains("cannot be kept aside"), refusal::getMessage);
        assertTrue(Files.readString(disk.resolve("adoption.csv")).contains("1-0"));
        assertEquals(Published.Seen.WHOLE, Published.look(disk));
        assertEquals(List.of("SHA256SUMS", "adoption.csv", "servers.csv.gz"), Published.names(disk));
        assertEquals(List.of("disk"), Published.names(directory));
    }

    @Test
    void whenReadOnlyIsReported() throws Exception {
        assertTrue(run("mount", "-o", "remount,ro", disk.toString()));
        var refusal = assertThrows(
                PublishException.class,
                () -> new DatasetWriter().publish(disk.resolve("2026-11-23"), Published.set(1)));
        System.out.println(refusal.getMessage());
        assertTrue(refusal.getMessage().contains("Read-only file system"), refusal::getMessage);
        assertThrows(PublishException.class, () -> new DatasetWriter().requireWritable(disk.resolve("2026-11-23")));
        assertThrows(PublishException.class, () -> new DatasetWriter().requireWritable(disk));
    }
}
