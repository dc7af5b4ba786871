package org.starttlscensus.lists;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** The only file in a zip archive. Its name is only shown in messages; nothing is written to disk. */
final class OneFileZip extends FilterInputStream {

    private final Path file;
    private final ZipInputStream archive;
    private final String name;
    private boolean ended;

    /** Names that are marked as UTF-8 are read so. Others are only shown, and in this charset no octet is malformed. */
    OneFileZip(Path file, InputStream packed) throws IOException {
        this(file, new ZipInputStream(packed, StandardCharsets.ISO_8859_1));
    }

    private OneFileZip(Path file, ZipInputStream archive) throws IOException {
        super(archive);
        this.file = file;
        this.archive = archive;
        this.name = nextFile()
                .orElseThrow(() -> unread(file).orElseGet(() -> refusal("a zip archive without a file in it")));
    }

    @Override
    public int read(byte[] target, int from, int most) throws IOException {
        if (ended) return -1;
        int read = unpack(target, from, most);
        if (read >= 0) return read;
        ended = true;
        var second = nextFile();
        if (second.isPresent()) throw refusal("a zip archive with more than one file: " + name + ", " + second.get());
        return read;
    }

    /** Why an intact archive is not read; empty if it is damaged, or no zip archive. */
    static Optional<MalformedListException> unread(Path file) {
        return ZipDirectory.unread(file)
                .map(zip -> MalformedListException.in(
                        file,
                        zip.seen(),
                        "one file in the archive, deflated, or stored with its size before it",
                        Conversion.of(file, zip.reader())));
    }

    private int unpack(byte[] target, int from, int most) throws IOException {
        try {
            return super.read(target, from, most);
        } catch (ZipException failed) {
            throw unread(file).orElseThrow(() -> failed);
        }
    }

    private @Nullable ZipEntry nextEntry() throws IOException {
        try {
            return archive.getNextEntry();
        } catch (ZipException failed) {
            throw unread(file).orElseThrow(() -> failed);
        }
    }

    private Optional<String> nextFile() throws IOException {
        for (ZipEntry entry; (entry = nextEntry()) != null; ) {
            if (!entry.isDirectory()) return Optional.of(Excerpt.of(entry.getName()));
            // Skipping these contents would unpack them without any limit.
            if (unpack(new byte[1], 0, 1) >= 0) throw refusal("a zip archive with a directory that has contents");
        }
        return Optional.empty();
    }

    private MalformedListException refusal(String seen) {
        return MalformedListException.in(
                file,
                seen,
                "exactly one file in the archive",
                "Unpack it and use the list itself, or create an archive with the list alone.");
    }
}
