package org.starttlscensus.https;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.names.AddressGate;

/** The client against an HTTPS server on loopback with a root of its own. */
class HttpsClientIT {

    private static final byte[] BODY = "example.org\n".getBytes(StandardCharsets.US_ASCII);

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

    private FetchResult fetch(URI url) throws IOException {
        return host.client().fetch(request(url));
    }

    private FetchRequest request(URI url) {
        return new FetchRequest(
                url, BodyTarget.file(folder.resolve("file")), 1_000, Optional.empty(), Optional.empty());
    }

    private String refusal(URI url) throws IOException {
        var failed = assertInstanceOf(FetchResult.Unfetched.class, fetch(url));
        assertFalse(Files.exists(folder.resolve("file")), failed.seen());
        return failed.seen();
    }

    @Test
    void storesTheBodyAndSaysWhoAsks() throws IOException {
        host.serve(
                "/list",
                BODY,
                Map.of("Content-Type", "text/csv", "ETag", "\"7\"", "Last-Modified", "Sun, 29 Nov 2026 06:00:00 GMT"));
        assertEquals(
                new FetchResult.Fetched(
                        host.url("/list"),
                        BODY.length,
                        Optional.of("text/csv"),
                        Optional.of("\"7\""),
                        Optional.of("Sun, 29 Nov 2026 06:00:00 GMT")),
                fetch(host.url("/list")));
        assertArrayEquals(BODY, Files.readAllBytes(folder.resolve("file")));
        var asked = host.asked().getFirst();
        assertEquals(List.of("census-test/1 (+https://census.example.org/)"), asked.get("User-agent"));
        assertEquals(List.of("identity"), asked.get("Accept-encoding"));
        assertFalse(asked.containsKey("Cookie"));
    }

    @Test
    void asksOnlyForAnotherEdition() throws IOException {
        host.on("/list", exchange -> exchange.sendResponseHeaders(304, -1));
        var known = new FetchRequest(
                host.url("/list"),
                BodyTarget.file(folder.resolve("file")),
                1_000,
                Optional.of("\"7\""),
                Optional.of("yesterday"));
        assertInstanceOf(FetchResult.NotModified.class, host.client().fetch(known));
        assertEquals(List.of("\"7\""), host.asked().getFirst().get("If-none-match"));
        assertEquals(List.of("yesterday"), host.asked().getFirst().get("If-modified-since"));
        assertTrue(refusal(host.url("/list")).contains("304"), "not asked with a condition");
    }

    @Test
    void refusesABodyThatIsTooLongAnnouncedOrNot() throws IOException {
        var body = new byte[1_001];
        host.serve("/announced", body, Map.of());
        host.on("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var out = exchange.getResponseBody();
            for (int i = 0; i < 10_000; i++) out.write(new byte[10_000]);
        });
        assertTrue(refusal(host.url("/announced")).contains("1,001 bytes or more, expected at most 1,000"));
        assertTrue(refusal(host.url("/endless")).contains("expected at most 1,000"));
    }

    @Test
    void refusesABodyThatEndsTooEarly() throws IOException {
        host.on("/cut", exchange -> {
            exchange.sendResponseHeaders(200, 500);
            exchange.getResponseBody().write(new byte[100]);
            exchange.getResponseBody().flush();
            throw new IOException("the server dies");
        });
        assertTrue(refusal(host.url("/cut")).contains("/cut"));
    }

    @Test
    void followsRedirectsToHttpsOnly() throws IOException {
        host.serve("/list", BODY, Map.of());
        redirect("/moved", host.url("/list").toString());
        redirect("/relative", "/list");
        redirect("/plain", "http://localhost/list");
        redirect("/file", "file:///etc/passwd");
        redirect("/round", "/round");
        assertInstanceOf(FetchResult.Fetched.class, fetch(host.url("/moved")));
        Files.delete(folder.resolve("file"));
        assertInstanceOf(FetchResult.Fetched.class, fetch(host.url("/relative")));
        Files.delete(folder.resolve("file"));
        assertTrue(refusal(host.url("/plain")).contains("http://localhost/list: it is no https URL"));
        assertTrue(refusal(host.url("/file")).contains("302"));
        int before = host.asked().size();
        assertTrue(refusal(host.url("/round")).contains("redirects more than 5 times"));
        assertEquals(6, host.asked().size() - before);
    }

    private void redirect(String path, String to) {
        host.on(path, exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
        });
    }

    /** Whatever form it has in the URL, and also after a redirect. */
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::ffff:127.0.0.1]", "[::1]"})
    void callsNoSpecialAddress(String name) throws IOException {
        int port = host.url("/").getPort();
        var client = host.client(AddressGate.publicInternet()::whyNot);
        var failed = assertInstanceOf(
                FetchResult.Unfetched.class,
                client.fetch(request(URI.create("https://%s:%d/list".formatted(name, port)))));
        assertTrue(failed.seen().contains("may not be called"), failed.seen());
        assertEquals(List.of(), host.asked());
    }

    @Test
    void checksTheCertificate() throws IOException {
        host.serve("/list", BODY, Map.of());
        var stranger = new HttpsClient(new UserAgent("test"), _ -> Optional.empty());
        var failed = assertInstanceOf(FetchResult.Unfetched.class, stranger.fetch(request(host.url("/list"))));
        assertTrue(failed.seen().contains("certification path"), failed.seen());
        assertEquals(List.of(), host.asked());
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 408, 429, 500, 503})
    void refusesOtherAnswersAndAsksOnce(int status) throws IOException {
        host.on("/list", exchange -> exchange.sendResponseHeaders(status, -1));
        assertTrue(refusal(host.url("/list")).contains("HTTP status " + status));
        assertEquals(1, host.asked().size());
    }

    /** The disk is ours, and not the server's failure. */
    @Test
    void failsIfTheFileCannotBeWritten() throws IOException {
        host.serve("/list", BODY, Map.of());
        Files.createFile(folder.resolve("file"));
        assertThrows(IOException.class, () -> fetch(host.url("/list")));
    }
}
