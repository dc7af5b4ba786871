package org.starttlscensus.lists;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.lists.ListFile.gzip;
import static org.starttlscensus.lists.ListFile.zip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that stop the night before any packet is sent, and the messages for the operator. */
class MalformedListTest {

    private static final byte[] LIST = "example.org\nexample.net\n".getBytes(UTF_8);

    @TempDir
    private Path directory;

    @Nested
    class AFile {

        @Test
        void thatIsMissing() {
            assertRefused("the file does not exist", new ListFile(directory.resolve("missing.csv")));
        }

        @Test
        void thatIsADirectory() {
            assertRefused("it is a folder, not a file", new ListFile(directory));
        }

        @Test
        void thatIsEmpty() throws IOException {
            assertRefused("an empty file", ListFile.of(directory, ""));
        }

        @ParameterizedTest
        @ValueSource(strings = {"\n", "# nothing\n\n", "rank,domain\n", "\uFEFF"})
        void thatHasNoLineOfData(String contents) throws IOException {
            assertRefused("the file has no data line", ListFile.of(directory, contents));
            assertRefused("the file has no data line", ListFile.of(directory, gzip(contents.getBytes(UTF_8))));
        }

        @Test
        void thatHasNoDomainIsRefusedAtAnyTolerance() throws IOException {
            assertRefused("3 of 3 lines contain no mail domain", ListFile.of(directory, "<html>\n404\n</html>\n"));
        }

        @Test
        void thatIsBinaryOrUtf16() throws IOException {
            var refusal = assertRefused("a NUL octet", ListFile.of(directory, "example.org\nexam\0ple.net\n"));
            assertEquals(OptionalLong.of(2), refusal.line());
            assertRefused("a NUL octet", ListFile.of(directory, new String(LIST, UTF_8).getBytes(UTF_16)));
            assertRefused("a NUL octet", ListFile.of(directory, new String(LIST, UTF_8).getBytes(UTF_16LE)));
            assertRefused("a NUL octet", ListFile.of(directory, gzip(gzip(LIST))));
        }

        @Test
        void thatIsNotWhatWasPinned() throws IOException {
            var file = ListFile.of(directory, gzip(LIST));
            var pinned = DomainList.pin(file.path());
            Files.write(file.path(), gzip("example.com\n".getBytes(UTF_8)));
            var refusal =
                    assertThrows(MalformedListException.class, () -> DomainList.read(pinned, ListFile.ANY, _ -> {}));
            assertTrue(refusal.getMessage().contains(pinned.sha256Hex()), refusal.getMessage());
        }
    }

    @Nested
    class APackedFile {

        @Test
        void thatEndsEarly() throws IOException {
            var gzip = gzip(LIST);
            for (int length = 2; length < gzip.length; length++) {
                assertRefused("ends too early", ListFile.of(directory, Arrays.copyOf(gzip, length)));
            }
            assertRefused(
                    "ends too early", ListFile.of(directory, Arrays.copyOf(zip("a", "example.org\n".repeat(100)), 50)));
        }

        @Test
        void thatIsDamaged() throws IOException {
            var gzip = gzip(LIST);
            gzip[gzip.length - 6] ^= 1;
            assertRefused("damaged", ListFile.of(directory, gzip));
            assertRefused("damaged", ListFile.of(directory, new byte[] {
                'P', 'K', 3, 4, 20, 0, 1, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 'a'
            }));
        }

        @Test
        void thatHasOctetsAfterItsEnd() throws IOException {
            var second = gzip(LIST);
            second[0] = 0;
            assertRefused(
                    "octets after the last gzip member",
                    ListFile.of(directory, DomainListTest.joined(gzip(LIST), second)));
        }

        @Test
        void thatHasNoFileOrSeveral() throws IOException {
            assertRefused("a zip archive without a file", ListFile.of(directory, zip()));
            assertRefused("a zip archive without a file", ListFile.of(directory, zip("a/", "")));
            assertRefused(
                    "a directory that has contents", ListFile.of(directory, zip("a/", "b", "a.csv", "example.org\n")));
            assertRefused(
                    "a zip archive with more than one file: \"a.csv\", \"b/\\x1b[2Jc.csv\"",
                    ListFile.of(
                            directory, zip("a.csv", "example.org\n", "b/", "", "b/\u001b[2Jc.csv", "example.net\n")));
        }

        @Test
        void thatNamesItsEntryInBrokenUtf8() throws IOException {
            var zip = zip("\u00fc.csv", "example.org\n");
            zip[30] = (byte) 0xff;
            assertRefused("damaged", ListFile.of(directory, zip));
        }

        @Test
        void thatIsAHundredThousandEmptyMembers() throws IOException {
            var members = Collections.nCopies(100_000, gzip(new byte[0])).toArray(byte[][]::new);
            assertRefused("the file has no data line", ListFile.of(directory, DomainListTest.joined(members)));
        }
    }

    @Nested
    class ManyBadLines {

        @ParameterizedTest
        @CsvSource({
            "100, 1, 1, true",
            "99, 1, 1, false",
            "10, 1, 1, false",
            "10, 1, 10, true",
            "10, 1, 9.99, false",
            "1000, 0, 0, true",
            "1000, 1, 0, false",
            "1000, 1, 0.1, true",
            "2, 1, 100, true"
        })
        void areCountedAgainstAllDataLines(int lines, int bad, String percent, boolean accepted) throws IOException {
            var contents = "# not counted\n".repeat(50) + "bad\n".repeat(bad) + "example.org\n".repeat(lines - bad);
            var file = ListFile.of(directory, contents);
            var tolerance = ListTolerance.ofPercent(percent);
            if (accepted)
                assertEquals(
                        new ListCount(lines + 50, lines - bad, bad, 50),
                        file.read(tolerance).count());
            else assertThrows(MalformedListException.class, () -> file.read(tolerance));
        }

        @Test
        void areReportedWithExamplesAndAdvice() throws IOException {
            var contents = IntStream.rangeClosed(1, 7)
                            .mapToObj(i -> "bad" + i + "\u001b[31m\n")
                            .collect(Collectors.joining())
                    + "example.org\n".repeat(93);
            var file = ListFile.of(directory, contents);
            var refusal = assertThrows(MalformedListException.class, () -> file.read(ListTolerance.ORDINARY));
            assertEquals(
                    file.path() + ": 7 of 100 lines contain no mail domain ("
                            + IntStream.rangeClosed(1, 5)
                                    .mapToObj(i -> "line " + i + " \"bad" + i
                                            + "\\x1b[31m\": a character that is not allowed in a domain name")
                                    .collect(Collectors.joining("; "))
                            + "; and 2 more); expected at most 1 % of them. No domain was looked up or called. "
                            + "Download the file again and compare it with its published SHA-256. "
                            + "To accept the list and skip its malformed lines: --tolerate-malformed 7",
                    refusal.getMessage());
        }

        @ParameterizedTest
        @ValueSource(strings = {"-1", "101", "100.1", "", "x", "1 %", "1e2"})
        void areToleratedUpToAPercentage(String text) {
            assertThrows(IllegalArgumentException.class, () -> ListTolerance.ofPercent(text));
        }
    }

    static MalformedListException assertRefused(String seen, ListFile file) {
        var refusal = assertThrows(MalformedListException.class, file::read);
        assertEquals(file.path(), refusal.file());
        assertTrue(refusal.getMessage().startsWith(file.path().toString()), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(seen), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("No domain was looked up or called."), refusal.getMessage());
        return refusal;
    }
}
