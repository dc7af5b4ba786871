package org.starttlscensus.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.TreeMap;

/**
 * A complete set of files, written and fsynced in a staging folder. Closing it deletes the files that were not put in
 * place.
 */
record StagedSet(Path folder, List<String> names) implements AutoCloseable {

    static StagedSet write(Path folder, List<DatasetFile> files) throws IOException {
        Files.createDirectory(folder);
        Folders.letOthersRead(folder);
        var staged = new StagedSet(folder, files.stream().map(DatasetFile::name).toList());
        try {
            var digests = new TreeMap<String, String>();
            for (var file : files) digests.put(file.name(), CsvFile.write(folder.resolve(file.name()), file));
            Manifest.write(folder, digests);
            Folders.sync(folder);
            return staged;
        } catch (IOException | RuntimeException e) {
            staged.closeAfter(e);
            throw e;
        }
    }

    /** Whether a folder already contains the same bytes. */
    boolean isIn(Path published) throws IOException {
        for (var name : names) {
            if (!isSame(name, published)) return false;
        }
        return isSame(Manifest.NAME, published);
    }

    /** Publishes the set as a folder that does not exist yet. */
    void publishAs(Path published) throws IOException {
        Files.move(folder, published, StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(Folders.parent(published));
    }

    /** Moves the files into an existing folder, one by one. Meanwhile it has no manifest, so readers see no set. */
    void moveInto(Path published) throws IOException {
        Files.deleteIfExists(published.resolve(Manifest.NAME));
        Folders.sync(published);
        for (var name : names) move(name, published);
        Folders.sync(published);
        move(Manifest.NAME, published);
        Folders.sync(published);
    }

    private void move(String name, Path published) throws IOException {
        Files.move(folder.resolve(name), published.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Whether putting this set there would lose, or leave behind, nothing of a file that is there. */
    boolean replacesWithoutLoss(Path there) throws IOException {
        var name = String.valueOf(there.getFileName());
        return names.contains(name) && (Files.size(there) == 0 || Files.mismatch(folder.resolve(name), there) == -1);
    }

    private boolean isSame(String name, Path published) throws IOException {
        var there = published.resolve(name);
        return Files.isRegularFile(there) && Files.mismatch(folder.resolve(name), there) == -1;
    }

    @Override
    public void close() throws IOException {
        Folders.delete(folder);
    }

    private void closeAfter(Exception first) {
        try {
            close();
        } catch (IOException e) {
            first.addSuppressed(e); // the next publish removes it
        }
    }
}
