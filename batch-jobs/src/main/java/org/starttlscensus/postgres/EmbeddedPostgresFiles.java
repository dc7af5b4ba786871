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

/** Directories that are made aside and then appear whole, also after a loss of power. */
public final class EmbeddedPostgresFiles {

    private EmbeddedPostgresFiles() {}

    /** Brings every file and directory below to the disk. */
    static void flush(Path directory) throws IOException {
        for (var path : below(directory)) {
            if (Files.isSymbolicLink(path)) continue;
            try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
                file.force(true);
            }
        }
    }

    /** The directory appears under its final name, in one step. */
    static void publish(Path part, Path target) throws IOException {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        try (var parent = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
            parent.force(true);
        }
    }

    /** Removes what a killed process left half done; what cannot be removed is in nobody's way. */
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
