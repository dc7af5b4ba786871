package org.starttlscensus.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.starttlscensus.publish.TakedownResult.SkippedFolder;

/**
 * The folder of all published nights: a set for each, and hidden ones that were replaced.
 *
 * @param folder the folder itself
 */
record PublishedNights(Path folder) {

    private static final Pattern NIGHT = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern EARLIER = Pattern.compile("\\.[0-9-]{10}\\.earlier-[0-9]{1,6}");
    private static final Pattern STAGED = Pattern.compile("\\..*\\.publishing");
    private static final Pattern ASIDE = Pattern.compile("\\.(.*)\\.aside");

    /**
     * The sets of published nights and of replaced ones, by name.
     *
     * @param whole   those that can be read and written again
     * @param skipped folders that may have rows as well, and why they cannot
     */
    record Sets(List<Path> whole, List<SkippedFolder> skipped) {}

    Sets sets() throws IOException {
        var whole = new ArrayList<Path>();
        var skipped = new ArrayList<SkippedFolder>();
        for (var path : named(NIGHT, EARLIER)) {
            var fault = fault(path);
            if (fault.isPresent()) skipped.add(new SkippedFolder(path, fault.get()));
            else if (!isEmpty(path)) whole.add(path);
        }
        return new Sets(whole, skipped);
    }

    private static Optional<String> fault(Path path) {
        if (!Files.isDirectory(path)) return Optional.of("it is no folder");
        try {
            return switch (FolderContent.of(path)) {
                case FolderContent.WholeSet _, FolderContent.Nothing _ -> Optional.empty();
                case FolderContent.Unfinished _ ->
                    isEmpty(path)
                            ? Optional.empty()
                            : Optional.of("it has files without %s, which names what belongs to a set"
                                    .formatted(Manifest.NAME));
                case FolderContent.Foreign(var example) ->
                    Optional.of(
                            example.equals(Manifest.NAME)
                                    ? "its files are not those that %s names".formatted(Manifest.NAME)
                                    : "it has %s, which no publish wrote".formatted(example));
            };
        } catch (IOException unreadable) {
            return Optional.of("it cannot be read (%s)".formatted(PublishException.reason(unreadable)));
        }
    }

    private static boolean isEmpty(Path path) throws IOException {
        try (var files = Files.list(path)) {
            return files.findAny().isEmpty();
        }
    }

    static boolean isPublished(Path set) {
        return NIGHT.matcher(name(set)).matches();
    }

    /** Removes what a killed process was writing, and puts a set back that it had moved aside. */
    void recover() throws IOException {
        for (var staged : folders(STAGED)) Folders.delete(staged);
        for (var aside : folders(ASIDE)) {
            var matcher = ASIDE.matcher(name(aside));
            if (!matcher.matches()) continue;
            var place = folder.resolve(matcher.group(1));
            if (Files.exists(place)) Folders.delete(aside);
            else Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /**
     * Puts a staged set in the place of another one, which is deleted. Killed in between, {@link #recover} mends it.
     */
    void replace(Path set, StagedSet staged) throws IOException {
        if (!FolderExchange.exchange(staged.folder(), set)) {
            var aside = folder.resolve("." + name(set) + ".aside");
            Files.move(set, aside, StandardCopyOption.ATOMIC_MOVE);
            Files.move(staged.folder(), set, StandardCopyOption.ATOMIC_MOVE);
            Folders.delete(aside);
        }
        Folders.sync(folder);
    }

    static Path stagingOf(Path set) {
        return set.resolveSibling("." + name(set) + ".publishing");
    }

    private List<Path> folders(Pattern... patterns) throws IOException {
        return named(patterns).stream().filter(Files::isDirectory).toList();
    }

    private List<Path> named(Pattern... patterns) throws IOException {
        try (var all = Files.list(folder)) {
            return all.filter(path -> List.of(patterns).stream()
                            .anyMatch(pattern -> pattern.matcher(name(path)).matches()))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
