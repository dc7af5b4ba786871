package org.starttlscensus.settings;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the settings file: beside the database, for the machine, for the user, in the current folder. The first one
 * wins alone, so that a reader of one file knows all that holds. One that another user could have written is refused.
 *
 * @param machineFolder the folder of this machine's settings
 */
record SettingsFiles(Path machineFolder, Path currentDirectory) {

    static final Path MACHINE_FOLDER = Path.of("/etc/starttls-census");

    private static final List<String> NAMES = List.of("census.yaml", "census.properties");
    private static final String OWN_FOLDER = "starttls-census";

    SettingsFileSearch named(Path file) {
        return new SettingsFileSearch(
                Optional.of(currentDirectory.resolve(file).normalize()), true, List.of(), List.of());
    }

    /** @param databaseDirectory of the embedded PostgreSQL, absolute; a file beside it is the strongest */
    SettingsFileSearch search(Path databaseDirectory, Map<String, String> environment) {
        var folders = Stream.of(
                        Optional.ofNullable(databaseDirectory.getParent()),
                        Optional.of(machineFolder),
                        usersFolder(environment),
                        Optional.of(currentDirectory))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        for (int at = 0; at < folders.size(); at++) {
            var found = in(folders.get(at));
            if (found.isPresent()) {
                new SettingsFileTrust(found.get()).require();
                var later = folders.subList(at + 1, folders.size());
                return new SettingsFileSearch(
                        found,
                        false,
                        folders,
                        later.stream()
                                .flatMap(folder -> NAMES.stream().map(folder::resolve))
                                .filter(Files::exists)
                                .toList());
            }
        }
        return new SettingsFileSearch(Optional.empty(), false, folders, List.of());
    }

    /**
     * The user's folder for settings; none without a home.
     *
     * @see <a href="https://specifications.freedesktop.org/basedir-spec/latest/">XDG Base Directory Specification</a>
     */
    private static Optional<Path> usersFolder(Map<String, String> environment) {
        var own = absolute(environment.get("XDG_CONFIG_HOME"));
        return own.or(() -> absolute(environment.get("HOME")).map(home -> home.resolve(".config")))
                .map(folder -> folder.resolve(OWN_FOLDER));
    }

    /** A relative path there is to be ignored, says the specification. */
    private static Optional<Path> absolute(@Nullable String variable) {
        return Optional.ofNullable(variable)
                .filter(path -> path.startsWith("/"))
                .map(Path::of);
    }

    private static Optional<Path> in(Path folder) {
        var found = NAMES.stream()
                .map(folder::resolve)
                .filter(SettingsFiles::isThere)
                .toList();
        if (found.size() > 1) {
            throw new SettingException("both %s and %s exist; keep one, or choose one with --config FILE"
                    .formatted(found.get(0), found.get(1)));
        }
        return found.stream().findFirst();
    }

    /** Also a link that leads nowhere is there. What cannot be looked at may be there, so it is not passed over. */
    private static boolean isThere(Path file) {
        try {
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        } catch (FileSystemException e) {
            if ("Not a directory".equals(e.getReason())) return false;
            throw unreadable(file, e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static SettingException unreadable(Path file, IOException cause) {
        return new SettingException(
                ("configuration file %s: whether it exists cannot be seen (%s). Make its folder readable for this "
                                + "user, or choose another file with --config FILE")
                        .formatted(
                                file,
                                cause instanceof AccessDeniedException ? "permission denied" : cause.getMessage()),
                cause);
    }
}
