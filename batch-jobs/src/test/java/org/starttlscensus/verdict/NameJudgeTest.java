package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.starttlscensus.fact.Certificate;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;

class NameJudgeTest {

    @ParameterizedTest(name = "{0} is for {1}: {2}")
    @CsvSource({
        "mx.example.org,        mx.example.org,          MATCH",
        "MX.Example.ORG,        mx.example.org,          MATCH",
        "xn--bcher-kva.example, xn--bcher-kva.example,   MATCH",
        "bücher.example,        xn--bcher-kva.example,   MISMATCH",
        "mx.example.org.,       mx.example.org,          MISMATCH",
        "example.org,           mx.example.org,          MISMATCH",
        "mx.example.org,        example.org,             MISMATCH",
        "*.example.org,         mx.example.org,          MATCH",
        "*.example.org,         mx_1.example.org,        MATCH",
        "*.example.org,         example.org,             MISMATCH",
        "*.example.org,         a.mx.example.org,        MISMATCH",
        "m*.example.org,        mx.example.org,          MISMATCH",
        "mx.*.org,              mx.example.org,          MISMATCH",
        "*.*.org,               mx.example.org,          MISMATCH",
        "*.org,                 example.org,             MISMATCH",
        "*,                     localhost,               MISMATCH",
        "xn--*.example.org,     xn--a.example.org,       MISMATCH",
        "mx_1.example.org,      mx_1.example.org,        MISMATCH",
        "192.0.2.1,             192.0.2.1,               MISMATCH",
        ".example.org,          mx.example.org,          MISMATCH",
    })
    void comparesAsRfc9525Says(String presented, String name, NameMatch expected) {
        assertEquals(expected, judged(certificate(List.of("other.example", presented), List.of()), new Hostname(name)));
    }

    @Test
    void distinguishesAMatchByCommonNameOnly() {
        var name = new Hostname("mx.example.org");
        assertEquals(NameMatch.CN_ONLY, judged(certificate(List.of(), List.of("*.example.org")), name));
        assertEquals(NameMatch.MISMATCH, judged(certificate(List.of(), List.of("Example Mail Server")), name));
        assertEquals(NameMatch.MISMATCH, judged(certificate(List.of("a.example"), List.of("mx.example.org")), name));
    }

    @Test
    void isUnknownWhereTheCertificateCannotBeRead() {
        assertEquals(
                Optional.empty(),
                NameJudge.of(Certificate.unreadable(Octets.of("rubbish")), new Hostname("mx.example.org")));
    }

    @Test
    void doesNotEndANameAtANul() {
        var name = new Hostname("mx.example.org");
        assertEquals(
                NameMatch.MISMATCH, judged(certificate(List.of("mx.example.org\0.evil.example"), List.of()), name));
    }

    @Test
    void doesNotTreatTheKelvinSignAsAK() {
        assertEquals(
                NameMatch.MISMATCH,
                judged(certificate(List.of(), List.of("mx.\u212aelvin.example")), new Hostname("mx.kelvin.example")));
    }

    private static NameMatch judged(Certificate leaf, Hostname name) {
        return NameJudge.of(leaf, name).orElseThrow();
    }

    private static Certificate certificate(List<String> dnsNames, List<String> commonNames) {
        return new Certificate(
                Octets.NONE,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                dnsNames,
                commonNames,
                List.of(),
                0,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
