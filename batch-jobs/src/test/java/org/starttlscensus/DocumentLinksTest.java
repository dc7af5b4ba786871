package org.starttlscensus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages lead somewhere: what they link to and the files that they name exist, and the index has all of them. */
class DocumentLinksTest {

    private static final Pattern PAGE = Pattern.compile("\\bdocs/[a-z-]+\\.md\\b");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#|mailto:)([^)# ]+)(?:#[^)]*)?\\)");
    private static final Pattern SOURCE = Pattern.compile("`([a-z]+/[A-Z]\\w+\\.java)`");
    private static final Pattern FILE =
            Pattern.compile("`((?:batch-jobs|sql|datasets|findings|docs|deploy)/[\\w./-]+)`");
    private static final Path PROGRAM = RepositoryTexts.ROOT.resolve("batch-jobs/src/main/java/org/starttlscensus");

    @Test
    void theIndexNamesEveryPageAndEveryDecision() throws IOException {
        var index = Files.readString(RepositoryTexts.ROOT.resolve("docs/README.md"));
        try (var pages = Files.list(RepositoryTexts.ROOT.resolve("docs"))) {
            var names = Stream.concat(
                    RepositoryTexts.decisions().values().stream().map(name -> "decisions/" + name + ".md"),
                    pages.map(page -> page.getFileName().toString())
                            .filter(name -> name.endsWith(".md") && !name.equals("README.md")));
            assertEquals(
                    List.of(),
                    names.filter(name -> !index.contains("](" + name + ")"))
                            .sorted()
                            .toList());
        }
    }

    @Test
    void everyFileThatAPageLinksToExists() {
        var missing = new TreeSet<String>();
        RepositoryTexts.ALL.forEach((file, text) -> {
            if (!file.endsWith(".md")) return;
            RepositoryTexts.each(LINK, text, found -> {
                var target = RepositoryTexts.ROOT
                        .resolve(file)
                        .getParent()
                        .resolve(found.group(1))
                        .normalize();
                if (!Files.exists(target)) missing.add("%s links to %s".formatted(file, found.group(1)));
            });
        });
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyPageThatIsNamedExists() {
        var missing = new TreeSet<String>();
        RepositoryTexts.ALL.forEach((file, text) -> RepositoryTexts.each(PAGE, text, found -> {
            if (!Files.exists(RepositoryTexts.ROOT.resolve(found.group())))
                missing.add("%s names %s".formatted(file, found.group()));
        }));
        assertEquals(Set.of(), missing);
    }

    /** In the pages of {@code docs}: {@code room/Type.java} of the program, and paths from the root. */
    @Test
    void everyFileThatAPageNamesExists() {
        var missing = new TreeSet<String>();
        RepositoryTexts.ALL.forEach((file, text) -> {
            if (!file.matches("docs/[^/]+\\.md")) return;
            RepositoryTexts.each(SOURCE, text, found -> {
                if (!Files.exists(PROGRAM.resolve(found.group(1)))) missing.add(file + " names " + found.group(1));
            });
            RepositoryTexts.each(FILE, text, found -> {
                var isThere = Files.exists(RepositoryTexts.ROOT.resolve(found.group(1)));
                if (!isThere) missing.add(file + " names " + found.group(1));
            });
        });
        assertEquals(Set.of(), missing);
    }
}
