package org.starttlscensus.publish;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Folders that must outlast a power cut. */
final class Folders {

    private Folders() {}

    /** What was made, renamed or removed in a folder is on disk only after this. */
    static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) return;
        var parent = folder.getParent();
        if (parent != null) create(parent);
        Files.createDirectory(folder);
        if (parent != null) sync(parent);
    }

    /** The folder that it is in: only the root is in none, and no set of files becomes the root. */
    static Path above(Path path) {
        return Objects.requireNonNull(path.getParent(), "the root of the file system");
    }

    /** Follows no link out of the folder. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return;
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException trouble) throws IOException {
                if (trouble != null) throw trouble;
                Files.delete(emptied);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
