package org.starttlscensus.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Publishes a set of files in a folder: writes them to a staging folder, fsyncs them, and exchanges the folders.
 *
 * <p>A folder that does not exist, or contains a published set and nothing else, is replaced in one step. If the bytes
 * are the same, nothing changes. Any other folder (empty, with other files in it, a mount point) stays, and is filled
 * file by file, the manifest last. The replaced folder is kept beside the new one until the next publish, for readers
 * that still have it open.
 *
 * <p>One publisher at a time: the run lock guarantees that.
 */
public final class DatasetWriter {

    /** @throws PublishException if the files cannot be written; the previous set then remains published */
    public void publish(Path target, List<DatasetFile> files) {
        try {
            var folder = resolved(target);
            removeLeftOvers(folder);
            if (Files.notExists(folder)) {
                create(folder, files);
            } else if (!replace(folder, files)) {
                fill(folder, files);
            }
        } catch (IOException e) {
            throw PublishException.in(target, e);
        }
    }

    /**
     * Checks that a set could be published there, before a night is spent on measuring.
     *
     * @throws PublishException if not
     */
    public void requireWritable(Path target) {
        try {
            var folder = resolved(target);
            var stagedIn = Files.exists(folder) && !canBeExchanged(folder) ? folder : folder.getParent();
            Files.delete(Files.createTempFile(stagedIn, ".", ".probe"));
        } catch (IOException e) {
            throw PublishException.in(target, e);
        }
    }

    private static Path resolved(Path target) throws IOException {
        var absolute = target.toAbsolutePath().normalize();
        if (Files.isDirectory(absolute)) return absolute.toRealPath();
        if (Files.exists(absolute)) throw new NotDirectoryException(absolute.toString());
        Folders.create(Folders.parent(absolute));
        return Folders.parent(absolute).toRealPath().resolve(absolute.getFileName());
    }

    private static void create(Path folder, List<DatasetFile> files) throws IOException {
        try (var staged = StagedSet.write(beside(folder, "publishing"), files)) {
            staged.publishAs(folder);
        }
    }

    /** Whether the set was replaced, or is the same already. If false, nothing has changed. */
    private static boolean replace(Path folder, List<DatasetFile> files) throws IOException {
        if (!canBeExchanged(folder)) return false;
        try (var staged = StagedSet.write(beside(folder, "publishing"), files)) {
            if (staged.isIn(folder)) return true;
            if (!FolderExchange.exchange(staged.folder(), folder)) return false;
            Files.move(staged.folder(), beside(folder, "replaced"), StandardCopyOption.ATOMIC_MOVE);
            Folders.sync(Folders.parent(folder));
            return true;
        }
    }

    private static void fill(Path folder, List<DatasetFile> files) throws IOException {
        try (var staged = StagedSet.write(inside(folder), files)) {
            if (!staged.isIn(folder)) staged.moveInto(folder);
        }
    }

    /**
     * Only a published set may be replaced. A mount point cannot be renamed, and its parent is on another file system.
     */
    private static boolean canBeExchanged(Path folder) throws IOException {
        var parent = folder.getParent();
        return Manifest.isAllThatIsIn(folder)
                && parent != null
                && Files.isWritable(parent)
                && Files.getFileStore(parent).equals(Files.getFileStore(folder));
    }

    private static void removeLeftOvers(Path folder) throws IOException {
        Folders.delete(inside(folder));
        if (folder.getParent() == null) return;
        Folders.delete(beside(folder, "publishing"));
        Folders.delete(beside(folder, "replaced"));
    }

    private static Path beside(Path folder, String purpose) {
        return folder.resolveSibling("." + folder.getFileName() + "." + purpose);
    }

    private static Path inside(Path folder) {
        return folder.resolve(".publishing");
    }
}
