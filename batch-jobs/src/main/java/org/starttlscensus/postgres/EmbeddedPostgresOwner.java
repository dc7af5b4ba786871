package org.starttlscensus.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Whose the directory of an embedded server is. Another user's command, also root's, would leave files there that its
 * owner can neither read nor replace.
 */
record EmbeddedPostgresOwner(Path directory) {

    /** Belongs to the user of this process, as the kernel sees it. */
    private static final Path THIS_PROCESS = Path.of("/proc/self");

    private static final int STICKY_GROUP_OTHERS = 01077;
    private static final int STICKY = 01000;

    /** @throws DatabaseException if the directory is another user's */
    void requireOurs() throws IOException {
        if (isOurs()) return;
        var owner = Files.getOwner(directory).getName();
        throw new DatabaseException(DatabaseException.DatabaseProblem.DIRECTORY, """
                embedded PostgreSQL in %s: the directory belongs to %s, and this command runs as %s. Nothing was \
                changed. Run it as that user: runuser -u %s -- census ...; or set census.database.directory to a \
                directory of your own.""".formatted(
                        directory, owner, System.getProperty("user.name", "?"), owner));
    }

    private boolean isOurs() throws IOException {
        try {
            return uid(directory).equals(uid(THIS_PROCESS));
        } catch (NoSuchFileException noProc) {
            return true; // PostgreSQL itself looks again
        }
    }

    private static Object uid(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid");
    }

    /**
     * Takes away what others may do in a directory that is there already. One that has anything else than a server of
     * ours, or that everybody shares, is left as it is.
     */
    void closeToOthers() throws IOException {
        int mode = (int) Files.getAttribute(directory, "unix:mode") & STICKY_GROUP_OTHERS;
        if (mode == 0 || (mode & STICKY) != 0 || !hasNothingElse()) return;
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    private boolean hasNothingElse() throws IOException {
        if (Files.exists(directory.resolve("data/PG_VERSION"))) return true;
        try (var files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }
}
