package org.starttlscensus.cli;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.starttlscensus.settings.SettingsReader;

/** Words for what the operating system refused: a file, a folder or a port that cannot be used. Exit code 5. */
final class SystemFault {

    /** As Linux says it: for these the file is not at fault, and Java has no exception of their own. */
    private static final List<String> SURROUNDINGS = List.of(
            "No space left on device",
            "Disk quota exceeded",
            "Read-only file system",
            "Input/output error",
            "Too many open files",
            "Cannot allocate memory");

    private SystemFault() {}

    /** What was seen and what to do, on one line; empty if the operating system did not cause the exception. */
    static Optional<String> words(Throwable fault) {
        return Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
                .filter(IOException.class::isInstance)
                .map(IOException.class::cast)
                .flatMap(cause -> ofCause(cause).stream())
                .findFirst();
    }

    private static Optional<String> ofCause(IOException cause) {
        return switch (cause) {
            case AccessDeniedException denied
            when denied.getFile() != null -> Optional.of(notPermitted(Path.of(denied.getFile())));
            case FileSystemException named
            when named.getFile() != null ->
                Optional.of("%s: %s. %s".formatted(named.getFile(), reason(named), advice(reason(named))));
            case BindException taken ->
                Optional.of(("a port of this machine cannot be used: %s. Another program may have it, for example "
                                + "a `census lab` or a demo; end that one first")
                        .formatted(taken.getMessage()));
            default ->
                SURROUNDINGS.stream()
                        .filter(String.valueOf(cause.getMessage())::contains)
                        .findFirst()
                        .map(seen -> "%s. %s".formatted(seen, advice(seen)));
        };
    }

    private static String notPermitted(Path file) {
        var place = existing(file.toAbsolutePath());
        var seen = "%s: user %s may not use it; %s belongs to %s"
                .formatted(file, System.getProperty("user.name"), place, owner(place));
        var home = SettingsReader.home();
        return file.toAbsolutePath().startsWith(home)
                ? """
                %s. Give a folder of your own for what the program stores: CENSUS_LAUNCHER_STATE=/a/folder; or work \
                with a copy of the whole checkout: cp -a '%s' ~/starttls-census; or let the owner change that: \
                chown -R %s '%s'""".formatted(seen, home, System.getProperty("user.name"), place)
                : """
                %s. Correct its permissions, or name another place""".formatted(seen);
    }

    private static Path existing(Path file) {
        return Stream.iterate(file, path -> path != null, Path::getParent)
                .filter(Files::exists)
                .findFirst()
                .orElse(file);
    }

    private static String owner(Path place) {
        try {
            return Files.getOwner(place).getName();
        } catch (IOException | UnsupportedOperationException unknown) {
            return "an unknown user";
        }
    }

    private static String reason(FileSystemException named) {
        if (named.getReason() != null) return named.getReason();
        var kind = named.getClass().getSimpleName().replace("Exception", "");
        return switch (kind) { // the JDK's names
            case "NoSuchFile" -> "there is no such file or folder";
            case "FileAlreadyExists" -> "it exists already";
            case "NotDirectory" -> "it is no folder";
            case "DirectoryNotEmpty" -> "the folder is not empty";
            default -> kind;
        };
    }

    private static String advice(String seen) {
        return switch (seen) { // the system's words
            case "No space left on device", "Disk quota exceeded" -> "Free some space";
            case "Read-only file system" ->
                "Mount it for writing, or give another folder: CENSUS_LAUNCHER_STATE=/a/folder";
            case "Too many open files" -> "Raise the limit (ulimit -n 65536)";
            case "Cannot allocate memory" -> "Free some memory";
            case "Input/output error" -> "The disk may be broken: see the messages of the kernel (dmesg)";
            default -> "Correct that";
        };
    }
}
