package org.starttlscensus.lists;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A list that came by standard input, kept aside as a file. It is read twice, and a night that is started again must
 * have the same bytes. Files older than a week are removed when another one is kept.
 */
public final class KeptInput {

    private static final Duration KEPT_FOR = Duration.ofDays(7);

    private KeptInput() {}

    /**
     * Reads the input to its end. The file gets its name when it is whole, so a process that dies leaves none by half.
     *
     * @param prefix what the input is for, such as a night; the file's name is this and the first digits of its SHA-256
     * @throws MalformedListException if there is too much of it
     */
    public static Path keep(InputStream input, Path folder, String prefix, Instant now) throws IOException {
        Files.createDirectories(folder);
        removeOld(folder, now.minus(KEPT_FOR));
        var unfinished = Files.createTempFile(folder, ".reading-", "");
        try {
            try (var out = Files.newOutputStream(unfinished)) {
                var chunk = new byte[64 * 1024];
                long octets = 0;
                for (int read; (read = input.read(chunk)) >= 0; ) {
                    octets += read;
                    if (octets > UnpackedFile.MOST_UNPACKED) throw ListRefusals.tooMuchInput();
                    out.write(chunk, 0, read);
                }
            }
            try (var octets = new PinnedFile(unfinished)) {
                var kept =
                        folder.resolve(prefix + "-" + octets.pin().sha256Hex().substring(0, 16));
                return Files.move(
                        unfinished, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** The one that was kept last under this prefix. */
    public static Optional<Path> last(Path folder, String prefix) throws IOException {
        if (!Files.isDirectory(folder)) return Optional.empty();
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix + "-"))
                    .max(Comparator.comparingLong((Path file) -> file.toFile().lastModified())
                            .thenComparing(Path::toString));
        }
    }

    private static void removeOld(Path folder, Instant before) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                if (file.toFile().lastModified() < before.toEpochMilli()) Files.deleteIfExists(file);
            }
        }
    }
}
