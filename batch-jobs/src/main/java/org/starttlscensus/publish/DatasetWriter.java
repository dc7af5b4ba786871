package org.starttlscensus.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Publishes a set of files in a folder: written aside, fsynced, and switched.
 *
 * <p>A folder that is not there, or holds a set and nothing else, is switched in one step; the same bytes again are left as they
 * are. A folder of somebody else's making (empty, with other files in it, a mount point) stays, and is filled file by file, the
 * manifest last. The folder that a set replaced is kept beside it until the next publish, for readers that are still in it.
 *
 * <p>One publisher at a time, which the run lock sees to.
 */
public final class DatasetWriter {

    /** @throws PublishException if the disk or the folder does not take it; then what was published before still is */
    public void publish(Path target, List<DatasetFile> files) {
        try {
            var folder = resolved(target);
            removeLeftOvers(folder);
            if (Files.notExists(folder)) {
                appear(folder, files);
            } else if (!replace(folder, files)) {
                fill(folder, files);
            }
        } catch (IOException e) {
            throw PublishException.in(target, e);
        }
    }

    /**
     * Looks whether a set could be published there, before a night is spent on it.
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
        Folders.create(Folders.above(absolute));
        return Folders.above(absolute).toRealPath().resolve(absolute.getFileName());
    }

    private static void appear(Path folder, List<DatasetFile> files) throws IOException {
        try (var staged = StagedSet.write(beside(folder, "publishing"), files)) {
            staged.become(folder);
        }
    }

    /** Whether the set was replaced, or is the same; if not, nothing has changed. */
    private static boolean replace(Path folder, List<DatasetFile> files) throws IOException {
        if (!canBeExchanged(folder)) return false;
        try (var staged = StagedSet.write(beside(folder, "publishing"), files)) {
            if (staged.isIn(folder)) return true;
            if (!FolderExchange.exchange(staged.folder(), folder)) return false;
            Files.move(staged.folder(), beside(folder, "replaced"), StandardCopyOption.ATOMIC_MOVE);
            Folders.sync(Folders.above(folder));
            return true;
        }
    }

    private static void fill(Path folder, List<DatasetFile> files) throws IOException {
        try (var staged = StagedSet.write(inside(folder), files)) {
            if (!staged.isIn(folder)) staged.moveInto(folder);
        }
    }

    /** Only a set is ours to replace; and a mount point cannot move, nor is the disk beside it the same. */
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
