package org.starttlscensus.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Publishes a set of files in the folder of a night: writes them to a staging folder, fsyncs them, and puts that folder
 * in its place.
 *
 * <p>What was published is never lost. If the bytes are the same, nothing changes. Another set is replaced in one
 * step, and is kept beside the new one as {@code .<night>.earlier-N}. A folder with files that no publish wrote is
 * refused. An empty folder that somebody made stays, and is filled file by file, the manifest last. Files there
 * without a manifest are kept like a set, unless they are the rest of the same set.
 *
 * <p>Others can read what is published, whatever the umask is. One publisher at a time: the run lock guarantees that.
 */
public final class DatasetWriter {

    /**
     * @param what what {@code CHANGES.md} says if another set is replaced
     * @return the folder in which an earlier set is kept; empty if none was replaced
     * @throws PublishException if the files cannot be written; the previous set then remains published
     */
    public Optional<Path> publish(Path target, List<DatasetFile> files, LocalDate today, String what) {
        return publish(
                target,
                files,
                (folder, manifest) -> new ChangeLog(Folders.parent(folder))
                        .add(today, String.valueOf(folder.getFileName()), what, manifest));
    }

    /** Without a line, for tests of the rest. */
    Optional<Path> publish(Path target, List<DatasetFile> files) {
        return publish(target, files, (_, _) -> {});
    }

    private interface Note {

        void add(Path folder, String manifest) throws IOException;
    }

    private Optional<Path> publish(Path target, List<DatasetFile> files, Note note) {
        try {
            var folder = resolved(target);
            removeLeftOvers(folder);
            return switch (FolderContent.of(folder)) {
                case FolderContent.Nothing _ -> create(folder, files);
                case FolderContent.Unfinished _ -> fill(folder, files);
                case FolderContent.WholeSet _ -> replace(folder, files, note);
                case FolderContent.Foreign(var example) -> throw PublishException.foreign(target, example);
            };
        } catch (IOException e) {
            throw PublishException.in(target, e);
        }
    }

    /**
     * Writes a night again that was published, with a line in {@code CHANGES.md} that says what was changed. The
     * earlier set is kept, as {@link #publish} does. If the bytes are the same, nothing changes.
     *
     * @throws PublishException if the files cannot be written; the previous set then remains published
     */
    public Republished publishAgain(Path target, List<DatasetFile> files, LocalDate today, String what) {
        try {
            if (!Files.isDirectory(target)) return Republished.NOT_THERE;
            var folder = resolved(target);
            removeLeftOvers(folder);
            if (!(FolderContent.of(folder) instanceof FolderContent.WholeSet)) return Republished.NOT_THERE;
            if (!canBeMoved(folder)) throw PublishException.another(folder);
            try (var staged = StagedSet.write(beside(folder), files)) {
                if (staged.isIn(folder)) return Republished.UNCHANGED;
                new ChangeLog(Folders.parent(folder))
                        .add(today, String.valueOf(folder.getFileName()), what, Manifest.digest(staged.folder()));
                new EarlierSets(folder).keepAndReplaceBy(staged);
                return Republished.WRITTEN;
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
            removeLeftOvers(folder);
            var stagedIn = switch (FolderContent.of(folder)) {
                case FolderContent.Nothing _ -> folder.getParent();
                case FolderContent.Unfinished _ -> folder;
                case FolderContent.WholeSet _ -> canBeMoved(folder) ? folder.getParent() : folder;
                case FolderContent.Foreign(var example) -> throw PublishException.foreign(target, example);
            };
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

    private static Optional<Path> create(Path folder, List<DatasetFile> files) throws IOException {
        try (var staged = StagedSet.write(beside(folder), files)) {
            staged.publishAs(folder);
            return Optional.empty();
        }
    }

    private static Optional<Path> fill(Path folder, List<DatasetFile> files) throws IOException {
        try (var staged = StagedSet.write(inside(folder), files)) {
            var earlier = new EarlierSets(folder);
            if (earlier.hasStrayFiles(staged) && !canBeMoved(folder)) throw PublishException.another(folder);
            var kept = earlier.keepStrayFiles(staged);
            staged.moveInto(folder);
            return kept;
        }
    }

    private static Optional<Path> replace(Path folder, List<DatasetFile> files, Note note) throws IOException {
        var canBeMoved = canBeMoved(folder);
        try (var staged = StagedSet.write(canBeMoved ? beside(folder) : inside(folder), files)) {
            if (staged.isIn(folder)) return Optional.empty();
            if (!canBeMoved) throw PublishException.another(folder);
            note.add(folder, Manifest.digest(staged.folder()));
            return Optional.of(new EarlierSets(folder).keepAndReplaceBy(staged));
        }
    }

    /** A mount point cannot be renamed, and its parent is on another file system. */
    static boolean canBeMoved(Path folder) throws IOException {
        var parent = folder.getParent();
        return parent != null
                && Files.isWritable(parent)
                && Files.getFileStore(parent).equals(Files.getFileStore(folder));
    }

    private static void removeLeftOvers(Path folder) throws IOException {
        Folders.delete(inside(folder));
        if (folder.getParent() != null) Folders.delete(beside(folder));
    }

    private static Path beside(Path folder) {
        return folder.resolveSibling("." + folder.getFileName() + ".publishing");
    }

    private static Path inside(Path folder) {
        return folder.resolve(".publishing");
    }
}
