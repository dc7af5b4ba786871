package org.starttlscensus.machine;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;

/**
 * The folder of the record. It must be a folder of its own, and no link. If everybody may write in it, it must be
 * sticky, so that nobody can remove the record of others.
 *
 * @param mode of the folder, as {@code stat} has it
 */
record ContactPlace(Path folder, int mode) {

    private static final String FILE = "last-contact";
    private static final int STICKY = 01000;
    private static final int WORLD_WRITABLE = 0002;
    private static final int FOR_EVERYBODY = 01777;
    private static final FileAttribute<?> FOR_US =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int READ_AND_WRITE = 0666;

    static boolean isThere(Path folder) {
        try {
            Files.getAttribute(folder, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        } catch (IOException e) {
            throw MachineFileException.in(folder, e);
        }
    }

    static ContactPlace at(Path folder) {
        try {
            Map<String, Object> found =
                    Files.readAttributes(folder, "unix:mode,isDirectory,isSymbolicLink", LinkOption.NOFOLLOW_LINKS);
            if (!Boolean.TRUE.equals(found.get("isDirectory")))
                throw refused(folder, Boolean.TRUE.equals(found.get("isSymbolicLink")) ? "is a link" : "is no folder");
            var place = new ContactPlace(folder, (Integer) Objects.requireNonNull(found.get("mode")));
            if ((place.mode & WORLD_WRITABLE) != 0 && (place.mode & STICKY) == 0)
                throw refused(folder, "everybody may remove files from it (mode %o)".formatted(place.mode & 07777));
            return place;
        } catch (IOException e) {
            throw MachineFileException.in(folder, e);
        }
    }

    private static MachineFileException refused(Path folder, String seen) {
        return MachineFileException.refused(
                folder,
                seen,
                "Expected is a folder: mode 1777 for all users, or 0755 for one. Remove it or set it right");
    }

    /** Makes the folder for all users of this machine, whatever the umask is. */
    static ContactPlace made(Path folder) {
        try {
            Files.createDirectory(folder, FOR_US);
            Files.setAttribute(folder, "unix:mode", FOR_EVERYBODY);
        } catch (FileAlreadyExistsException another) {
            return at(folder);
        } catch (IOException e) {
            throw MachineFileException.in(folder, e);
        }
        return at(folder);
    }

    /** @throws MachineFileException if this user could not write the record */
    void requireWritable() {
        var written = Files.exists(file(), LinkOption.NOFOLLOW_LINKS) ? file() : folder;
        if (!Files.isWritable(written))
            throw MachineFileException.in(written, new AccessDeniedException(written.toString()));
    }

    Path file() {
        return folder.resolve(FILE);
    }

    /** Who may write in the folder may write the record. */
    int fileMode() {
        return mode & READ_AND_WRITE;
    }
}
