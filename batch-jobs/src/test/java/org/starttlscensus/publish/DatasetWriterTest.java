package org.starttlscensus.publish;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Publishing a set of files")
class DatasetWriterTest {

    private static final List<String> NAMES = List.of("SHA256SUMS", "adoption.csv", "servers.csv.gz");

    @TempDir
    Path directory;

    private final DatasetWriter writer = new DatasetWriter();

    private Path night() {
        return directory.resolve("published/2026-11-23");
    }

    private static Object identity(Path file) throws IOException {
        return Files.readAttributes(file, "unix:ino").get("ino");
    }

    @Nested
    class WithoutAFolder {

        @Test
        void makesTheFolderWithTheFilesAndTheirSums() throws Exception {
            writer.publish(night(), Published.set(1));
            assertEquals(NAMES, Published.names(night()));
            assertEquals(Published.Seen.WHOLE, Published.look(night()));
            assertEquals(List.of("2026-11-23"), Published.names(night().getParent()));
        }

        @Test
        void writesRfc4180WithLineFeedsAndNoFormula() throws IOException {
            writer.publish(night(), List.of(new DatasetFile("adoption.csv", List.of("a", "b"), each -> {
                each.accept(List.of("x, \"y\"", ""));
                each.accept(List.of("-mx.example", "-1.50"));
            })));
            assertEquals(
                    "a,b\n\"x, \"\"y\"\"\",\n\\045mx.example,-1.50\n",
                    Files.readString(night().resolve("adoption.csv")));
        }

        @Test
        void compressesWithoutTimeNameOrOperatingSystem() throws IOException {
            writer.publish(
                    night(),
                    List.of(new DatasetFile("servers.csv.gz", List.of("a"), each -> each.accept(List.of("1")))));
            var bytes = Files.readAllBytes(night().resolve("servers.csv.gz"));
            assertArrayEquals(
                    new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255}, Arrays.copyOf(bytes, 10));
            try (var content = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                assertEquals("a\n1\n", new String(content.readAllBytes(), StandardCharsets.UTF_8));
            }
        }

