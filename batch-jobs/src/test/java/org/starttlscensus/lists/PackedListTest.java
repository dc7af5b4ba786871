package org.starttlscensus.lists;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.starttlscensus.lists.DomainListTest.joined;
import static org.starttlscensus.lists.ListFile.gzip;
import static org.starttlscensus.lists.ListFile.zip;
import static org.starttlscensus.lists.MalformedListTest.assertRefused;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that are whole although other programs made them, and those that only seem to be. */
class PackedListTest {

    private static final byte[] LIST = "example.org\nexample.net\n".getBytes(UTF_8);
    private static final List<String> DOMAINS = List.of("example.org", "example.net");

    @TempDir
    private Path directory;

    @Nested
    class AGzip {

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 7, 8, 9, 18, 511, 65_535, 65_536, 1_000_000})
        void paddedWithZerosIsWhole(int zeros) throws IOException {
            assertEquals(
                    DOMAINS,
                    ListFile.of(directory, joined(gzip(LIST), new byte[zeros]))
                            .read()
                            .domains());
        }

        /** At every place the padding may begin at the edge of a buffer. */
        @Test
        void paddedWithZerosIsWholeWhereverItsMembersEnd() throws IOException {
            for (int length = 65_530; length < 65_560; length++) {
                var members = filled(length);
                assertEquals(
                        DOMAINS,
                        ListFile.of(directory, joined(members, new byte[300]))
                                .read()
                                .domains());
                assertRefused("octets after the last gzip member", ListFile.of(directory, joined(members, new byte[] {
                    0, 0, 1
                })));
                assertRefused(
                        "octets after the last gzip member",
                        ListFile.of(directory, joined(members, "xy".getBytes(UTF_8))));
            }
        }

        /** A gzip with the list, of so many octets: its header has a name that fills it. */
        private static byte[] filled(int length) throws IOException {
            var usual = gzip(LIST);
            var header = Arrays.copyOf(usual, 10);
            header[3] = 8;
            var name = new byte[length - usual.length];
            Arrays.fill(name, 0, name.length - 1, (byte) 'n');
            return joined(header, name, Arrays.copyOfRange(usual, 10, usual.length));
        }

        @Test
        void mayHaveEveryFieldInItsHeader() throws IOException {
            var usual = gzip(LIST);
            var header = joined(
                    Arrays.copyOf(usual, 3),
                    new byte[] {0x1e, 0, 0, 0, 0, 0, 3},
                    new byte[] {3, 0, 1, 2, 3},
                    "name\0".getBytes(UTF_8),
                    "comment\0".getBytes(UTF_8));
            var checksum = new CRC32();
            checksum.update(header);
            var both = new byte[] {(byte) checksum.getValue(), (byte) (checksum.getValue() >> 8)};
            var rest = Arrays.copyOfRange(usual, 10, usual.length);
            assertEquals(
                    DOMAINS,
                    ListFile.of(directory, joined(header, both, rest)).read().domains());
            both[0] ^= 1;
            assertRefused("damaged (a corrupt header)", ListFile.of(directory, joined(header, both, rest)));
        }

        /** The last three octets of its size are zeros, so without them nothing is lost. */
        @Test
        void isDamagedIfZerosStandInPlaceOfItsEnd() throws IOException {
            var usual = gzip(LIST);
            for (int lost = 4; lost <= 8; lost++) {
                var file = joined(Arrays.copyOf(usual, usual.length - lost), new byte[512]);
                assertRefused("damaged", ListFile.of(directory, file));
            }
        }

        @Test
        void isCutIfItsSecondMemberIs() throws IOException {
            var second = gzip(LIST);
            for (int length = 1; length < second.length; length++) {
                assertRefused(
                        "ends too early", ListFile.of(directory, joined(gzip(LIST), Arrays.copyOf(second, length))));
            }
        }
    }

    @Nested
    class AZip {

        @Test
        void withTheSizeBehindAStoredFileIsNotDamaged() throws IOException {
            assertIntact("stored uncompressed, with its size behind it", "unzip -p", zipOf(0, 8, LIST));
        }

        @ParameterizedTest
        @CsvSource({
            "1, Shrink, unzip -p",
            "9, Deflate64, unzip -p",
            "12, bzip2, unzip -p",
            "14, LZMA, 7z x -so",
            "93, Zstandard, 7z x -so",
            "95, XZ, 7z x -so",
            "98, PPMd, 7z x -so",
            "77, method 77, 7z x -so"
        })
        void ofAnotherMethodIsNotDamaged(int method, String name, String unpacks) throws IOException {
            assertIntact("compressed with " + name, unpacks, zipOf(method, 0, LIST));
            assertIntact("compressed with " + name, unpacks, zipOf(method, 8, LIST));
        }

        @Test
        void thatIsEncryptedIsNotDamaged() throws IOException {
            assertIntact("an encrypted zip archive", "7z x -so", zipOf(8, 1, deflated()));
            assertIntact("an encrypted zip archive", "7z x -so", zipOf(99, 1, LIST));
        }

        @Test
        void withSomethingBeforeItIsNotDamaged() throws IOException {
            var program = joined("MZ".getBytes(UTF_8), new byte[600]);
            assertIntact("something else before it", "unzip -p", joined(program, zipOf(8, 0, deflated())));
            assertIntact(
                    "something else before it",
                    "unzip -p",
                    joined(new byte[] {'P', 'K', 7, 8}, zipOf(8, 0, deflated())));
            assertIntact(
                    "something else before it", "unzip -p", joined("PK00".getBytes(UTF_8), zipOf(8, 0, deflated())));
        }

        @Test
        void thatIsSplitIsNotDamaged() throws IOException {
            var part = zipOf(8, 0, deflated());
            part[part.length - 18] = 3; // the number of this part
            assertIntact("split over several files", "7z x -so", joined(new byte[] {'P', 'K', 7, 8}, part));
        }

        @Test
        void isReadHoweverItsNameIsEncoded() throws IOException {
            assertEquals(
                    DOMAINS,
                    ListFile.of(directory, zipOf(8, 0, deflated())).read().domains(),
                    "the name has an octet of code page 437");
        }

        @Test
        void isDamagedIfItIs() throws IOException {
            var whole = zipOf(0, 8, LIST);
            for (int length = 31; length < whole.length; length++) {
                var message = assertRefused("", ListFile.of(directory, Arrays.copyOf(whole, length)))
                        .getMessage();
                assertTrue(message.contains("damaged") || message.contains("ends too early"), message);
            }
            var damaged = zip("list.csv", "example.org\nexample.net\n".repeat(50));
            damaged[50] ^= 1;
            assertRefused("damaged", ListFile.of(directory, damaged));
        }

        private void assertIntact(String seen, String unpacks, byte[] archive) throws IOException {
            var file = ListFile.of(directory, archive);
            var message = assertRefused(seen, file).getMessage();
            assertFalse(message.contains("damaged"), message);
            assertTrue(message.contains("Convert it: " + unpacks + " '" + file.path() + "' > "), message);
        }

        private static byte[] deflated() {
            var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
            deflater.setInput(LIST);
            deflater.finish();
            var packed = new byte[200];
            int length = deflater.deflate(packed);
            deflater.end();
            return Arrays.copyOf(packed, length);
        }

        /** An archive with one file: a header, the contents, the sizes behind it if the flag says so, a directory. */
        private static byte[] zipOf(int method, int flags, byte[] contents) {
            var name = new byte[] {'l', (byte) 0x81, '.', 'c', 's', 'v'};
            var checksum = new CRC32();
            checksum.update(LIST);
            var isBehind = (flags & 8) != 0;
            var sizes = little(12)
                    .putInt((int) checksum.getValue())
                    .putInt(contents.length)
                    .putInt(LIST.length)
                    .array();
            var common = joined(little(10)
                    .putShort((short) 20)
                    .putShort((short) flags)
                    .putShort((short) method)
                    .array());
            var file = new ByteArrayOutputStream();
            file.writeBytes(joined(
                    little(4).putInt(0x04034b50).array(),
                    common,
                    isBehind ? new byte[12] : sizes,
                    little(4).putShort((short) name.length).array(),
                    name,
                    contents,
                    isBehind ? joined(little(4).putInt(0x08074b50).array(), sizes) : new byte[0]));
            var directory = joined(
                    little(6).putInt(0x02014b50).putShort((short) 20).array(),
                    common,
                    sizes,
                    little(18).putShort((short) name.length).array(),
                    name);
            int begin = file.size();
            file.writeBytes(directory);
            file.writeBytes(little(22)
                    .putInt(0x06054b50)
                    .putInt(0)
                    .putShort((short) 1)
                    .putShort((short) 1)
                    .putInt(directory.length)
                    .putInt(begin)
                    .array());
            return file.toByteArray();
        }

        private static ByteBuffer little(int octets) {
            return ByteBuffer.allocate(octets).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
