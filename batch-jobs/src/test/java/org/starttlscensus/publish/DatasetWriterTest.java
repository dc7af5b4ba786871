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
import java.util.EnumMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
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
    class OverAPublishedSet {

        @Test
        void leavesEqualBytesUnchanged() throws IOException {
            writer.publish(night(), Published.set(1));
            var before = identity(night().resolve("adoption.csv"));
            writer.publish(night(), Published.set(1));
            assertEquals(before, identity(night().resolve("adoption.csv")));
        }

        @Test
        void replacesAnotherSetAndKeepsItForItsReaders() throws Exception {
            writer.publish(night(), Published.set(1));
            writer.publish(night(), Published.set(2));
            assertTrue(Files.readString(night().resolve("adoption.csv")).contains("2-0"));
            assertEquals(Published.Seen.WHOLE, Published.look(night()));
            assertEquals(List.of(".2026-11-23.replaced", "2026-11-23"), Published.names(night().getParent()));
            writer.publish(night(), Published.set(2));
            assertEquals(List.of("2026-11-23"), Published.names(night().getParent()));
        }

        @Test
        void repairsADamagedSet() throws Exception {
            writer.publish(night(), Published.set(1));
            Files.writeString(night().resolve("adoption.csv"), "half");
            writer.publish(night(), Published.set(1));
            assertEquals(Published.Seen.WHOLE, Published.look(night()));
        }

        /** Each look may overlap with one exchange. The folder that it has opened stays until the next publish. */
        @Test
        void neverShowsAnIncompleteSet() throws Exception {
            writer.publish(night(), Published.set(0));
            var looks = new Semaphore(0);
            var done = new AtomicBoolean();
            var reader = CompletableFuture.supplyAsync(() -> looks(looks, done));
            for (int edition = 1; edition <= 50; edition++) {
                looks.drainPermits();
                looks.acquire(2);
                writer.publish(night(), Published.set(edition));
            }
            done.set(true);
            var seen = reader.get();
            System.out.println("looks during 50 exchanges: " + seen);
            assertEquals(List.of(Published.Seen.WHOLE), List.copyOf(seen.keySet()));
        }

        private EnumMap<Published.Seen, Integer> looks(Semaphore looks, AtomicBoolean done) {
            var seen = new EnumMap<Published.Seen, Integer>(Published.Seen.class);
            while (!done.get()) {
                try {
                    seen.merge(Published.look(night()), 1, Integer::sum);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                looks.release();
            }
            return seen;
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
        void leavesOtherFilesUnchanged() throws Exception {
            Files.createDirectories(night());
            Files.writeString(night().resolve("thesis.tex"), "mine");
            writer.publish(night(), Published.set(1));
            writer.publish(night(), Published.set(2));
            assertEquals("mine", Files.readString(night().resolve("thesis.tex")));
            assertTrue(Files.readString(night().resolve("adoption.csv")).contains("2-0"));
            assertEquals(Published.Seen.WHOLE, Published.look(night()));
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
