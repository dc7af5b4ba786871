package org.starttlscensus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sources, statements, scripts and pages of this repository, for tests that look for citations in them. */
final class RepositoryTexts {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DECISIONS = ROOT.resolve("docs/decisions");
    private static final List<String> PLACES = List.of(
            "batch-jobs/src",
            "batch-jobs/bench",
            "batch-jobs/fuzz",
            "sql",
            "docs",
            "datasets",
            "findings",
            "deploy",
            "charts",
            ".ci",
            "census",
            "README.md",
            "CONTRIBUTING.md");
    private static final Pattern TEXT = Pattern.compile("[^.]+|.*\\.(java|sql|md|txt|csv|properties|sh|py|yaml|xml)");
    /** Words of others: registries, certificates, what mail servers say. */
    private static final Pattern OF_OTHERS =
            Pattern.compile("LICENSE|iana-.*|reply-samples\\.txt|rfc-sections\\.txt|Idna.*|.*suffix.*|published");

    /** By path from the root: each text as one line, without the marks that begin the lines of a comment. */
    static final Map<String, String> ALL = texts();

    private RepositoryTexts() {}

    static void each(Pattern pattern, String text, Consumer<MatchResult> found) {
        pattern.matcher(text).results().forEach(found);
    }

    /** By number: the names of the pages, without {@code .md}. */
    static Map<Integer, String> decisions() {
        try (var files = Files.list(DECISIONS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{4}-.*\\.md"))
                    .collect(Collectors.toMap(
                            name -> Integer.parseInt(name.substring(0, 4)),
                            name -> name.substring(0, name.length() - 3)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (var place : PLACES) {
            try (var files = Files.walk(ROOT.resolve(place))) {
                files.filter(Files::isRegularFile)
                        .filter(RepositoryTexts::isOurText)
                        .sorted()
                        .forEach(file -> texts.put(
                                ROOT.relativize(file).toString(),
                                read(file).replaceAll("\\R[ \\t]*(?:\\*(?!/)|--|#|//)?[ \\t]*", " ")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }

    private static boolean isOurText(Path file) {
        return TEXT.matcher(file.getFileName().toString()).matches()
                && Stream.of(ROOT.relativize(file).toString().split("/"))
                        .noneMatch(part -> OF_OTHERS.matcher(part).matches());
    }

    static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8); // a few are not UTF-8, on purpose
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
