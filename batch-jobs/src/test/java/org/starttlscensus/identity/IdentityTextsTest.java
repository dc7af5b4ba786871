package org.starttlscensus.identity;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.identity.ServedProbing.ProbingFault;

/** What others read of us. */
class IdentityTextsTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00.5Z");
    private static final Operator OPERATOR = Operators.named("Example University");
    private static final URI CONTACT = OPERATOR.contact();
    private static final URI PLACE = URI.create("https://census.example.org/.well-known/probing.txt");

    private static List<String> faults(String text, Instant now) {
        return ServedProbing.of(text).faults(CONTACT, PLACE, now).stream()
                .map(fault -> (fault.isGrave() ? "grave: " : "") + fault.words())
                .toList();
    }

    @Test
    void thePageAndTheLetterSayWhoAndWhereFromAndHowToOptOut() {
        for (var text : List.of(IdentityPage.page(OPERATOR), IdentityPage.letter(OPERATOR))) {
            assertAll(Stream.of(
                            "Example University",
                            "census@example.org",
                            "192.0.2.1",
                            "2001:db8::1",
                            "census6.example.org",
                            "22:00-06:00 UTC",
                            "_starttls-census",
                            "v=census1; opt-out",
                            "EHLO",
                            "port 25")
                    .map(part -> () -> assertTrue(text.contains(part), part + "\n" + text)));
            assertFalse(text.contains("{{"), text);
        }
    }

    @Test
    void thePageHasNoScriptAndLoadsNothing() {
        var page = IdentityPage.page(Operators.named("A <script>alert(1)</script> & \"B\" 'C'"));
        assertFalse(page.contains("<script"), page);
        assertTrue(page.contains("A &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;B&quot; &#39;C&#39;"), page);
        assertFalse(page.contains("src="), page);
        assertFalse(page.matches("(?s).*<(link|img|iframe|form)\\b.*"), page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two\nlines", "a\rb"})
    void anOperatorWhoCannotBeNamedIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> Operators.named(name));
    }

    @Test
    void whatIsWrittenIsAcceptedUntilItExpires() {
        var text = ProbingFile.probing(OPERATOR, NOW);
        assertEquals(List.of(), faults(text, NOW));
        assertEquals(List.of(), faults(text, NOW.plus(Duration.ofDays(165))));
        assertEquals(List.of("it expires at 2027-05-29T12:00:00Z"), faults(text, NOW.plus(Duration.ofDays(167))));
        assertEquals(
                List.of("grave: it expired at 2027-05-29T12:00:00Z"), faults(text, NOW.plus(Duration.ofDays(180))));
        assertTrue(text.contains("Canonical: https://census6.example.org/.well-known/probing.txt\n"), text);
        assertTrue(ProbingFile.security(OPERATOR, NOW)
                .contains("Canonical: https://census.example.org/.well-known/security.txt\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Expires: 2030-01-01T00:00:00z#Description: d          | grave: it has no Contact
            Contact: mailto:census@example.org#Description: d     | grave: it has no Expires
            CONTACT:mailto:census@example.org#expires: tomorrow#Description: d | grave: its Expires is no time: tomorrow
            Contact: mailto:other@example.org#Expires: 2030-01-01T00:00:00Z#Description: d | its Contact is mailto:other@example.org, and census.identity.contact is mailto:census@example.org
            Contact: mailto:census@example.org#Expires: 2030-01-01T01:00:00+01:00 | it has no Description
            Contact: mailto:census@example.org#Expires: 2030-01-01T00:00:00Z#Description: d#Canonical: https://other.example/ | no Canonical of it is https://census.example.org/.well-known/probing.txt, where it was fetched
            Contact: mailto:census@example.org#Expires: 2030-01-01T00:00:00Z#Expires: 2031-01-01T00:00:00Z#Description: d | grave: it has Expires more than once
            """)
    void whatIsWrongIsSaid(String lines, String fault) {
        assertEquals(List.of(fault), faults(lines.strip().replace("#", "\n"), NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org,              https://example.org/sources.json",
        "https://example.org/,             https://example.org/sources.json",
        "https://example.org/census/,      https://example.org/census/sources.json",
        "https://example.org/about.html,   https://example.org/sources.json"
    })
    void theFileForProgramsIsBesideThePage(URI page, URI file) {
        assertEquals(file, IdentityPage.sourcesFile(page));
    }

    @Test
    void commentsAndTheFrameOfASignatureAreNoFields() {
        assertEquals(
                List.of(new ProbingFault(true, "it has no Expires"), new ProbingFault(true, "it has no Contact")),
                ServedProbing.of("""
                        -----BEGIN PGP SIGNED MESSAGE-----
                        # Contact: mailto:census@example.org
                        Description: d
                        : nothing
                        """).faults(CONTACT, PLACE, NOW));
    }

    @Test
    void listsHaveTheFormsOfTheirMaintainers() {
        var list = ScannerLists.warningList(OPERATOR, LocalDate.of(2026, 11, 30));
        assertEquals(List.of("192.0.2.1/32", "2001:db8::1/128"), list.list());
        assertEquals("cidr", list.type());
        assertEquals(20_261_130, list.version());
        var texts = ScannerLists.texts(OPERATOR);
        assertEquals("192.0.2.1/32\n", texts.get("addresses_v4.txt"));
        assertEquals("2001:db8::1/128\n", texts.get("addresses_v6.txt"));
        assertEquals(
                "192.0.2.1  # census.example.org\n2001:db8::1  # census6.example.org\n", texts.get("mass_scanner.txt"));
    }
}
