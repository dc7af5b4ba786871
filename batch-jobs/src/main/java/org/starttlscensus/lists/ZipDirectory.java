package org.starttlscensus.lists;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * What the directory at the end of a zip archive says about its first file. It is read only after the archive could not
 * be: an archive that is whole, and packed in a way that we do not read, is not damaged.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE: the ZIP file format</a>
 */
final class ZipDirectory {

    /** How an intact archive is packed, and a command that unpacks it to its output. */
    record UnreadZip(String seen, String reader) {}

    private static final String INFO_ZIP = "unzip -p";
    private static final String SEVEN_ZIP = "7z x -so";
    private static final int MOST_BEHIND_DIRECTORY = 22 + 0xffff;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_OCTETS = 22;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_OCTETS = 46;
    private static final int FILE_SIGNATURE = 0x04034b50;
    private static final int FILE_OCTETS = 30;
    private static final int MOST_DIRECTORY = 1 << 20;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int ENCRYPTED = 1;
    private static final int SIZE_BEHIND = 1 << 3;
    private static final Map<Integer, String> METHODS = Map.of(
            1, "Shrink", 6, "Implode", 9, "Deflate64", 12, "bzip2", 14, "LZMA", 93, "Zstandard", 95, "XZ", 98, "PPMd");

    private final FileChannel file;
    private final long size;

    private ZipDirectory(FileChannel file) throws IOException {
        this.file = file;
        this.size = file.size();
    }

    /** Empty if the archive is damaged, or if nothing is special about it. */
    static Optional<UnreadZip> unread(Path path) {
        try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
            return new ZipDirectory(file).unread();
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    private Optional<UnreadZip> unread() throws IOException {
        var tail = read(Math.max(0, size - MOST_BEHIND_DIRECTORY), MOST_BEHIND_DIRECTORY);
        for (int at = tail.limit() - END_OCTETS; at >= 0; at--) {
            if (tail.getInt(at) == END_SIGNATURE && at + END_OCTETS + unsigned(tail, at + 20) == tail.limit())
                return unread(tail, at);
        }
        return Optional.empty();
    }

    private Optional<UnreadZip> unread(ByteBuffer tail, int at) throws IOException {
        if (unsigned(tail, at + 4) != 0 || unsigned(tail, at + 8) != unsigned(tail, at + 10))
            return Optional.of(new UnreadZip("a part of a zip archive that is split over several files", SEVEN_ZIP));
        var octets = tail.getInt(at + 12) & 0xffffffffL;
        var begin = size - tail.limit() + at - octets;
        var before = begin - (tail.getInt(at + 16) & 0xffffffffL);
        if (before < 0) return Optional.empty();
        var directory = read(begin, (int) Math.min(octets, MOST_DIRECTORY));
        for (int entry = 0; directory.limit() - entry >= ENTRY_OCTETS; ) {
            if (directory.getInt(entry) != ENTRY_SIGNATURE) return Optional.empty();
            int nameEnd = entry + ENTRY_OCTETS + unsigned(directory, entry + 28);
            if (nameEnd > directory.limit()) return Optional.empty();
            if (directory.get(nameEnd - 1) != '/') return unread(directory, entry, before, begin);
            entry = nameEnd + unsigned(directory, entry + 30) + unsigned(directory, entry + 32);
        }
        return Optional.empty();
    }

    private Optional<UnreadZip> unread(ByteBuffer directory, int entry, long before, long end) throws IOException {
        var offset = before + (directory.getInt(entry + 42) & 0xffffffffL);
        var packed = directory.getInt(entry + 20) & 0xffffffffL;
        var header = read(offset, FILE_OCTETS);
        if (header.limit() < FILE_OCTETS || header.getInt(0) != FILE_SIGNATURE || offset + FILE_OCTETS + packed > end)
            return Optional.empty();
        int flags = unsigned(directory, entry + 8);
        int method = unsigned(directory, entry + 10);
        if ((flags & ENCRYPTED) != 0) return Optional.of(new UnreadZip("an encrypted zip archive", SEVEN_ZIP));
        if (method != STORED && method != DEFLATED)
            return Optional.of(new UnreadZip(
                    "a zip archive compressed with %s".formatted(METHODS.getOrDefault(method, "method " + method)),
                    method <= 12 ? INFO_ZIP : SEVEN_ZIP));
        if (method == STORED && (flags & SIZE_BEHIND) != 0)
            return Optional.of(new UnreadZip(
                    "a zip archive whose file is stored uncompressed, with its size behind it", INFO_ZIP));
        if (before > 0 || first(FILE_SIGNATURE) != FILE_SIGNATURE)
            return Optional.of(new UnreadZip("a zip archive with something else before it", INFO_ZIP));
        return Optional.empty();
    }

    private int first(int otherwise) throws IOException {
        var octets = read(0, Integer.BYTES);
        return octets.limit() < Integer.BYTES ? otherwise : octets.getInt(0);
    }

    private ByteBuffer read(long from, int most) throws IOException {
        var octets = ByteBuffer.allocate(Math.clamp(size - from, 0, most)).order(ByteOrder.LITTLE_ENDIAN);
        while (octets.hasRemaining() && file.read(octets, from + octets.position()) >= 0) {
            // A read may return less than was asked for.
        }
        return octets.flip();
    }

    private static int unsigned(ByteBuffer octets, int at) {
        return octets.getShort(at) & 0xffff;
    }
}
