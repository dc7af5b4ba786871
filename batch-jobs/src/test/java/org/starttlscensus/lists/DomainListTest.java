package org.starttlscensus.lists;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.starttlscensus.lists.ListFile.gzip;
import static org.starttlscensus.lists.ListFile.zip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.Octets;

class DomainListTest {

    @TempDir
    private Path directory;

    @Nested
    class Pinned {

        @Test
        void isKnownByItsDigest() throws IOException {
            var file = ListFile.of(directory, "abc");
            assertEquals(
                    new PinnedList(file.path(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3),
                    DomainList.pin(file.path()));
        }
    }

    @Nested
    class OfNames {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "example.org\nexample.net\n",
                    "example.org\r\nexample.net\r\n",
                    "\uFEFFexample.org\nexample.net\n",
                    "\uFEFFdomain\r\nexample.org\r\nexample.net\r\n",
                    "# ours, 2026\n\n  \nDomain\nexample.org\n#x\n example.net \t\n\n",
                    "EXAMPLE.org.\nexample.NET\n"
                })
        void isReadInOrder(String contents) throws IOException {
            var result = ListFile.of(directory, contents).read(ListTolerance.ofPercent("0"));
            assertEquals(List.of("example.org", "example.net"), result.domains());
        }

        @Test
        void hasNumbersAndNoRanks() throws IOException {
            var result = ListFile.of(directory, "# one\nexample.org\n\nbücher.example\n")
                    .read();
            assertEquals(
                    List.of(
                            new ListLine.Listed(2, new MailDomain("example.org"), OptionalInt.empty()),
                            new ListLine.Listed(4, new MailDomain("xn--bcher-kva.example"), OptionalInt.empty())),
                    result.lines());
            assertEquals(new ListCount(4, 2, 0, 2), result.count());
        }

        @Test
        void takesAHeaderOnlyOnceAndOnlyFirst() throws IOException {
            assertEquals(
                    List.of("2 single_label"),
                    ListFile.of(directory, "domain\ndomain\nexample.org\n")
                            .read()
                            .reasons());
            assertEquals(
                    List.of("2 single_label"),
                    ListFile.of(directory, "example.org\ndomain\n").read().reasons());
        }

        @Test
        void keepsDuplicatesForTheCaller() throws IOException {
            assertEquals(
                    2,
                    ListFile.of(directory, "example.org\nExample.org\n")
                            .read()
                            .count()
                            .accepted());
        }
    }

    @Nested
    class OfRanks {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1,example.org\n7,example.net\n",
                    "rank,domain\r\n1,example.org\r\n7,example.net\r\n",
                    "\uFEFF\"1\",\"example.org\"\n 7 , example.net \n",
                    "Rank,Domain\n01,EXAMPLE.org.\n0007,example.net\n"
                })
        void areKept(String contents) throws IOException {
            var result = ListFile.of(directory, contents).read(ListTolerance.ofPercent("0"));
            assertEquals(
                    List.of(1, 7),
                    result.lines().stream()
                            .map(line -> ((ListLine.Listed) line).rank().orElseThrow())
                            .toList());
            assertEquals(List.of("example.org", "example.net"), result.domains());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "x,example.net|rank_not_a_number",
                    ",example.net|rank_not_a_number",
                    "-1,example.net|rank_not_a_number",
                    "1.5,example.net|rank_not_a_number",
                    "٣,example.net|rank_not_a_number",
                    "0,example.net|rank_out_of_range",
                    "2147483648,example.net|rank_out_of_range",
                    "99999999999999999999,example.net|rank_out_of_range",
                    "2,example.net,3|wrong_columns",
                    "example.net|wrong_columns",
                    "2,|empty",
                    "2,\"example.net|broken_quotes",
                    "2,\"example\".net|broken_quotes",
                    "2,example..net|empty_label",
                    "2,192.0.2.1|ip_address"
                })
        void rejectsOneLineAndGoesOn(String line, String reason) throws IOException {
            var result = ListFile.of(directory, "1,example.org\n" + line + "\n3,example.com\n")
                    .read();
            assertEquals(List.of("2 " + reason), result.reasons());
            assertEquals(List.of("example.org", "example.com"), result.domains());
        }

        @Test
        void mayBeTheLargestNumber() throws IOException {
            assertEquals(
                    1,
                    ListFile.of(directory, "2147483647,example.org\n")
                            .read()
                            .count()
                            .accepted());
        }
    }

    @Nested
    class OfEither {

        @Test
        void isDecidedByTheFirstValidLine() throws IOException {
            var ranks = ListFile.of(directory, "garbage\n\"\n0,example.net\n1,example.org\nexample.com\n")
                    .read();
            assertEquals(List.of("example.org"), ranks.domains());
            assertEquals("5 wrong_columns", ranks.reasons().getLast());
            var names =
                    ListFile.of(directory, "a,b\nexample.org\n1,example.com\n").read();
            assertEquals(List.of("example.org"), names.domains());
            assertEquals(List.of("1 rank_not_a_number", "3 wrong_columns"), names.reasons());
        }

        @Test
        void rejectsWhatIsNotUtf8() throws IOException {
            var result = ListFile.of(directory, "b\u00fccher.example\nexample.org\n".getBytes(ISO_8859_1))
                    .read();
            assertEquals(
                    List.of(new ListLine.Rejected(
                            1, new LineRejection.OfLine(LineFault.NOT_UTF8), Octets.of("b\u00fccher.example"))),
                    result.lines().subList(0, 1));
            assertEquals(List.of("example.org"), result.domains());
        }

        @Test
        void limitsALineAndItsExcerpt() throws IOException {
            var name = "a".repeat(61) + "." + "b".repeat(63);
            var padded = name + " ".repeat(LineReader.MOST_OCTETS - name.length());
            var result = ListFile.of(
                            directory, padded + "\r\n" + padded + " \n" + "#" + padded + padded + "\n" + padded + "\n")
                    .read();
            assertEquals(List.of(name, name), result.domains());
            assertEquals(List.of("2 line_too_long"), result.reasons());
            assertEquals(
                    100, ((ListLine.Rejected) result.lines().get(1)).excerpt().size());
            assertEquals(new ListCount(4, 2, 1, 1), result.count());
        }
    }

    @Nested
    class Packed {

        private static final String NAMES = "1,example.org\n2,example.net\n";

        @Test
        void isRecognisedByItsContents() throws IOException {
            for (var packed : List.of(
                    gzip(NAMES.getBytes(UTF_8)),
                    zip("top-1m.csv", NAMES),
                    zip("../../etc/", "", "../../etc/passwd", NAMES))) {
                assertEquals(
                        List.of("example.org", "example.net"),
                        ListFile.of(directory, packed).read().domains());
            }
        }

        @Test
        void mayHaveSeveralGzipMembers() throws IOException {
            var first = gzip("1,example.org\n2,exam".getBytes(UTF_8));
            var second = gzip("ple.net\n".getBytes(UTF_8));
            assertEquals(
                    List.of("example.org", "example.net"),
                    ListFile.of(directory, joined(first, gzip(new byte[0]), second))
                            .read()
                            .domains());
        }
    }

    @Test
    void anExceptionOfTheSinkIsRethrown() throws IOException {
        var pinned = DomainList.pin(ListFile.of(directory, "example.org\n").path());
        var thrown = new IllegalStateException("the database is gone");
        assertEquals(
                thrown,
                assertThrows(
                        IllegalStateException.class,
                        () -> DomainList.read(pinned, ListTolerance.ORDINARY, line -> {
                            throw thrown;
                        })));
    }

    static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) all.writeBytes(part);
        return all.toByteArray();
    }
}
