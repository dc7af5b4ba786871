package org.starttlscensus.politeness;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.names.PublicSuffixes;

/** Reads the providers' file. Errors are reported by line and column, with the allowed values. */
final class ProviderFile {

    private static final List<String> COLUMNS =
            List.of("provider", "mx_suffixes", "open", "gap", "per_night", "note", "pool_suffixes");
    /** A file without pools may do without their column, as files did before there were any. */
    private static final int LEAST_COLUMNS = 6;

    private static final int SUFFIXES = 1;
    private static final int POOLS = 6;
    private static final Pattern VERSION = Pattern.compile("(?m)^#.*\\bversion: *([A-Za-z0-9._-]{1,40})\\s*$");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");
    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,4})(s|m)");

    private final Map<String, String> suffixes = new HashMap<>();
    private final Set<String> pools = new HashSet<>();
    private final Map<String, Limit> limits = new HashMap<>();
    private final Map<String, Long> lines = new HashMap<>();

    private ProviderFile() {}

    static ProviderRules parse(byte[] octets) {
        var text = utf8(octets);
        var version = VERSION.matcher(text);
        if (!version.find())
            throw new IllegalArgumentException("no line gives its version; add one such as \"# version: 2026-11-25\"");
        var file = new ProviderFile();
        file.read(text);
        var sha256 = Octets.of(octets).sha256();
        var fingerprint = HexFormat.of().formatHex(sha256.first(4).toArray());
        return new ProviderRules(version.group(1) + "/" + fingerprint, sha256, file.suffixes, file.pools, file.limits);
    }

    private void read(String text) {
        int columns = 0;
        try {
            for (var line : CsvReader.builder()
                    .commentStrategy(CommentStrategy.SKIP)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .ofCsvRecord(text)) {
                if (columns == 0) columns = header(line);
                else provider(line, columns);
            }
        } catch (CsvParseException broken) {
            throw new IllegalArgumentException("it is no CSV file (RFC 4180): " + broken.getMessage(), broken);
        }
        if (columns == 0)
            throw new IllegalArgumentException("it is empty; the first line is " + String.join(",", COLUMNS));
    }

    /** @return the number of columns */
    private static int header(CsvRecord line) {
        int count = line.getFieldCount();
        if (count < LEAST_COLUMNS || count > COLUMNS.size() || !line.getFields().equals(COLUMNS.subList(0, count)))
            throw fault(line, 0, "the first line is " + String.join(",", COLUMNS));
        return count;
    }

    private void provider(CsvRecord line, int columns) {
        if (line.getFieldCount() != columns) {
            throw fault(
                    line,
                    0,
                    "the line has %d cells, expected are %d: %s"
                            .formatted(line.getFieldCount(), columns, String.join(",", COLUMNS.subList(0, columns))));
        }
        var name = line.getField(0);
        if (!NAME.matcher(name).matches())
            throw fault(line, 0, "allowed are small letters, digits, dots and hyphens, at most 63");
        var earlier = lines.putIfAbsent(name, line.getStartingLineNumber());
        if (earlier != null)
            throw fault(line, 0, "the provider is in line %d already; keep one of the two lines".formatted(earlier));
        var poolEnds = columns > POOLS ? line.getField(POOLS).strip() : "";
        var ends = line.getField(SUFFIXES).strip();
        if (!ends.isEmpty() || poolEnds.isEmpty()) // a provider may have nothing but pools
        for (var end : ends.split(" +", -1)) suffix(line, SUFFIXES, name, end);
        if (!poolEnds.isEmpty()) for (var end : poolEnds.split(" +", -1)) pools.add(suffix(line, POOLS, name, end));
        limit(line, name);
    }

    /** @return the suffix in its canonical form */
    private String suffix(CsvRecord line, int column, String provider, String end) {
        Hostname host;
        try {
            host = new Hostname(end);
        } catch (IllegalArgumentException e) {
            throw fault(
                    line,
                    column,
                    "allowed are suffixes of host names such as mx.example.net, separated by spaces; \"%s\" is none"
                            .formatted(end));
        }
        if (PublicSuffixes.registrable(host).isEmpty()) {
            throw fault(
                    line,
                    column,
                    "\"%s\" is a public suffix: it would make one provider of all domains under it".formatted(end));
        }
        var other = suffixes.putIfAbsent(host.ascii(), provider);
        if (other != null)
            throw fault(
                    line, column, "\"%s\" belongs to %s in line %d already".formatted(end, other, lines.get(other)));
        return host.ascii();
    }

    private void limit(CsvRecord line, String provider) {
        var policy = Limits.CEILINGS.provider();
        var limit = policy;
        limit = cell(line, 2, limit, text -> policy.withOpen(number(text)));
        var opened = limit;
        limit = cell(line, 3, limit, text -> opened.withGap(duration(text)));
        var spaced = limit;
        limit = cell(line, 4, limit, text -> spaced.withPerNight(number(text)));
        if (!limit.equals(policy)) limits.put(provider, limit);
    }

    /** Changes one value of the limit. The policy checks it, and its message names what is allowed. */
    private static Limit cell(CsvRecord line, int column, Limit limit, Function<String, Limit> change) {
        var text = line.getField(column).strip();
        if (text.isEmpty()) return limit;
        try {
            var changed = change.apply(text);
            Limits.CEILINGS.withProviders(Map.of("checked", changed));
            return changed;
        } catch (IllegalArgumentException e) {
            throw fault(line, column, Objects.requireNonNull(e.getMessage()));
        }
    }

    private static int number(String text) {
        if (!NUMBER.matcher(text).matches())
            throw new IllegalArgumentException("allowed is a whole number of calls, or an empty cell for the policy's");
        return Integer.parseInt(text);
    }

    private static Duration duration(String text) {
        var parts = SECONDS.matcher(text);
        if (!parts.matches())
            throw new IllegalArgumentException(
                    "allowed is a duration such as 10s or 1m, or an empty cell for the policy's");
        return parts.group(2).equals("s")
                ? Duration.ofSeconds(Long.parseLong(parts.group(1)))
                : Duration.ofMinutes(Long.parseLong(parts.group(1)));
    }

    private static IllegalArgumentException fault(CsvRecord line, int column, String allowed) {
        var seen = line.getFieldCount() > column ? line.getField(column) : "";
        return new IllegalArgumentException("line %d, column %s: seen \"%s\"; %s"
                .formatted(
                        line.getStartingLineNumber(),
                        COLUMNS.get(column),
                        seen.substring(0, Math.min(seen.length(), 60)),
                        allowed));
    }

    private static String utf8(byte[] octets) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it is not UTF-8", e);
        }
    }
}
