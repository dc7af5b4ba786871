package org.starttlscensus.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sets that were published for a night before others replaced them: {@code .2026-11-23.earlier-1}, {@code -2} and so
 * on, beside its folder. Nothing of ours deletes them.
 *
 * @param folder the folder of the night
 */
record EarlierSets(Path folder) {

    /**
     * Moves files without a manifest aside, except those that a killed publish of the same set left.
     *
     * @return where they are kept; empty if there are none
     */
    Optional<Path> keepStrayFiles(StagedSet staged) throws IOException {
        var strays = strays(staged);
        if (strays.isEmpty()) return Optional.empty();
        var kept = next();
        Folders.create(kept);
        for (var stray : strays) Files.move(stray, kept.resolve(stray.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(kept);
        Folders.sync(folder);
        return Optional.of(kept);
    }

    boolean hasStrayFiles(StagedSet staged) throws IOException {
        return !strays(staged).isEmpty();
    }

    private List<Path> strays(StagedSet staged) throws IOException {
        var strays = new ArrayList<Path>();
        try (var files = Files.newDirectoryStream(folder, "*.{csv,csv.gz}")) {
            for (var file : files) if (!staged.replacesWithoutLoss(file)) strays.add(file);
        }
        return strays;
    }

    /**
     * Puts a staged set in the place of the published one, which is kept. The staged set gets the number first: a kill
     * at any moment leaves a whole set in the folder, and loses none.
     *
     * @return where the earlier set is kept
     */
    Path keepAndReplaceBy(StagedSet staged) throws IOException {
        removeCopiesOf(staged);
        var numbered = next();
        Files.move(staged.folder(), numbered, StandardCopyOption.ATOMIC_MOVE);
        var kept = FolderExchange.exchange(numbered, folder) ? numbered : replaceInTwoSteps(numbered);
        Folders.sync(Folders.parent(folder));
        return kept;
    }

    /** Where folders cannot be exchanged, readers see no set between the two steps, but never a broken one. */
    private Path replaceInTwoSteps(Path staged) throws IOException {
        var kept = next();
        try {
            Files.move(folder, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Folders.delete(staged);
            throw e;
        }
        Files.move(staged, folder, StandardCopyOption.ATOMIC_MOVE);
        return kept;
    }

    /** A set that is published again is in its place again, so a copy of it need not be kept. */
    private void removeCopiesOf(StagedSet staged) throws IOException {
        for (var number : numbers()) {
            var earlier = numbered(number);
            if (FolderContent.of(earlier) instanceof FolderContent.WholeSet && staged.isIn(earlier))
                Folders.delete(earlier);
        }
    }

    private Path next() throws IOException {
        return numbered(numbers().stream().mapToInt(number -> number).max().orElse(0) + 1);
    }

    private List<Integer> numbers() throws IOException {
        var name = Pattern.compile(Pattern.quote(".%s.earlier-".formatted(folder.getFileName())) + "([0-9]{1,6})");
        try (var siblings = Files.list(Folders.parent(folder))) {
            return siblings.map(sibling -> name.matcher(sibling.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(found -> Integer.valueOf(found.group(1)))
                    .toList();
        }
    }

    private Path numbered(int number) {
        return folder.resolveSibling(".%s.earlier-%d".formatted(folder.getFileName(), number));
    }
}
