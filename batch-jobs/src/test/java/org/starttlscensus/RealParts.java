package org.starttlscensus;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** The servers that {@code .ci/real-parts} started, by its properties file: settings, expected rows, logs. */
record RealParts(Properties properties, Map<String, Integer> linesBefore) {

    /** The system property with the path of the file. */
    static final String PROPERTY = "census.real-parts";

    private static final String SETTING = "setting.";
    private static final String LOG = "log.";

    /** The servers that are running. */
    static RealParts running() throws IOException {
        return read(Path.of(System.getProperty(PROPERTY)));
    }

    /** The unrelated neighbours that run beside them. */
    static RealParts neighbours() throws IOException {
        return read(Path.of(System.getProperty(PROPERTY)).resolveSibling("neighbours.properties"));
    }

    private static RealParts read(Path file) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        var linesBefore = new TreeMap<String, Integer>();
        for (var key : properties.stringPropertyNames()) {
            if (key.startsWith(LOG)) {
                linesBefore.put(
                        key.substring(LOG.length()),
                        Files.readAllLines(Path.of(properties.getProperty(key))).size());
            }
        }
        return new RealParts(properties, linesBefore);
    }

    Path list() {
        return path("list");
    }

    /** @param side {@code apart} or {@code among} */
    Path list(String side) {
        return path("list." + side);
    }

    /** What a neighbour is, by its number. */
    String neighbour(int number) {
        return properties.getProperty("server." + number);
    }

    /** The arguments {@code --set key=value} of the census, in a stable order. */
    List<String> settings() {
        var arguments = new ArrayList<String>();
        properties.stringPropertyNames().stream()
                .filter(key -> key.startsWith(SETTING))
                .sorted()
                .forEach(key -> {
                    arguments.add("--set");
                    arguments.add(key.substring(SETTING.length()) + "=" + properties.getProperty(key));
                });
        return arguments;
    }

    List<Map<String, String>> expectedServers() throws IOException {
        return table(Files.readAllLines(path("expected.servers")));
    }

    List<Map<String, String>> expectedDomains() throws IOException {
        return table(Files.readAllLines(path("expected.domains")));
    }

    /** The servers that log their clients. */
    Set<String> servers() {
        return linesBefore.keySet();
    }

    /** What a server logged about its clients since {@link #running()}. */
    List<String> log(String server) throws IOException {
        var lines = Files.readAllLines(path(LOG + server));
        return lines.subList(linesBefore.get(server), lines.size());
    }

    /** The rows of a published file, found by its name anywhere under the directory of the night. */
    static List<Map<String, String>> published(Path directory, String fileName) throws IOException {
        try (var files = Files.walk(directory)) {
            var found = files.filter(file -> file.getFileName().toString().equals(fileName))
                    .toList();
            if (found.size() != 1) {
                throw new AssertionError("expected one " + fileName + " under " + directory + ", found " + found);
            }
            try (var reader = new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(found.getFirst())), StandardCharsets.UTF_8)) {
                return table(reader.readAllLines());
            }
        }
    }

    /** No cell of these files needs quotes, so a quoted cell fails the comparison. */
    private static List<Map<String, String>> table(List<String> lines) {
        var columns = lines.getFirst().split(",", -1);
        return lines.stream()
                .skip(1)
                .map(line -> row(columns, line.split(",", -1)))
                .toList();
    }

    private static Map<String, String> row(String[] columns, String[] cells) {
        if (cells.length != columns.length) {
            throw new AssertionError(cells.length + " cells under " + columns.length + " columns: " + List.of(cells));
        }
        return IntStream.range(0, columns.length)
                .boxed()
                .collect(Collectors.toMap(index -> columns[index], index -> cells[index]));
    }

    private Path path(String key) {
        return Path.of(properties.getProperty(key));
    }
}
