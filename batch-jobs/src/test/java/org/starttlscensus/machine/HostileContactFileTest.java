package org.starttlscensus.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever lies in the place of the record: refused in words, never overwritten, never followed. */
class HostileContactFileTest {

    private static final CallingDatabase OURS = new CallingDatabase("7512345678901234567/16384", "census", "ours");

    @TempDir
    Path directory;

    private Path place;
    private Path file;
    private MachineContacts contacts;

    @BeforeEach
    void open() throws IOException {
        place = Files.createDirectory(directory.resolve("place"));
        file = place.resolve("last-contact");
        contacts = new MachineContacts(List.of(place), InstantSource.system(), Duration.ofMillis(100));
    }

    private void refuses(String... parts) {
        for (var message : List.of(
                assertThrows(MachineFileException.class, () -> contacts.lease(OURS))
                        .getMessage(),
                assertThrows(MachineFileException.class, () -> contacts.release())
                        .getMessage())) {
            for (var part : parts) assertTrue(message.contains(part), () -> part + " is missing in: " + message);
            assertTrue(message.contains("no server is called"), message);
        }
    }

    @Test
    void contentThatIsNoRecordOfOurs() throws IOException {
        contacts.lease(OURS);
        var record = Files.readString(file);
        assertEquals(LastContact.OCTETS, record.length());
        for (var hostile : List.of(
                "x",
                "\0".repeat(LastContact.OCTETS),
                record.substring(1),
                record + " ",
                record.replace("database=75", "database=-5"),
                record.replace("last=2", "last=x"),
                record.replaceFirst("last=.{10}", "last=2026-13-31"),
                record.replace("user=", "usr= "),
                "a".repeat(5_000_000))) {
            Files.writeString(file, hostile, StandardCharsets.ISO_8859_1);
            refuses(file.toString(), "is no record of ours", "remove it");
            assertEquals(hostile, Files.readString(file, StandardCharsets.ISO_8859_1), "it is not overwritten");
        }
        Files.delete(file);
        contacts.lease(OURS);
    }

    @Test
    void anyContentIsReadOrRefusedAndNothingElse() throws IOException {
        contacts.lease(OURS);
        var record = Files.readAllBytes(file);
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        int read = 0;
        for (int round = 0; round < 2_000; round++) {
            var changed = record.clone();
            for (int change = random.nextInt(1, 4); change > 0; change--)
                changed[random.nextInt(300)] = (byte) random.nextInt(256);
            var contact = LastContact.of(changed);
            if (contact.isPresent()) {
                read++;
                assertArrayEquals(changed, contact.get().octets().array(), "read, and written as it was");
            }
        }
        System.out.println("changed records that are records: " + read + " of 2000");
        for (int length = 0; length < LastContact.OCTETS; length++)
            assertTrue(LastContact.of(Arrays.copyOf(record, length)).isEmpty());
    }

    /** It was made and never written: a process was killed before its first call. */
    @Test
    void anEmptyFileIsNoRecord() throws IOException {
        Files.createFile(file);
        contacts.lease(OURS);
        assertEquals(OURS, contacts.latest().orElseThrow().database());
    }

    @Nested
    class LinksAndOtherKinds {

        @Test
        void aLinkIsNotFollowed() throws IOException {
            var victim = Files.createFile(directory.resolve("victim"));
            Files.createSymbolicLink(file, victim);
            refuses(file.toString(), "is a link");
            assertEquals(0, Files.size(victim));
            Files.delete(file);
            Files.createSymbolicLink(file, directory.resolve("nowhere"));
            refuses("is a link");
            assertTrue(Files.notExists(directory.resolve("nowhere")));
        }

        @Test
        void aSecondNameIsNotWritten() throws IOException {
            var victim = Files.createFile(directory.resolve("victim"));
            Files.createLink(file, victim);
            refuses("hard link");
            assertEquals(0, Files.size(victim));
        }

        @Test
        void aFolderOrPipeIsNotOpened() throws Exception {
            Files.createDirectory(file);
            refuses("is no plain file");
            Files.delete(file);
            assertEquals(
                    0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
            refuses("is no plain file");
        }

        @Test
        void aPlaceThatIsALinkOrNoFolderIsNotUsed() throws IOException {
            Files.delete(place);
            Files.createSymbolicLink(place, directory);
            refuses(place.toString(), "is a link");
            Files.delete(place);
            Files.createFile(place);
            refuses("is no folder");
        }

        @Test
        void aPlaceFromWhichEverybodyMayRemoveFilesIsNotUsed() throws IOException {
            Files.setAttribute(place, "unix:mode", 0777);
            refuses("mode 777", "mode 1777");
            Files.setAttribute(place, "unix:mode", 01777);
            contacts.lease(OURS);
        }
    }
}
