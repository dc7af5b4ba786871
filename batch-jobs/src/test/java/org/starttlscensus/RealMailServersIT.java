package org.starttlscensus;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A night with real servers on loopback: Debian's Postfix, Exim, nsd and unbound. The published data must agree with
 * what openssl and dig saw, and the servers' own logs must show a polite client.
 *
 * <p>Runs where {@code .ci/real-parts} has started them and {@code -Dcensus.real-parts=FILE} says where its facts are.
 */
@EnabledIfSystemProperty(
        named = RealParts.PROPERTY,
        matches = ".+",
        disabledReason = "no real mail servers: start them with .ci/real-parts, then pass -Dcensus.real-parts=FILE")
class RealMailServersIT {

    @TempDir
    private static Path directory;

    private static RealParts parts;
    private static Path published;

    @BeforeAll
    static void runTheNight() throws IOException, InterruptedException {
        parts = RealParts.running();
        published = directory.resolve("published");
        RealNight.run(parts, parts.list(), directory.resolve("pg"), published);
    }

    @Test
    void publishesOfEveryServerWhatOpensslSaw() throws IOException {
        assertPublished("servers.csv.gz", parts.expectedServers(), row -> row.get("mx_host") + " " + row.get("ip"));
    }

    @Test
    void publishesOfEveryDomainWhatDigSaw() throws IOException {
        assertPublished("domains.csv.gz", parts.expectedDomains(), row -> row.get("domain"));
    }

    /** Politeness as an operator sees it in the log. */
    @Nested
    class InTheServersLogs {

        @Test
        void everyTlsCallIsOneWholeDialogueWithQuit() throws IOException {
            assertEquals(
                    List.of("ehlo=2 starttls=1 quit=1 commands=4", "ehlo=2 starttls=1 quit=1 commands=4"),
                    goodbyes("modern", 2));
            assertEquals(List.of("ehlo=2 starttls=1 quit=1 commands=4"), goodbyes("tls12", 1));
        }

        @Test
        void aServerWithoutTlsIsCalledTwiceBecauseOneCallIsNoEvidence() throws IOException {
            assertEquals(List.of("ehlo=1 quit=1 commands=2", "ehlo=1 quit=1 commands=2"), goodbyes("plain", 2));
        }

        @Test
        void aServerThatRefusesUsGetsNothingButQuit() throws IOException {
            assertEquals(
                    List.of("quit=1 commands=1"),
                    goodbyes("refusing", 1).stream().distinct().toList());
        }

        @Test
        void eximSeesTheSameDialogueForBothNamesOfItsAddress() {
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertEquals(
                            2,
                            parts.log("exim").stream()
                                    .filter(line -> line.endsWith(" C=EHLO,STARTTLS,EHLO,QUIT"))
                                    .count(),
                            () -> logs("exim")));
        }

        @Test
        void noServerComplains() {
            var complaints = List.of(
                    "lost connection",
                    "improper command pipelining",
                    "SSL_accept error",
                    "PREGREET",
                    "synchronization error",
                    "rate limit exceeded",
                    "timeout after");
            assertEquals(
                    List.of(),
                    parts.servers().stream()
                            .flatMap(server -> lines(server).stream())
                            .filter(line -> complaints.stream().anyMatch(line::contains))
                            .toList());
        }

        @Test
        void theBackupIsCalledOnlyAfterItsPrimary() throws IOException {
            goodbyes("modern", 2);
            var log = parts.log("modern");
            assertTrue(
                    firstLine(log, "postfix/127.40.1.1/smtpd", "disconnect from")
                            < firstLine(log, "postfix/127.40.6.1/smtpd", "]: connect from"),
                    () -> logs("modern"));
        }
    }

    private static void assertPublished(
            String fileName, List<Map<String, String>> expected, Function<Map<String, String>, String> key)
            throws IOException {
        var rows = RealParts.published(published, fileName).stream().collect(Collectors.toMap(key, row -> row));
        var looked = new TreeMap<String, Map<String, String>>();
        var wanted = new TreeMap<String, Map<String, String>>();
        for (var row : expected) {
            var cells = row.entrySet().stream()
                    .filter(cell -> !cell.getValue().equals("*"))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            wanted.put(key.apply(row), new TreeMap<>(cells));
        }
        rows.forEach((name, row) -> looked.put(name, cellsOf(row, wanted.getOrDefault(name, row))));
        assertEquals(lines(wanted), lines(looked), fileName);
    }

    private static Map<String, String> cellsOf(Map<String, String> row, Map<String, String> like) {
        var cells = new TreeMap<String, String>();
        like.keySet().forEach(column -> cells.put(column, row.getOrDefault(column, "(no such column)")));
        return cells;
    }

    private static String lines(Map<String, Map<String, String>> rows) {
        return rows.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    /** The server's command counts for each call. Its logger is a separate process and may be a moment late. */
    private static List<String> goodbyes(String server, int atLeast) throws IOException {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertTrue(
                        parts.log(server).stream()
                                        .filter(line -> line.contains(": disconnect from "))
                                        .count()
                                >= atLeast,
                        () -> logs(server)));
        return parts.log(server).stream()
                .filter(line -> line.contains(": disconnect from "))
                .map(line -> line.substring(line.indexOf("] ", line.indexOf(": disconnect from ")) + 2))
                .toList();
    }

    private static int firstLine(List<String> log, String... parts) {
        for (var index = 0; index < log.size(); index++) {
            if (List.of(parts).stream().allMatch(log.get(index)::contains)) {
                return index;
            }
        }
        throw new AssertionError("no line with " + List.of(parts) + " in:\n" + String.join("\n", log));
    }

    private static List<String> lines(String server) {
        try {
            return parts.log(server);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static String logs(String server) {
        return server + ":\n" + String.join("\n", lines(server));
    }
}
