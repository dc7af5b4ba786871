package org.starttlscensus.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.https.HttpsHost;

/** Editions of a list from an HTTPS server on loopback. */
class ListFetchIT {

    private static final Instant MORNING = Instant.parse("2026-11-29T06:00:00Z");
    private static final Instant NEXT_MORNING = Instant.parse("2026-11-30T06:00:00Z");

    @TempDir
    private Path folder;

    private HttpsHost host;

    @BeforeEach
    void open() {
        host = new HttpsHost();
    }

    @AfterEach
    void close() {
        host.close();
    }

    private FetchOutcome fetch(Instant now) throws IOException {
        return fetch(now, Optional.empty(), ListTolerance.ORDINARY);
    }

    private FetchOutcome fetch(Instant now, Optional<String> sha256, ListTolerance tolerance) throws IOException {
        return new ListFetch(host.client(), folder.resolve("lists"), tolerance)
                .fetch(new ListSource(host.url("/top.csv.gz"), "top.csv.gz"), sha256, now);
    }

    private Path file() {
        return folder.resolve("lists/top.csv.gz");
    }

    private byte[] serve(int domains, String etag) {
        return serve(list(domains), etag);
    }

    /** As a server that knows its editions by ETag. */
    private byte[] serve(byte[] body, String etag) {
        host.on("/top.csv.gz", exchange -> {
            exchange.getResponseHeaders().set("ETag", etag);
            if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
            } else {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        return body;
    }

    @Test
    void anEtagThatCannotBeSentBackIsForgotten() throws IOException {
        for (var etag : List.of("\"\u00fcber\"", "\"" + "a".repeat(256) + "\"")) {
            serve(3, etag);
            fetch(MORNING);
            assertInstanceOf(FetchOutcome.Unchanged.class, fetch(NEXT_MORNING), etag);
            assertFalse(host.asked().getLast().containsKey("If-none-match"), etag);
        }
        // as an earlier release may have stored it
        var beside = file().resolveSibling("top.csv.gz.edition");
        Files.writeString(beside, Files.readString(beside) + "etag=\u00fcber\nlast-modified=\u00fcber\n");
        assertInstanceOf(FetchOutcome.Unchanged.class, fetch(NEXT_MORNING));
    }

    private static byte[] list(int domains) {
        return packed(IntStream.rangeClosed(1, domains)
                .mapToObj("%1$d,d%1$d.example\n"::formatted)
                .collect(Collectors.joining()));
    }

    private static byte[] packed(String text) {
        var octets = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(octets)) {
            gzip.write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return octets.toByteArray();
    }

    private static String sha256(byte[] octets) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    }

    private void assertKept(FetchOutcome outcome, byte[] edition, String words) throws IOException {
        switch (outcome) {
            case FetchOutcome.RefusedEdition(var why, var kept) -> {
                assertTrue(why.contains(words), why);
                assertTrue(kept.isPresent());
            }
            case FetchOutcome.NotFetched(var why, var kept) -> {
                assertTrue(why.contains(words), why);
                assertTrue(kept.isPresent());
            }
            case FetchOutcome.Replaced _, FetchOutcome.Unchanged _ -> throw new AssertionError(outcome);
        }
        assertTrue(Arrays.equals(edition, Files.readAllBytes(file())));
        assertOnlyEditions();
    }

    private void assertOnlyEditions() throws IOException {
        try (var files = Files.list(folder.resolve("lists"))) {
            assertEquals(
                    List.of("top.csv.gz", "top.csv.gz.edition"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void keepsWhatIsKnownOfAnEdition() throws IOException, NoSuchAlgorithmException {
        var body = serve(100, "\"1\"");
        var replaced = assertInstanceOf(FetchOutcome.Replaced.class, fetch(MORNING));
        assertEquals(Optional.empty(), replaced.before());
        var edition = replaced.edition();
        assertEquals(sha256(body), edition.sha256Hex());
        assertEquals(100, edition.lines());
        assertEquals(Optional.of(edition), FetchedList.of(file()));
        assertEquals(host.url("/top.csv.gz"), edition.url());
        assertEquals(MORNING, edition.fetchedAt());
        assertOnlyEditions();
    }

    @Test
    void asksAServerNotToSendTheSameEditionAgain() throws IOException {
        serve(100, "\"1\"");
        fetch(MORNING);
        var unchanged = assertInstanceOf(FetchOutcome.Unchanged.class, fetch(NEXT_MORNING));
        assertEquals(MORNING, unchanged.edition().fetchedAt());
        assertEquals(2, host.asked().size());
        serve(101, "\"2\"");
        var replaced = assertInstanceOf(FetchOutcome.Replaced.class, fetch(NEXT_MORNING));
        assertEquals(100, replaced.before().orElseThrow().lines());
        assertEquals(101, replaced.edition().lines());
    }

    /** Somebody has changed the file, or a fetch was killed between the list and what is known of it. */
    @Test
    void fetchesAgainIfTheFileIsNotWhatWasFetched() throws IOException {
        var body = serve(100, "\"1\"");
        fetch(MORNING);
        Files.writeString(file(), "other.example\n");
        assertEquals(Optional.empty(), FetchedList.of(file()));
        assertInstanceOf(FetchOutcome.Replaced.class, fetch(NEXT_MORNING));
        assertTrue(Arrays.equals(body, Files.readAllBytes(file())));
    }

    @Test
    void keepsTheLastGoodEditionWhateverComes() throws IOException, NoSuchAlgorithmException {
        var good = serve(100, "\"1\"");
        fetch(MORNING);
        serve(packed("<html>Service unavailable</html>\n"), "\"2\"");
        assertKept(fetch(NEXT_MORNING), good, "no list that can be used");
        serve(Arrays.copyOf(list(200), 300), "\"3\"");
        assertKept(fetch(NEXT_MORNING), good, "no list that can be used");
        serve(new byte[0], "\"4\"");
        assertKept(fetch(NEXT_MORNING), good, "no list that can be used");
        serve(50, "\"5\"");
        assertKept(fetch(NEXT_MORNING), good, "50 % are missing, expected less than 50 %");
        serve(100, "\"6\"");
        host.on("/top.csv.gz", exchange -> exchange.sendResponseHeaders(503, -1));
        assertKept(fetch(NEXT_MORNING), good, "HTTP status 503");
        host.on("/top.csv.gz", exchange -> {
            exchange.sendResponseHeaders(200, 5_000);
            exchange.getResponseBody().write(list(100));
            throw new IOException("the server dies");
        });
        assertKept(fetch(NEXT_MORNING), good, "/top.csv.gz");
    }

    @Test
    void acceptsAShorterEditionIfTheOperatorDoes() throws IOException {
        serve(100, "\"1\"");
        fetch(MORNING);
        serve(50, "\"2\"");
        assertInstanceOf(
                FetchOutcome.Replaced.class,
                fetch(NEXT_MORNING, Optional.empty(), ListTolerance.ORDINARY.acceptingShorter()));
    }

    @Test
    void comparesWithThePublishersChecksum() throws IOException, NoSuchAlgorithmException {
        var good = serve(100, "\"1\"");
        assertInstanceOf(
                FetchOutcome.Replaced.class, fetch(MORNING, Optional.of(sha256(good)), ListTolerance.ORDINARY));
        var other = list(120);
        serve(good, "\"1\"");
        var outcome = fetch(NEXT_MORNING, Optional.of(sha256(other)), ListTolerance.ORDINARY);
        assertKept(outcome, good, "SHA-256 " + sha256(good) + ", expected " + sha256(other));
        serve(other, "\"2\"");
        assertInstanceOf(
                FetchOutcome.Replaced.class, fetch(NEXT_MORNING, Optional.of(sha256(other)), ListTolerance.ORDINARY));
    }

    /** Two sources of one name must not take each other's ETag for theirs. */
    @Test
    void knowsEditionsByTheirSource() throws IOException {
        serve(100, "\"1\"");
        fetch(MORNING);
        host.serve("/other.csv.gz", list(99), Map.of("ETag", "\"1\""));
        new ListFetch(host.client(), folder.resolve("lists"), ListTolerance.ORDINARY)
                .fetch(new ListSource(host.url("/other.csv.gz"), "top.csv.gz"), Optional.empty(), NEXT_MORNING);
        assertFalse(host.asked().getLast().containsKey("If-none-match"));
        assertEquals(99, FetchedList.of(file()).orElseThrow().lines());
    }
}
