package org.starttlscensus.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Whether a settings file that was merely found may decide for this user: a stranger's file in a shared folder could
 * send the password of the database to a server of his.
 */
record SettingsFileTrust(Path file) {

    private static final int WRITABLE_BY_OTHERS = 02;
    private static final int ROOT = 0;

    /** Belongs to the user of this process, as the kernel sees it. */
    private static final Path THIS_PROCESS = Path.of("/proc/self");

    /** @throws SettingException if another user could have written it */
    void require() {
        try {
            var folder = Objects.requireNonNull(file.getParent());
            if (!isOursOrRoots(file, LinkOption.NOFOLLOW_LINKS)) throw refused("it belongs to another user");
            if (isOpen(folder) && uid(folder) != uid(THIS_PROCESS) && uid(file) != uid(THIS_PROCESS))
                throw refused("everybody may write in its folder");
            if (!isOursOrRoots(file)) throw refused("it leads to a file of another user");
            if (isOpen(file)) throw refused("everybody may write it");
        } catch (IOException unseen) {
            return; // whoever reads it says why it cannot be read
        }
    }

    private static boolean isOursOrRoots(Path path, LinkOption... options) throws IOException {
        int owner = uid(path, options);
        return owner == ROOT || owner == uid(THIS_PROCESS);
    }

    private static boolean isOpen(Path path) throws IOException {
        return ((int) Files.getAttribute(path, "unix:mode") & WRITABLE_BY_OTHERS) != 0;
    }

    private static int uid(Path path, LinkOption... options) throws IOException {
        return (int) Files.getAttribute(path, "unix:uid", options);
    }

    private SettingException refused(String what) {
        return new SettingException(("configuration file %s: %s, so it is not trusted merely because it is there. "
                        + "If it is meant, name it with --config FILE; or make it yours and writable for you alone "
                        + "(chown, chmod), or start census in another folder")
                .formatted(file, what));
    }
}
