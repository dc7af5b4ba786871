package org.starttlscensus.lists;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The only file in a zip archive. Its name is only shown in messages; nothing is written to disk. */
final class OneFileZip extends FilterInputStream {

    private final Path file;
    private final ZipInputStream archive;
    private final String name;
    private boolean ended;

    OneFileZip(Path file, InputStream packed) throws IOException {
        this(file, new ZipInputStream(packed, StandardCharsets.UTF_8));
    }

    private OneFileZip(Path file, ZipInputStream archive) throws IOException {
        super(archive);
        this.file = file;
        this.archive = archive;
        this.name = nextFile().orElseThrow(() -> refusal("a zip archive without a file in it"));
    }

    @Override
    public int read(byte[] target, int from, int most) throws IOException {
        if (ended) return -1;
        int read = super.read(target, from, most);
        if (read >= 0) return read;
        ended = true;
        var second = nextFile();
        if (second.isPresent()) throw refusal("a zip archive with more than one file: " + name + ", " + second.get());
        return read;
    }

    private Optional<String> nextFile() throws IOException {
        for (ZipEntry entry; (entry = archive.getNextEntry()) != null; ) {
            if (!entry.isDirectory()) return Optional.of(Excerpt.of(entry.getName()));
            // Skipping these contents would unpack them without any limit.
            if (archive.read() >= 0) throw refusal("a zip archive with a directory that has contents");
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
