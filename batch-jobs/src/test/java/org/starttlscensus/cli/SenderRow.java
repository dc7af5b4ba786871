package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.starttlscensus.DocumentTable;
import tools.jackson.databind.JsonNode;

/**
 * What a check says of one server, beside what other senders do with it: a row of a table of docs/check.md, section 4.
 *
 * @param server  what the server is
 * @param checked what {@code census check --json} says of it
 */
record SenderRow(String server, JsonNode checked, String fingerMay, String fingerSecure, String openssl) {

    /** The server with this address, of all that a check has. */
    static JsonNode server(JsonNode checked, String address) {
        return checked.get("servers")
                .valueStream()
                .filter(one -> one.get("ip").asString().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private Stream<String> cells() {
        return Stream.of(server.replace("|", "/"), words(), fingerMay, fingerSecure, openssl);
    }

    static String table(List<SenderRow> rows) {
        return rows.stream().map(row -> line(row.cells())).collect(Collectors.joining());
    }

    /** Without its remarks. */
    static String tableOfThePage(String header) {
        return DocumentTable.rows("check.md", header).stream()
                .map(cells -> line(cells.stream().limit(5)))
                .collect(Collectors.joining());
    }

    private static String line(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private ShortAnswer answer() {
        return ShortAnswer.valueOf(checked.get("short_answer").asString().toUpperCase(Locale.ROOT));
    }

    private String words() {
        return switch (answer()) {
            case YES -> answer().words();
            case YES_BUT ->
                answer().words() + " "
                        + checked.get("caveats")
                                .valueStream()
                                .map(label -> Caveat.valueOf(label.asString().toUpperCase(Locale.ROOT)))
                                .map(Caveat::words)
                                .collect(Collectors.joining(", "));
            case NO, UNKNOWN, NO_MAIL ->
                answer().words() + ": "
                        + checked.get(checked.get("meaning").isNull() ? "tried" : "meaning")
                                .asString();
        };
    }

    /** Senders that connect and trust, or do not, are what the answers are about. */
    void assertNoContradiction() {
        var all = List.of(fingerMay, fingerSecure, openssl);
        switch (answer()) {
            case YES -> {
                assertTrue(all.stream().allMatch(one -> one.startsWith("TLS")), this::toString);
                assertEquals("TLS, verified", fingerSecure, this::toString);
            }
            case NO, NO_MAIL -> assertFalse(all.stream().anyMatch(one -> one.startsWith("TLS")), this::toString);
            case YES_BUT ->
                assertFalse(
                        checked.get("to_do")
                                .valueStream()
                                .map(JsonNode::asString)
                                .anyMatch(Advice::isNothing),
                        () -> "nothing to do: " + this);
            case UNKNOWN -> {} // whatever they find, it contradicts nothing
        }
    }
}
