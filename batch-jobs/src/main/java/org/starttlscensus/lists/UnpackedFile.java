package org.starttlscensus.lists;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The contents of a list file, unpacked while it is read. Its first octets show whether it is plain text, gzip or zip.
 *
 * <p>Refuses decompression bombs by ratio and by size. The ratio counts only from a certain size on, because a small
 * file of very regular lines may compress better than any real list.
 */
final class UnpackedFile extends InputStream {

    static final long MOST_UNPACKED = 4L << 30;
    static final int MOST_RATIO = 100;
    private static final long RATIO_COUNTS_FROM = 16L << 20;
    private static final int BUFFER = 64 * 1024;

    /** Of a file, of an empty archive, and of an archive that is split, or was to be. */
    private static final List<int[]> ZIP_SIGNATURES =
            List.of(new int[] {'P', 'K', 3, 4}, new int[] {'P', 'K', 5, 6}, new int[] {'P', 'K', 7, 8}, new int[] {
                'P', 'K', '0', '0'
            });

    private final Path file;
    private final PinnedFile packed;
    private final InputStream contents;
    private final String reader;
    private long unpacked;

    UnpackedFile(Path file, PinnedFile packed) throws IOException {
        this.file = file;
        this.packed = packed;
        var buffered = new BufferedInputStream(packed, BUFFER);
        buffered.mark(4);
        var magic = buffered.readNBytes(4);
        buffered.reset();
        if (startsWith(magic, Gzip.FIRST_OCTET, Gzip.SECOND_OCTET)) {
            reader = "zcat";
            contents = new Gzip(buffered);
        } else if (ZIP_SIGNATURES.stream().anyMatch(signature -> startsWith(magic, signature))) {
            reader = "unzip -p";
            contents = new OneFileZip(file, buffered);
        } else {
            reader = "cat";
            contents = buffered;
        }
    }

    /** A command that writes the contents of such a file to its output. */
    String reader() {
        return reader;
    }

    /** How much text was read so far. */
    long octetsRead() {
        return unpacked;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int most) throws IOException {
        int read = contents.read(target, from, most);
        if (read < 0) return read;
        unpacked += read;
        if (unpacked > MOST_UNPACKED) {
            throw bomb("more than " + (MOST_UNPACKED >> 30) + " GiB of text", "at most that much in one list");
        }
        if (unpacked > RATIO_COUNTS_FROM && unpacked / MOST_RATIO > packed.octetsRead()) {
            throw bomb(
                    "%,d octets unpack to more than %,d".formatted(packed.octetsRead(), unpacked),
                    "at most %d times the size, because more suggests a decompression bomb".formatted(MOST_RATIO));
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        contents.close();
    }

    private MalformedListException bomb(String seen, String expected) {
        return MalformedListException.in(
                file,
                seen,
                expected,
                "Check what the file contains. Split a list that is really that large into several files.");
    }

    private static boolean startsWith(byte[] magic, int... expected) {
        return magic.length >= expected.length
                && Arrays.equals(magic, 0, expected.length, bytes(expected), 0, expected.length);
    }

    private static byte[] bytes(int[] values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) values[i];
        return bytes;
    }
}
