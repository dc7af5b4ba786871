package org.starttlscensus.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;

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

    /** Whole sets, of published nights and of replaced ones, by name. */
    List<Path> sets() throws IOException {
        return folders(NIGHT, EARLIER).stream().filter(PublishedNights::isWhole).toList();
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

    private static boolean isWhole(Path set) {
        try {
            return FolderContent.of(set) instanceof FolderContent.WholeSet;
        } catch (IOException unreadable) {
            return false;
        }
    }

    private List<Path> folders(Pattern... patterns) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (var all = Files.list(folder)) {
            return all.filter(Files::isDirectory)
                    .filter(path -> List.of(patterns).stream()
                            .anyMatch(pattern -> pattern.matcher(name(path)).matches()))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
