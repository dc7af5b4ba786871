package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Reads the tables of {@code docs/json.md} by their headings, and compares JSON objects with them. */
final class JsonDocument {

    static final JsonDocument READ = read(Path.of("../docs/json.md"));
    static final String AND = "*and*";

    private final Map<String, List<Row>> tables = new LinkedHashMap<>();
    private final Map<String, List<String>> sets = new LinkedHashMap<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    /**
     * A row of a table.
     *
     * @param type    without the unit
     * @param missing when the field is null or absent; empty if it never is
     */
    record Row(String field, String type, String unit, String missing, String meaning) {

        private static Row of(List<String> cells) {
            var type = cells.get(1).split(" (?=\\()");
            return new Row(cells.get(0), type[0], type.length > 1 ? type[1] : "", cells.get(2), cells.get(3));
        }

        boolean mayBeNull() {
            return missing.startsWith("null: ");
        }

        boolean mayBeAbsent() {
            return missing.startsWith("absent: ");
        }
    }

    private static JsonDocument read(Path file) {
        var document = new JsonDocument();
        var heading = "";
        try {
            for (var line : Files.readAllLines(file)) {
                if (line.startsWith("#")) heading = line.replaceFirst("#+ ", "");
                if (!line.matches("\\| (?!(field|set) \\|).*")) continue;
                var cells = Arrays.stream(line.substring(1).split("\\|", -1))
                        .map(String::strip)
                        .toList();
                if (heading.equals("Closed sets")) {
                    document.sets.put(
                            cells.get(0), List.of(cells.get(1).replace("`", "").split(", ")));
                } else {
                    document.tables
                            .computeIfAbsent(heading, _ -> new ArrayList<>())
                            .add(Row.of(cells));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return document;
    }

    Map<String, List<Row>> tables() {
        return tables;
    }

    Map<String, List<String>> sets() {
        return sets;
    }

    /** The tables that an object was compared with in this process. */
    Set<String> seen() {
        return seen;
    }

    /** The table to which a link such as {@code [server verdict](#server-verdict)} leads. */
    String linked(String link) {
        var anchor = link.replaceFirst(".*\\(#(.*)\\)", "$1");
        return tables.keySet().stream()
                .filter(heading -> anchor(heading).equals(anchor))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no table is called " + link));
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
    }

    /** The answer to a command with {@code --json}. */
    void check(List<String> arguments, String printed) {
        check(heading(arguments), Json.MAPPER.readTree(printed));
    }

    private static String heading(List<String> arguments) {
        return switch (arguments.getFirst()) {
            case "provider" -> "census provider " + arguments.get(1);
            case "opt-out" -> "census opt-out " + (arguments.get(1).equals("list") ? "list" : "add, remove");
            case "explain" -> arguments.contains("--address") ? "census explain --address" : "census explain";
            case "pause", "resume", "stop" -> "census pause, resume, stop";
            case "doctor", "identity" -> "census doctor, identity check";
            default -> "census " + arguments.getFirst();
        };
    }

    void check(String heading, JsonNode object) {
        var names = new ArrayList<>(object.propertyNames());
        consume(heading, object, names);
        assertEquals(List.of(), names, () -> "not documented under \"%s\", or in another order".formatted(heading));
    }

    /** Removes the fields of a table from the front of the remaining names. */
    private void consume(String heading, JsonNode object, List<String> names) {
        assertTrue(tables.containsKey(heading), () -> "there is no table under \"%s\"".formatted(heading));
        seen.add(heading);
        for (var row : tables.get(heading)) {
            var where = heading + ": " + row.field();
            if (row.field().equals(AND)) {
                var table = linked(row.type());
                var begins = !names.isEmpty()
                        && names.getFirst().equals(tables.get(table).getFirst().field());
                assertTrue(begins || row.mayBeAbsent(), () -> where + " " + row.type() + " is missing before " + names);
                if (begins) consume(table, object, names);
            } else if (!names.isEmpty() && names.getFirst().equals(row.field())) {
                value(where, row.type(), row.mayBeNull(), object.get(names.removeFirst()));
            } else {
                assertTrue(row.mayBeAbsent(), () -> where + " is missing before " + names);
            }
        }
    }

    private void value(String where, String type, boolean mayBeNull, JsonNode value) {
        if (value.isNull()) assertTrue(mayBeNull, () -> where + " is null");
        else if (type.startsWith("list of ")) value.forEach(each -> value(where, type.substring(8), false, each));
        else if (type.startsWith("object of ")) value.forEach(each -> value(where, type.substring(10), false, each));
        else if (type.endsWith("(#closed-sets)")) {
            assertTrue(set(type).contains(value.asString()), () -> where + " is " + value);
        } else if (type.startsWith("[")) check(linked(type), value);
        else assertTrue(isOf(type, value), () -> where + " is no %s: %s".formatted(type, value));
    }

    List<String> set(String link) {
        var name = link.substring(1, link.indexOf(']'));
        assertTrue(sets.containsKey(name), () -> "there is no closed set " + name);
        return sets.get(name);
    }

    private static boolean isOf(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isString();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "date" -> value.isString() && isSpelled(value.asString(), LocalDate::parse);
            case "time" -> value.isString() && isSpelled(value.asString(), Instant::parse);
            default -> throw new AssertionError("no type is called " + type);
        };
    }

    private static boolean isSpelled(String text, Function<String, Object> parsed) {
        try {
            return parsed.apply(text).toString().equals(text);
        } catch (DateTimeException wrong) {
            return false;
        }
    }
}
