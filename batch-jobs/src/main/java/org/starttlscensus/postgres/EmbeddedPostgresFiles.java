package org.starttlscensus.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Directories that are written under a temporary name and then renamed, so that they are complete even after a power
 * failure.
 */
public final class EmbeddedPostgresFiles {

    private EmbeddedPostgresFiles() {}

    /** Forces every file and directory below this one to disk. */
    static void flush(Path directory) throws IOException {
        for (var path : below(directory)) {
            if (Files.isSymbolicLink(path)) continue;
            try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
                file.force(true);
            }
        }
    }

    /** Renames the directory to its final name, atomically. */
    static void publish(Path part, Path target) throws IOException {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        try (var parent = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
            parent.force(true);
        }
    }

    /** Removes unfinished directories of a killed process. Files that cannot be removed do no harm. */
    public static void removeLeftovers(Path directory, String prefix) throws IOException {
        try (var children = Files.newDirectoryStream(directory, prefix + "*")) {
            for (var leftover : children) {
                for (var path : below(leftover).reversed()) path.toFile().delete();
            }
        }
    }

    /** Parents before children. */
    private static List<Path> below(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.sorted(Comparator.naturalOrder()).toList();
        }
    }
}
