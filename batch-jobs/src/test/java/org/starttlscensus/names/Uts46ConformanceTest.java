package org.starttlscensus.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.IDNA;
import com.ibm.icu.util.VersionInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Unicode's own test vectors. The columns are source, toUnicode, its status, toAsciiN, its status, and so on; an empty
 * column repeats an earlier one.
 *
 * @see <a href="https://www.unicode.org/reports/tr46/#Conformance_Testing">UTS #46, section 8: conformance testing</a>
 */
class Uts46ConformanceTest {

    private static final Path VECTORS = Path.of("../../shared/vectors/idna");
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-Fa-f]{4})|\\\\x\\{([0-9A-Fa-f]+)}");

    /** Hyphens in the third and fourth position of an ASCII label, and the final dot. */
    private static final Set<String> LENIENT_ON_PURPOSE = Set.of("V2", "A4_2");

    /** "Not valid in this Unicode version". A later version may have assigned the character. */
    private static final String NOT_VALID_YET = "V7";

    private record Vector(String source, String toAsciiN, String status) {

        static Vector of(String line) {
            var columns = line.replaceFirst("#.*", "").split(";", -1);
            var source = text(columns[0]).orElse("");
            var unicode = text(columns[1]).orElse(source);
            var status = columns[4].isBlank() ? columns[2].strip() : columns[4].strip();
            return new Vector(source, text(columns[3]).orElse(unicode), status.equals("[]") ? "" : status);
        }

        boolean mayBeAccepted(VersionInfo unicode) {
            var younger = name().codePoints()
                    .anyMatch(point -> UCharacter.getAge(point).compareTo(unicode) > 0);
            return Stream.of(status.replaceAll("[\\[\\] ]", "").split(","))
                    .allMatch(code -> LENIENT_ON_PURPOSE.contains(code) || (younger && code.equals(NOT_VALID_YET)));
        }

        private String name() {
            return IDNA.getUTS46Instance(IDNA.DEFAULT)
                    .nameToUnicode(source, new StringBuilder(), new IDNA.Info())
                    .toString();
        }

        private static Optional<String> text(String column) {
            var stripped = column.replaceAll("^[ \t]+|[ \t]+$", "");
            if (stripped.isEmpty()) return Optional.empty();
            if (stripped.equals("\"\"")) return Optional.of("");
            return Optional.of(ESCAPE.matcher(stripped).replaceAll(match -> {
                var hex = match.group(1) == null ? match.group(2) : match.group(1);
                return Matcher.quoteReplacement(Character.toString(Integer.parseInt(hex, 16)));
            }));
        }
    }

    @Test
    void agreesWithTheStandardWheneverItConvertsAName() throws IOException {
        var wrong = new ArrayList<String>();
        var refused = new ArrayList<String>();
        var lenient = new ArrayList<String>();
        var unexplained = new ArrayList<String>();
        int right = 0;
        var file = vectors();
        var unicode = VersionInfo.getInstance(file.getFileName().toString().replaceAll("IdnaTestV2-|\\.txt", ""));
        for (var vector : read(file)) {
            var shown = shown(vector.source) + " " + vector.status;
            switch (DomainNames.toAscii(vector.source)) {
                case AsciiName.Converted(var ascii)
                when !ascii.equals(vector.toAsciiN) -> wrong.add(shown + " -> " + ascii);
                case AsciiName.Converted(var ascii)
                when !vector.status.isEmpty() -> {
                    lenient.add(shown + " -> " + ascii);
                    if (!vector.mayBeAccepted(unicode)) unexplained.add(shown);
                }
                case AsciiName.Refused(var reason) when vector.status.isEmpty() -> refused.add(shown + " -> " + reason);
                case AsciiName.Converted _, AsciiName.Refused _ -> right++;
            }
        }
        System.out.printf(
                "UTS #46: %d right, %d wrong, %d refused that are valid, %d lenient:%n",
                right, wrong.size(), refused.size(), lenient.size());
        lenient.forEach(line -> System.out.println("  lenient: " + line));
        assertEquals(List.of(), wrong, "wrong output");
        assertEquals(List.of(), refused, "valid names refused");
        assertTrue(right > 1_000, "the vectors were read");
        assertEquals(
                List.of(), unexplained, "accepted against the standard, neither on purpose nor by a later Unicode");
    }

    private static Path vectors() throws IOException {
        assumeTrue(Files.isDirectory(VECTORS), VECTORS + " is not here: UTS #46 conformance is not tested");
        try (Stream<Path> files = Files.list(VECTORS)) {
            return files.filter(path -> path.getFileName().toString().startsWith("IdnaTestV2"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<Vector> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Vector::of)
                .toList();
    }

    private static String shown(String text) {
        var shown = new StringBuilder();
        text.codePoints()
                .forEach(point -> shown.append(
                        point > 0x20 && point < 0x7f ? Character.toString(point) : "\\x{%X}".formatted(point)));
        return shown.toString();
    }
}
