package org.starttlscensus.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is in the folder of a night before something is published there. */
sealed interface FolderContent {

    Pattern PUBLISHED_NAME = Pattern.compile("[a-z0-9_]+\\.csv(?:\\.gz)?");

    /** There is no such folder. */
    record Nothing() implements FolderContent {}

    /**
     * An empty folder, or files of a set without its manifest: the rest of a publish that was killed, or a set that
     * somebody copied there.
     */
    record Unfinished() implements FolderContent {}

    /** A published set, and nothing else. */
    record WholeSet() implements FolderContent {}

    /** @param example a file or folder that no publish wrote, or that a manifest names and that is missing */
    record Foreign(String example) implements FolderContent {}

    static FolderContent of(Path folder) throws IOException {
        if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) return new Nothing();
        if (Manifest.isAllThatIsIn(folder)) return new WholeSet();
        var strange = strange(folder);
        if (strange.isPresent()) return new Foreign(strange.get());
        return Files.exists(folder.resolve(Manifest.NAME)) ? new Foreign(Manifest.NAME) : new Unfinished();
    }

    private static Optional<String> strange(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> !isOurs(file))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(Manifest.NAME))
                    .sorted()
                    .findFirst();
        }
    }

    private static boolean isOurs(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && PUBLISHED_NAME.matcher(file.getFileName().toString()).matches();
    }
}