        @Test
        void givesTheSameBytesEachTime() throws IOException {
            writer.publish(night(), Published.set(1));
            writer.publish(directory.resolve("other"), Published.set(1));
            for (var name : NAMES)
                assertEquals(
                        -1,
                        Files.mismatch(
                                night().resolve(name),
                                directory.resolve("other").resolve(name)),
                        name);
        }
    }

    @Nested
    class IntoAnotherFolder {

        @Test
        void fillsAnEmptyFolderInPlace() throws Exception {
            Files.createDirectories(night());
            var before = identity(night());
            writer.publish(night(), Published.set(1));
            assertEquals(before, identity(night()));
            assertEquals(NAMES, Published.names(night()));
            assertEquals(Published.Seen.WHOLE, Published.look(night()));
        }

        @Test
        void goesOnWithAFolderThatAKilledPublishLeft() throws Exception {
            Files.createDirectories(night().resolve(".publishing"));
            writer.publish(directory.resolve("other"), Published.set(1));
            Files.copy(directory.resolve("other/adoption.csv"), night().resolve("adoption.csv"));
            Files.createFile(night().resolve("servers.csv.gz"));
            writer.requireWritable(night());
            assertEquals(Optional.empty(), writer.publish(night(), Published.set(1)));
            assertEquals(NAMES, Published.names(night()));
            assertEquals(Published.Seen.WHOLE, Published.look(night()));
            assertEquals(List.of("2026-11-23"), Published.names(night().getParent()));
        }

        /** Somebody may have copied them there without the manifest, and may have no other copy. */
        @Test
        void keepsFilesThatHaveNoManifest() throws Exception {
            Files.createDirectories(night());
            Files.writeString(night().resolve("adoption.csv"), "theirs");
            Files.writeString(night().resolve("gone.csv"), "of an older version");
            writer.requireWritable(night());
            var kept = writer.publish(night(), Published.set(1)).orElseThrow();
            assertEquals(night().resolveSibling(".2026-11-23.earlier-1"), kept);
            assertEquals("theirs", Files.readString(kept.resolve("adoption.csv")));
            assertEquals("of an older version", Files.readString(kept.resolve("gone.csv")));
            assertEquals(NAMES, Published.names(night()));
            assertEquals(Published.Seen.WHOLE, Published.look(night()));
        }

        /** Also beside a set: whoever put a file there has a use for the folder that we do not know. */
        @Test
        void refusesAFolderWithFilesOfOthersBeforeTheNightAndAfterIt() throws Exception {
            for (var hasSet : List.of(false, true)) {
                if (hasSet) {
                    Files.delete(night().resolve("thesis.tex"));
                    writer.publish(night(), Published.set(1));
                }
                Files.createDirectories(night());
                Files.writeString(night().resolve("thesis.tex"), "mine");
                var before = Published.names(night());
                for (Executable attempt : List.<Executable>of(
                        () -> writer.requireWritable(night()), () -> writer.publish(night(), Published.set(2)))) {
                    var refusal = assertThrows(PublishException.class, attempt);
                    assertTrue(
                            refusal.getMessage().contains("thesis.tex")
                                    && refusal.getMessage().contains("--out"),
                            refusal::getMessage);
                }
                assertEquals(before, Published.names(night()));
                assertEquals("mine", Files.readString(night().resolve("thesis.tex")));
            }
        }

        @Test
        void followsALinkToIt() throws Exception {
            Files.createDirectories(directory.resolve("elsewhere"));
            Files.createDirectories(night().getParent());
            Files.createSymbolicLink(night(), directory.resolve("elsewhere"));
            writer.publish(night(), Published.set(1));
            assertEquals(NAMES, Published.names(directory.resolve("elsewhere")));
            assertTrue(Files.isSymbolicLink(night()));
        }
    }

    @Nested
    class OnFailure {

        @Test
        void reportsTheFolderAndWhatToDo() throws IOException {
            Files.writeString(directory.resolve("published"), "a file");
            var refusal = assertThrows(PublishException.class, () -> writer.publish(night(), Published.set(1)));
            assertTrue(
                    refusal.getMessage().contains(night().toString())
                            && refusal.getMessage().contains("--out"),
                    refusal::getMessage);
        }

        @Test
        void canCheckTheFolderBeforehand() throws IOException {
            writer.requireWritable(night());
            writer.publish(night(), Published.set(1));
            writer.requireWritable(night());
            assertEquals(NAMES, Published.names(night()));
            assertEquals(List.of("2026-11-23"), Published.names(night().getParent()));
            Files.writeString(directory.resolve("file"), "a file");
            assertThrows(PublishException.class, () -> writer.requireWritable(directory.resolve("file")));
        }

        @Test
        void leavesThePublishedSetUnchanged() throws Exception {
            writer.publish(night(), Published.set(1));
            var failing = List.of(
                    Published.file("adoption.csv", 2, 100), new DatasetFile("servers.csv.gz", List.of("a"), each -> {
                        each.accept(List.of("1"));
                        throw new IllegalStateException("the database is unavailable");
                    }));
            assertThrows(IllegalStateException.class, () -> writer.publish(night(), failing));
            assertEquals(List.of("2026-11-23"), Published.names(night().getParent()));
            assertTrue(Files.readString(night().resolve("adoption.csv")).contains("1-0"));
        }

        @Test
        void refusesARowThatDoesNotFitItsHeader() {
            var mismatched = new DatasetFile("adoption.csv", List.of("a", "b"), each -> each.accept(List.of("1")));
            var bug = assertThrows(IllegalStateException.class, () -> writer.publish(night(), List.of(mismatched)));
            assertTrue(bug.getMessage().contains("adoption.csv"), bug::getMessage);
            assertNotEquals(true, Files.exists(night()));
        }

        @Test
        void removesTheStagingFolderOfAKilledRun() throws Exception {
            Files.createDirectories(night().resolveSibling(".2026-11-23.publishing"));
            Files.writeString(night().resolveSibling(".2026-11-23.publishing").resolve("adoption.csv"), "half");
            writer.publish(night(), Published.set(1));
            assertEquals(List.of("2026-11-23"), Published.names(night().getParent()));
        }
    }
}
