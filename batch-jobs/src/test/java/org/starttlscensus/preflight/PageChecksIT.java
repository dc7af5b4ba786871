package org.starttlscensus.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.identity.CallingSource;
import org.starttlscensus.identity.IdentityPage;
import org.starttlscensus.identity.Operator;
import org.starttlscensus.identity.ProbingFile;

/** The operator's own pages, served over HTTPS on loopback. */
class PageChecksIT {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final URI CONTACT = URI.create("mailto:census@example.org");
    private static final URI PAGE = URI.create("https://localhost/census/");
    private static final List<CallingSource> SOURCES = List.of(
            new CallingSource(Address.of("192.0.2.1"), new Hostname("localhost")),
            new CallingSource(Address.of("2001:db8::1"), new Hostname("localhost")));
    private static final Operator OPERATOR = new Operator("Example", CONTACT, PAGE, SOURCES, 2, "22:00-06:00 UTC", 90);

    @TempDir
    private static Path directory;

    private HttpsPages pages;

    @BeforeEach
    void start() throws Exception {
        pages = new HttpsPages(directory);
    }

    @AfterEach
    void stop() {
        pages.close();
    }

    private PreflightFinding probing(Instant now) throws InterruptedException {
        try (var fetcher = new PageFetcher(pages.tls(), pages.port(), "a test (+https://census.example.org/)")) {
            var findings = new PageChecks(fetcher, now).probing(SOURCES, CONTACT);
            assertEquals(1, findings.size());
            return findings.getFirst();
        }
    }

    private PreflightFinding page() throws InterruptedException {
        try (var fetcher = new PageFetcher(pages.tls(), pages.port(), "a test")) {
            return new PageChecks(fetcher, NOW).page(PAGE, CONTACT, SOURCES);
        }
    }

    @Test
    void whatWasWrittenAndIsServedIsFine() throws Exception {
        pages.serve(ProbingFile.PROBING, "text/plain; charset=utf-8", ProbingFile.probing(OPERATOR, NOW));
        pages.serve("/census/", "text/html", IdentityPage.page(OPERATOR));
        assertEquals(PreflightSeverity.FINE, probing(NOW).severity(), () -> {
            try {
                return probing(NOW).toString();
            } catch (InterruptedException e) {
                return e.toString();
            }
        });
        assertEquals(PreflightSeverity.FINE, page().severity());
        assertEquals(
                List.of("GET /.well-known/probing.txt a test (+https://census.example.org/)", "GET /census/ a test"),
                pages.requests());
    }

    @Test
    void anExpiredFileIsRefused() throws Exception {
        pages.serve(ProbingFile.PROBING, "text/plain", ProbingFile.probing(OPERATOR, NOW));
        var finding = probing(NOW.plus(Duration.ofDays(181)));
        assertEquals(PreflightSeverity.REFUSE, finding.severity());
        assertTrue(finding.seen().startsWith("it expired at "), finding::seen);
    }

    @Test
    void aFileOfAnotherTypeIsWarnedOf() throws Exception {
        pages.serve(ProbingFile.PROBING, "text/html", ProbingFile.probing(OPERATOR, NOW));
        var finding = probing(NOW);
        assertEquals(PreflightSeverity.WARN, finding.severity());
        assertEquals("its Content-Type is text/html, not text/plain", finding.seen());
    }

    @Test
    void whatIsNotServedIsRefused() throws Exception {
        assertEquals(
                "it cannot be fetched: the server answers 404", probing(NOW).seen());
        assertEquals("it cannot be fetched: the server answers 404", page().seen());
        assertEquals(PreflightSeverity.REFUSE, page().severity());
        pages.close();
        var finding = page();
        assertEquals(PreflightSeverity.REFUSE, finding.severity());
        assertTrue(finding.seen().startsWith("it cannot be fetched: "), finding::seen);
    }

    @Test
    void aCertificateThatOthersDoNotTrustIsRefused() throws Exception {
        pages.serve("/census/", "text/html", IdentityPage.page(OPERATOR));
        try (var fetcher = new PageFetcher(SSLContext.getDefault(), pages.port(), "a test")) {
            assertEquals(
                    PreflightSeverity.REFUSE,
                    new PageChecks(fetcher, NOW).page(PAGE, CONTACT, SOURCES).severity());
        }
    }

    @Test
    void aPageThatDoesNotSayItAllIsWarnedOf() throws Exception {
        pages.serve("/census/", "text/html", "<p>census@example.org, 192.0.2.1</p>");
        var finding = page();
        assertEquals(PreflightSeverity.WARN, finding.severity());
        assertEquals("it does not say the record to opt out by; the addresses that call: 2001:db8::1", finding.seen());
    }

    @Test
    void aPageWithoutEndIsCutOff() throws Exception {
        pages.serve("/census/", "text/html", "x".repeat(300_000));
        assertEquals(PreflightSeverity.REFUSE, page().severity());
    }

    @Test
    void theFileForProgramsNamesAllSources() throws Exception {
        try (var fetcher = new PageFetcher(pages.tls(), pages.port(), "a test")) {
            var checks = new PageChecks(fetcher, NOW);
            assertEquals(
                    "it cannot be fetched: the server answers 404",
                    checks.sourcesFile(PAGE, SOURCES).seen());
            pages.serve("/census/sources.json", "application/json", "{\"a\":\"192.0.2.1\",\"b\":\"2001:db8::1\"}");
            assertEquals(
                    PreflightSeverity.FINE, checks.sourcesFile(PAGE, SOURCES).severity());
            pages.serve("/census/sources.json", "application/json", "{\"a\":\"192.0.2.1\"}");
            assertEquals(
                    "it does not name 2001:db8::1",
                    checks.sourcesFile(PAGE, SOURCES).seen());
        }
    }
}
