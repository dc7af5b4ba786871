package org.starttlscensus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whatever a comment, a statement or a page cites exists: pages of {@code docs} and their sections, decisions,
 * and the RFCs and other standards of {@code rfc-sections.txt}.
 */
class CitationsTest {

    private static final Path STANDARDS =
            RepositoryTexts.ROOT.resolve("batch-jobs/src/test/resources/rfc-sections.txt");

    private static final Pattern SECTION = Pattern.compile("\\bsections? (\\d+(?:\\.\\d+)*)");
    /** The name of a source is no longer than this. */
    private static final int SOURCE_WITHIN = 80;

    private static final Pattern PAGE_BEFORE = Pattern.compile(".*?([a-z-]+)\\.md\\)?,? ?$");
    private static final Pattern OWN_PAGE = Pattern.compile("docs/([a-z-]+)\\.md");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (\\d+)\\. ");
    private static final Pattern RFC = Pattern.compile("RFC ?(\\d{3,5})\\b");
    private static final Pattern RFC_LINK =
            Pattern.compile("rfc-editor\\.org/rfc/rfc(\\d+)(?:\\.html)?(?:#section-([\\d.]+))?\"?>"
                    + "(RFC \\d+)(?:, section ([\\d.]+\\d|\\d+))?");
    private static final Pattern DECISION =
            Pattern.compile("(?i)\\bdecisions? (\\d{1,4})\\b|\\bdecisions/(\\d{4})(-[a-z0-9-]+)?");
    private static final Pattern DECISION_OF_DECISION = Pattern.compile("(?<![\\w.+])(00\\d\\d)(?!\\w)(-[a-z0-9-]+)?");

    /** By standard, for example {@code RFC 5321}: its sections and their titles; the empty section is the whole. */
    private static final Map<String, Map<String, String>> LISTED = listed();

    @Test
    void everySectionHasASourceThatHasIt() {
        var missing = new TreeSet<String>();
        sections((file, source, section) -> {
            var exists = LISTED.containsKey(source)
                    ? LISTED.get(source).containsKey(section)
                    : pageSections(source).contains(section);
            if (!exists)
                missing.add("%s cites %s, section %s".formatted(file, source.isEmpty() ? "nothing" : source, section));
        });
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyRfcIsListed() {
        var missing = new TreeSet<String>();
        RepositoryTexts.ALL.forEach((file, text) -> RepositoryTexts.each(RFC, text, found -> {
            if (!LISTED.containsKey("RFC " + found.group(1))) missing.add(file + " cites RFC " + found.group(1));
        }));
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyLinkToAnRfcSaysWhereItLeads() {
        var other = new TreeSet<String>();
        RepositoryTexts.ALL.forEach((file, text) -> RepositoryTexts.each(RFC_LINK, text, found -> {
            var leads = "RFC " + found.group(1) + found.group(2);
            if (!leads.equals(found.group(3) + found.group(4))) other.add("%s: %s".formatted(file, found.group()));
        }));
        assertEquals(Set.of(), other);
    }

    @Test
    void everyDecisionExists() {
        var decisions = RepositoryTexts.decisions();
        var missing = new TreeSet<String>();
        RepositoryTexts.ALL.forEach((file, text) -> {
            Consumer<MatchResult> check = found -> {
                var number = found.group(1) != null ? found.group(1) : found.group(2);
                var slug = found.group(found.groupCount());
                var name = decisions.get(Integer.parseInt(number));
                if (name == null || (slug != null && !name.equals(number + slug))) {
                    missing.add(file + " cites " + found.group());
                }
            };
            RepositoryTexts.each(DECISION, text, check);
            if (file.startsWith("docs/decisions/")) RepositoryTexts.each(DECISION_OF_DECISION, text, check);
        });
        assertEquals(Set.of(), missing);
    }

    /** A citation of a section: the file that cites, the page or standard, the number. */
    private interface Citation {
        void of(String file, String source, String section);
    }

    private static void sections(Citation each) {
        RepositoryTexts.ALL.forEach((file, text) -> RepositoryTexts.each(
                SECTION,
                text,
                found -> each.of(
                        file,
                        source(file, text.substring(Math.max(0, found.start() - SOURCE_WITHIN), found.start())),
                        found.group(1))));
    }

    /** The standard or page that stands right before "section"; else the page itself; else nothing. */
    private static String source(String file, String before) {
        var standard = LISTED.keySet().stream()
                .filter(name -> before.matches("(?s).*\\b%s,? ?".formatted(Pattern.quote(name))))
                .findFirst();
        if (standard.isPresent()) return standard.get();
        var page = PAGE_BEFORE.matcher(before);
        if (page.matches()) return page.group(1) + ".md";
        var own = OWN_PAGE.matcher(file);
        return own.matches() ? own.group(1) + ".md" : "";
    }

    private static Set<String> pageSections(String page) {
        var text = RepositoryTexts.ROOT.resolve("docs").resolve(page);
        if (page.isEmpty() || !Files.exists(text)) return Set.of();
        return HEADING.matcher(RepositoryTexts.read(text))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private static Map<String, Map<String, String>> listed() {
        Map<String, Map<String, String>> listed = new LinkedHashMap<>();
        var current = "";
        for (var line : RepositoryTexts.read(STANDARDS)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList()) {
            var parts = line.strip().split(" \\| ", 2);
            if (!line.startsWith(" ")) current = parts[0];
            listed.computeIfAbsent(current, _ -> new LinkedHashMap<>())
                    .put(line.startsWith(" ") ? parts[0] : "", parts[1]);
        }
        return listed;
    }
}
