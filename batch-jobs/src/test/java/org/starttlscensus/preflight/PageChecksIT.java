package org.starttlscensus.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Address;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.https.HttpsClient;
import org.starttlscensus.https.HttpsHost;
import org.starttlscensus.https.UserAgent;
import org.starttlscensus.identity.CallingSource;
import org.starttlscensus.identity.IdentityPage;
import org.starttlscensus.identity.Operator;
import org.starttlscensus.identity.ProbingFile;
import org.starttlscensus.settings.SettingsReader;

/** The operator's own pages, served over HTTPS on loopback. */
class PageChecksIT {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final URI CONTACT = URI.create("mailto:census@example.org");
    private static final URI PAGE = URI.create("https://localhost/census/");
    private static final List<CallingSource> SOURCES = List.of(
            new CallingSource(Address.of("192.0.2.1"), new Hostname("localhost")),
            new CallingSource(Address.of("2001:db8::1"), new Hostname("localhost")));
    private static final Operator OPERATOR = new Operator("Example", CONTACT, PAGE, SOURCES, 2, "22:00-06:00 UTC", 90);

    private HttpsHost pages;

    @BeforeEach
    void start() {
        pages = new HttpsHost();
    }

    @AfterEach
    void stop() {
        pages.close();
    }

    private void serve(String path, String type, String text) {
        pages.serve(path, text.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", type));
    }

    private PageChecks checks(Instant now) {
        return new PageChecks(new PageFetcher(pages.client(), pages.port()), now);
    }

    private PreflightFinding probing(Instant now) {
        var findings = checks(now).probing(SOURCES, CONTACT);
        assertEquals(1, findings.size());
        return findings.getFirst();
    }

    private PreflightFinding page() {
        return checks(NOW).page(PAGE, CONTACT, SOURCES);
    }

    @Test
    void whatWasWrittenAndIsServedIsFine() {
        serve(ProbingFile.PROBING, "text/plain; charset=utf-8", ProbingFile.probing(OPERATOR, NOW));
        serve("/census/", "text/html", IdentityPage.page(OPERATOR));
        assertEquals(PreflightSeverity.FINE, probing(NOW).severity());
        assertEquals(PreflightSeverity.FINE, page().severity());
        assertEquals(2, pages.asked().size(), "each page once");
    }

    @Test
    void anExpiredFileIsRefused() {
        serve(ProbingFile.PROBING, "text/plain", ProbingFile.probing(OPERATOR, NOW));
        var finding = probing(NOW.plus(Duration.ofDays(181)));
        assertEquals(PreflightSeverity.REFUSE, finding.severity());
        assertTrue(finding.seen().startsWith("it expired at "), finding::seen);
    }

    @Test
    void aFileOfAnotherTypeIsWarnedOf() {
        serve(ProbingFile.PROBING, "text/html", ProbingFile.probing(OPERATOR, NOW));
        var finding = probing(NOW);
        assertEquals(PreflightSeverity.WARN, finding.severity());
        assertEquals("its Content-Type is text/html, not text/plain", finding.seen());
    }

    @Test
    void whatIsNotServedIsRefused() {
        assertTrue(probing(NOW).seen().startsWith("it cannot be fetched: "), probing(NOW)::seen);
        assertTrue(page().seen().endsWith(": HTTP status 404, expected 200"), page()::seen);
        assertEquals(PreflightSeverity.REFUSE, page().severity());
        pages.close();
        var finding = page();
        assertEquals(PreflightSeverity.REFUSE, finding.severity());
        assertTrue(finding.seen().startsWith("it cannot be fetched: "), finding::seen);
    }

    @Test
    void aCertificateThatOthersDoNotTrustIsRefused() {
        serve("/census/", "text/html", IdentityPage.page(OPERATOR));
        var others = new HttpsClient(UserAgent.of("1", Optional.empty()), _ -> Optional.empty());
        var finding = new PageChecks(new PageFetcher(others, pages.port()), NOW).page(PAGE, CONTACT, SOURCES);
        assertEquals(PreflightSeverity.REFUSE, finding.severity());
        assertTrue(finding.seen().contains("certification path"), finding::seen);
    }

    @Test
    void onlyTheInternetAndOwnSourcesAreAsked() {
        var settings = SettingsReader.reading(
                        List.of("census.source-addresses=192.168.0.1=census.example.org"),
                        Optional.empty(),
                        Map.of(),
                        false)
                .settings();
        var whyNot = PageFetcher.whyNot(settings);
        assertEquals(Optional.empty(), whyNot.apply(Address.of("192.168.0.1")));
        assertTrue(whyNot.apply(Address.of("192.168.0.2")).isPresent());
        assertTrue(whyNot.apply(Address.of("127.0.1.1")).isPresent());
        assertEquals(Optional.empty(), whyNot.apply(Address.of("8.8.8.8")));
    }

    @Test
    void aPageThatDoesNotSayItAllIsWarnedOf() {
        serve("/census/", "text/html", "<p>census@example.org, 192.0.2.1</p>");
        var finding = page();
        assertEquals(PreflightSeverity.WARN, finding.severity());
        assertEquals("it does not say the record to opt out by; the addresses that call: 2001:db8::1", finding.seen());
    }

    @Test
    void aPageWithoutEndIsCutOff() {
        serve("/census/", "text/html", "x".repeat(300_000));
        assertEquals(PreflightSeverity.REFUSE, page().severity());
    }

    @Test
    void theFileForProgramsNamesAllSources() {
        assertTrue(checks(NOW).sourcesFile(PAGE, SOURCES).seen().startsWith("it cannot be fetched: "));
        serve("/census/sources.json", "application/json", "{\"a\":\"192.0.2.1\",\"b\":\"2001:db8::1\"}");
        assertEquals(
                PreflightSeverity.FINE, checks(NOW).sourcesFile(PAGE, SOURCES).severity());
        serve("/census/sources.json", "application/json", "{\"a\":\"192.0.2.1\"}");
        assertEquals(
                "it does not name 2001:db8::1",
                checks(NOW).sourcesFile(PAGE, SOURCES).seen());
    }
}
