package org.starttlscensus.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Publishing a night again, and who can read it")
class EarlierSetsTest {

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

    @Test
    void leavesEqualBytesUnchanged() throws IOException {
        writer.publish(night(), Published.set(1));
        var before = identity(night().resolve("adoption.csv"));
        writer.publish(night(), Published.set(1));
        assertEquals(before, identity(night().resolve("adoption.csv")));
    }

    @Test
    void keepsAnotherSetBesideTheNewOneAndSaysWhere() throws Exception {
        assertEquals(Optional.empty(), writer.publish(night(), Published.set(1)));
        var first = writer.publish(night(), Published.set(2)).orElseThrow();
        assertTrue(Files.readString(night().resolve("adoption.csv")).contains("2-0"));
        assertTrue(Files.readString(first.resolve("adoption.csv")).contains("1-0"));
        assertEquals(Published.Seen.WHOLE, Published.look(night()));
        assertEquals(Published.Seen.WHOLE, Published.look(first));
        var second = writer.publish(night(), Published.set(3)).orElseThrow();
        assertEquals(Optional.empty(), writer.publish(night(), Published.set(3)));
        assertEquals(
                List.of(".2026-11-23.earlier-1", ".2026-11-23.earlier-2", "2026-11-23"),
                Published.names(night().getParent()));
        assertTrue(Files.readString(second.resolve("adoption.csv")).contains("2-0"));
    }

    /** Then it is in its place again, and what it replaces is kept. */
    @Test
    void keepsNoCopyOfASetThatIsPublishedAgain() throws Exception {
        writer.publish(night(), Published.set(1));
        writer.publish(night(), Published.set(2));
        var kept = writer.publish(night(), Published.set(1)).orElseThrow();
        assertEquals(List.of(".2026-11-23.earlier-1", "2026-11-23"), Published.names(night().getParent()));
        assertTrue(Files.readString(night().resolve("adoption.csv")).contains("1-0"));
        assertTrue(Files.readString(kept.resolve("adoption.csv")).contains("2-0"));
    }

    @Test
    void repairsADamagedSetAndKeepsIt() throws Exception {
        writer.publish(night(), Published.set(1));
        Files.writeString(night().resolve("adoption.csv"), "half");
        var kept = writer.publish(night(), Published.set(1)).orElseThrow();
        assertEquals(Published.Seen.WHOLE, Published.look(night()));
        assertEquals("half", Files.readString(kept.resolve("adoption.csv")));
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

    /** A process of its own, because the umask belongs to the process. */
    @ParameterizedTest
    @ValueSource(strings = {"077", "000"})
    void letsOthersReadWhateverTheUmaskIs(String umask) throws Exception {
        Files.createDirectories(directory.resolve("empty"));
        for (var target : List.of(night(), directory.resolve("empty"))) {
            var publisher = PublisherProcess.startWithUmask(umask, target, 1);
            try (var sent = publisher.outputWriter()) {
                sent.write("one\n");
            }
            assertEquals(0, publisher.waitFor());
            for (var name : NAMES) assertEquals("rw-r--r--", permissions(target.resolve(name)), name);
        }
        for (var folder : List.of(night(), night().getParent()))
            assertEquals("rwxr-xr-x", permissions(folder), folder::toString);
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    /** A night that CHANGES.md does not name is as it was published first. */
    @Test
    void whatIsReplacedIsNamedInTheChanges() throws IOException {
        var today = LocalDate.of(2026, 12, 1);
        var night = directory.resolve("changed/2026-11-23");
        var changes = night.resolveSibling("CHANGES.md");
        assertEquals(Republished.NOT_THERE, writer.publishAgain(night, Published.set(1), today, "why"));
        writer.publish(night, Published.set(1), today, "never said");
        writer.publish(night, Published.set(1), today, "never said");
        assertTrue(Files.notExists(changes), "published first, and the same bytes again");
        writer.publish(night, Published.set(2), today, "another reason");
        assertEquals(Republished.UNCHANGED, writer.publishAgain(night, Published.set(2), today, "never said"));
        assertEquals(Republished.WRITTEN, writer.publishAgain(night, Published.set(3), today, "why"));
        assertEquals(
                List.of("- 2026-12-01: night 2026-11-23: another reason", "- 2026-12-01: night 2026-11-23: why"),
                Files.readAllLines(changes).stream()
                        .filter(line -> line.startsWith("- "))
                        .map(line -> line.replaceFirst("[.] Now the .*", ""))
                        .toList());
    }
}
