package org.starttlscensus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * More than a hundred real servers (Postfix, Exim, OpenSMTPD), each of another owner, in two nights: each in a /24 of
 * its own, and all in one /24. Behind both addresses of a server is the same program, so its row must be the same:
 * what its neighbours refuse decides nothing about it.
 *
 * <p>Runs where {@code .ci/real-parts} has started them and {@code -Dcensus.real-parts=FILE} says where its facts are.
 */
@EnabledIfSystemProperty(
        named = RealParts.PROPERTY,
        matches = ".+",
        disabledReason = "no real mail servers: start them with .ci/real-parts, then pass -Dcensus.real-parts=FILE")
class RealNeighboursIT {

    private static final int AT_LEAST = 100;
    private static final int OUTCOMES_AT_LEAST = 8;
    private static final Pattern NUMBER = Pattern.compile("mx\\.(?:apart|among)(\\d+)\\.test");
    /** What must differ: the night has its own names, addresses and times. */
    private static final List<String> OWN = List.of("mx_host", "ip", "provider", "observed_at", "inherited_from");

    @TempDir
    private static Path directory;

    @Test
    void aServerHasTheSameRowByItselfAndAmongUnrelatedNeighbours() throws Exception {
        var parts = RealParts.neighbours();
        var apart = rows(parts, "apart");
        var among = rows(parts, "among");
        assertTrue(apart.size() >= AT_LEAST, () -> apart.size() + " servers");
        var outcomes = apart.values().stream()
                .collect(Collectors.groupingBy(row -> row.get("outcome"), TreeMap::new, Collectors.counting()));
        System.out.printf("neighbours %d servers: %s%n", apart.size(), outcomes);
        assertTrue(outcomes.size() >= OUTCOMES_AT_LEAST, outcomes::toString);
        assertEquals(apart.keySet(), among.keySet());
        var differences = new TreeMap<String, String>();
        apart.forEach((number, row) -> row.forEach((column, cell) -> {
            var other = among.get(number).get(column);
            if (!OWN.contains(column) && !cell.equals(other))
                differences.put(
                        number + " " + parts.neighbour(number) + ", " + column,
                        "\"" + cell + "\" apart, \"" + other + "\" among others");
        }));
        assertEquals(Map.of(), differences);
    }

    private static Map<Integer, Map<String, String>> rows(RealParts parts, String side)
            throws IOException, InterruptedException {
        var published = directory.resolve(side);
        RealNight.run(parts, parts.list(side), directory.resolve("pg-" + side), published);
        return RealParts.published(published, "servers.csv.gz").stream()
                .collect(
                        Collectors.toMap(row -> number(row.get("mx_host")), row -> row, (one, _) -> one, TreeMap::new));
    }

    private static int number(String host) {
        var found = NUMBER.matcher(host);
        if (!found.matches()) throw new AssertionError("an unknown server: " + host);
        return Integer.parseInt(found.group(1));
    }
}
