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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Operations on folders that must survive a power failure. */
final class Folders {

    private Folders() {}

    /** Only after this are files that were created, renamed or removed in the folder on disk. */
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
        letOthersRead(folder);
        if (parent != null) sync(parent);
    }

    /**
     * Lets everybody read a file or folder that we made, and nobody else write it: the umask of whoever runs the census
     * says what is right for files of his own, not for published ones.
     */
    static void letOthersRead(Path ours) throws IOException {
        var wanted = PosixFilePermissions.fromString(Files.isDirectory(ours) ? "rwxr-xr-x" : "rw-r--r--");
        try {
            if (!Files.getPosixFilePermissions(ours).equals(wanted)) Files.setPosixFilePermissions(ours, wanted);
        } catch (UnsupportedOperationException noPermissionsHere) {
            return; // a file system without permissions lets everybody read
        }
    }

    /** The parent folder. Only the root has none, and no set of files is published as the root. */
    static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent(), "the root of the file system");
    }

    /** Deletes a folder and its content; follows no symbolic links. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return;
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failure) throws IOException {
                if (failure != null) throw failure;
                Files.delete(emptied);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
