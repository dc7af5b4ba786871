package org.starttlscensus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever a comment, a statement or a page cites exists: pages of {@code docs} and their sections, decisions, files that a
 * page links to, and the RFCs and other standards of {@code rfc-sections.txt}.
 */
class CitationsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DECISIONS = ROOT.resolve("docs/decisions");
    private static final Path STANDARDS = ROOT.resolve("batch-jobs/src/test/resources/rfc-sections.txt");
    private static final List<String> PLACES = List.of("batch-jobs/src", "batch-jobs/bench", "batch-jobs/fuzz", "sql", "docs", "datasets",
            "findings", "deploy", "charts", ".ci", "census", "README.md", "CONTRIBUTING.md");
    private static final Pattern TEXT = Pattern.compile("[^.]+|.*\\.(java|sql|md|txt|csv|properties|sh|py|yaml|xml)");
    /** Words of others: registries, certificates, what mail servers say. */
    private static final Pattern OF_OTHERS = Pattern.compile("LICENSE|iana-.*|reply-samples\\.txt|rfc-sections\\.txt|Idna.*|.*suffix.*|published");

    private static final Pattern SECTION = Pattern.compile("\\bsections? (\\d+(?:\\.\\d+)*)");
    /** The name of a source is no longer than this. */
    private static final int SOURCE_WITHIN = 80;
    private static final Pattern PAGE_BEFORE = Pattern.compile(".*?([a-z-]+)\\.md\\)?,? ?$");
    private static final Pattern OWN_PAGE = Pattern.compile("docs/([a-z-]+)\\.md");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (\\d+)\\. ");
    private static final Pattern RFC = Pattern.compile("RFC ?(\\d{3,5})\\b");
    private static final Pattern RFC_LINK = Pattern.compile(
            "rfc-editor\\.org/rfc/rfc(\\d+)(?:\\.html)?(?:#section-([\\d.]+))?\"?>(RFC \\d+)(?:, section ([\\d.]+\\d|\\d+))?");
    private static final Pattern DECISION = Pattern.compile("(?i)\\bdecisions? (\\d{1,4})\\b|\\bdecisions/(\\d{4})(-[a-z0-9-]+)?");
    private static final Pattern DECISION_OF_DECISION = Pattern.compile("(?<![\\w.+])(00\\d\\d)(?!\\w)(-[a-z0-9-]+)?");
    private static final Pattern PAGE = Pattern.compile("\\bdocs/[a-z-]+\\.md\\b");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#|mailto:)([^)# ]+)(?:#[^)]*)?\\)");

    private static final Map<String, String> TEXTS = texts();
    /** By standard, for example {@code RFC 5321}: its sections and their titles; the empty section is the whole. */
    private static final Map<String, Map<String, String>> LISTED = listed();

    @Test
    void everySectionHasASourceThatHasIt() {
        var missing = new TreeSet<String>();
        sections((file, source, section) -> {
            var exists = LISTED.containsKey(source) ? LISTED.get(source).containsKey(section) : pageSections(source).contains(section);
            if (!exists) missing.add("%s cites %s, section %s".formatted(file, source.isEmpty() ? "nothing" : source, section));
        });
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyRfcIsListed() {
        var missing = new TreeSet<String>();
        TEXTS.forEach((file, text) -> each(RFC, text, found -> {
            if (!LISTED.containsKey("RFC " + found.group(1))) missing.add(file + " cites RFC " + found.group(1));
        }));
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyLinkToAnRfcSaysWhereItLeads() {
        var other = new TreeSet<String>();
        TEXTS.forEach((file, text) -> each(RFC_LINK, text, found -> {
            var leads = "RFC " + found.group(1) + found.group(2);
            if (!leads.equals(found.group(3) + found.group(4))) other.add("%s: %s".formatted(file, found.group()));
        }));
        assertEquals(Set.of(), other);
    }

    @Test
    void everyDecisionExists() {
        var decisions = decisions();
        var missing = new TreeSet<String>();
        TEXTS.forEach((file, text) -> {
            Consumer<MatchResult> check = found -> {
                var number = found.group(1) != null ? found.group(1) : found.group(2);
                var slug = found.group(found.groupCount());
                var name = decisions.get(Integer.parseInt(number));
                if (name == null || slug != null && !name.equals(number + slug)) {
                    missing.add(file + " cites " + found.group());
                }
            };
            each(DECISION, text, check);
            if (file.startsWith("docs/decisions/")) each(DECISION_OF_DECISION, text, check);
        });
        assertEquals(Set.of(), missing);
    }

    @Test
    void theIndexNamesEveryPageAndEveryDecision() throws IOException {
        var index = Files.readString(ROOT.resolve("docs/README.md"));
        try (var pages = Files.list(ROOT.resolve("docs"))) {
            var names = Stream.concat(decisions().values().stream().map(name -> "decisions/" + name + ".md"),
                    pages.map(page -> page.getFileName().toString()).filter(name -> name.endsWith(".md") && !name.equals("README.md")));
            assertEquals(List.of(), names.filter(name -> !index.contains("](" + name + ")")).sorted().toList());
        }
    }

    @Test
    void everyFileThatAPageLinksToExists() {
        var missing = new TreeSet<String>();
        TEXTS.forEach((file, text) -> {
            if (!file.endsWith(".md")) return;
            each(LINK, text, found -> {
                var target = ROOT.resolve(file).getParent().resolve(found.group(1)).normalize();
                if (!Files.exists(target)) missing.add("%s links to %s".formatted(file, found.group(1)));
            });
        });
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyPageThatIsNamedExists() {
        var missing = new TreeSet<String>();
        TEXTS.forEach((file, text) -> each(PAGE, text, found -> {
            if (!Files.exists(ROOT.resolve(found.group()))) missing.add("%s names %s".formatted(file, found.group()));
        }));
        assertEquals(Set.of(), missing);
    }

    /** A citation of a section: the file that cites, the page or standard, the number. */
    private interface Citation {
        void of(String file, String source, String section);
    }

    private static void sections(Citation each) {
        TEXTS.forEach((file, text) -> each(SECTION, text, found -> each.of(file,
                source(file, text.substring(Math.max(0, found.start() - SOURCE_WITHIN), found.start())), found.group(1))));
    }

    /** The standard or page that stands right before "section"; else the page itself; else nothing. */
    private static String source(String file, String before) {
        var standard = LISTED.keySet().stream().filter(name -> before.matches("(?s).*\\b%s,? ?".formatted(Pattern.quote(name)))).findFirst();
        if (standard.isPresent()) return standard.get();
        var page = PAGE_BEFORE.matcher(before);
        if (page.matches()) return page.group(1) + ".md";
        var own = OWN_PAGE.matcher(file);
        return own.matches() ? own.group(1) + ".md" : "";
    }

    private static Set<String> pageSections(String page) {
        var text = ROOT.resolve("docs").resolve(page);
        if (page.isEmpty() || !Files.exists(text)) return Set.of();
        return HEADING.matcher(read(text)).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static Map<Integer, String> decisions() {
        try (var files = Files.list(DECISIONS)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.matches("\\d{4}-.*\\.md"))
                    .collect(Collectors.toMap(name -> Integer.parseInt(name.substring(0, 4)), name -> name.substring(0, name.length() - 3)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void each(Pattern pattern, String text, Consumer<MatchResult> found) {
        pattern.matcher(text).results().forEach(found);
    }

    /** By path: each text as one line, without the marks that begin the lines of a comment. */
    private static Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (var place : PLACES) {
            try (var files = Files.walk(ROOT.resolve(place))) {
                files.filter(Files::isRegularFile).filter(CitationsTest::isOurText).sorted().forEach(file -> texts.put(
                        ROOT.relativize(file).toString(), read(file).replaceAll("\\R[ \\t]*(?:\\*(?!/)|--|#|//)?[ \\t]*", " ")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return texts;
    }

    private static boolean isOurText(Path file) {
        return TEXT.matcher(file.getFileName().toString()).matches()
                && Stream.of(ROOT.relativize(file).toString().split("/")).noneMatch(part -> OF_OTHERS.matcher(part).matches());
    }

    private static Map<String, Map<String, String>> listed() {
        Map<String, Map<String, String>> listed = new LinkedHashMap<>();
        var current = "";
        for (var line : read(STANDARDS).lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList()) {
            var parts = line.strip().split(" \\| ", 2);
            if (!line.startsWith(" ")) current = parts[0];
            listed.computeIfAbsent(current, _ -> new LinkedHashMap<>()).put(line.startsWith(" ") ? parts[0] : "", parts[1]);
        }
        return listed;
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8); // a few are not UTF-8, on purpose
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
