package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.starttlscensus.dane.TlsaRecord;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.tls.TestCertificates;
import org.starttlscensus.verdict.IssuedCertificate;
import tools.jackson.databind.JsonNode;

class JudgeDaneCommandTest {

    private static final Octets OWN =
            TestCertificates.named(TestCertificates.ecKey("secp256r1"), "mx.example.org", "mx.example.org");
    private static final IssuedCertificate ISSUER =
            IssuedCertificate.ca("issuer").selfSigned();
    private static final IssuedCertificate SERVER =
            IssuedCertificate.draft("mx.example.org").by(ISSUER);

    @Test
    void usage3NeedsNoNames() {
        var record = TlsaRecord.recommendedFor(OWN).orElseThrow().toString();
        var answer = one(Map.of("tlsa", List.of(record), "chain", List.of(pem(OWN))));
        assertEquals("pass", answer.get("dane").asString());
        assertEquals(0, answer.get("depth").asInt());
        assertEquals(
                "3 1 1: matches the server's own certificate",
                answer.get("reasons").get(0).asString());
    }

    @Test
    void usage2NeedsOneOfTheNamesAndATime() {
        var tlsa = List.of("2 0 1 " + ISSUER.der().sha256().hex());
        var given = new HashMap<String, Object>(
                Map.of("tlsa", tlsa, "chain", List.of(pem(SERVER.der()) + pem(ISSUER.der()))));
        assertEquals("fail", one(given).get("dane").asString());
        assertEquals(1, one(given).get("depth").asInt());
        given.put("names", List.of("example.net", "no name", "MX.example.org"));
        assertEquals("pass", one(given).get("dane").asString());
        assertTrue(one(given).get("reasons").toString().contains("no name"), "what was wrong with the case is told");
        given.put("at", "2050-01-01T00:00:00Z");
        assertEquals("fail", one(given).get("dane").asString());
    }

    @Test
    void nothingAndNothingUsableAreTold() {
        assertEquals(
                "none",
                one(Map.of("tlsa", List.of(), "chain", List.of(pem(OWN))))
                        .get("dane")
                        .asString());
        var unusable = one(Map.of("tlsa", List.of("1 1 1 " + "ab".repeat(32)), "chain", List.of(pem(OWN))));
        assertEquals("unusable", unusable.get("dane").asString());
        assertTrue(unusable.get("depth").isNull());
        var broken = one(Map.of("tlsa", List.of("3 1 1 " + "ab".repeat(32)), "chain", List.of("no PEM")));
        assertEquals("fail", broken.get("dane").asString());
    }

    @Test
    void aCaseThatIsNoneSaysWhatWasExpected() {
        for (var line : List.of(
                "{}",
                "no JSON",
                "{\"tlsa\":\"3 1 1 ab\",\"chain\":[]}",
                "{\"tlsa\":[],\"chain\":[7]}",
                "{\"tlsa\":[\"three 1 1 ab\"],\"chain\":[]}",
                "{\"tlsa\":[\"3 1 1 abc\"],\"chain\":[]}",
                "{\"tlsa\":[\"300 1 1 ab\"],\"chain\":[]}",
                "{\"tlsa\":[],\"chain\":[],\"at\":\"now\"}",
                "{\"tlsa\":[],\"chain\":[],\"names\":\"mx\"}")) {
            var answer = Cases.answers(JudgeDaneCommandTest::command, line).getFirst();
            assertEquals(List.of("error", "line"), List.copyOf(answer.propertyNames()), line);
        }
        var odd = Cases.answers(JudgeDaneCommandTest::command, "{\"tlsa\":[\"300 1 1 ab\"],\"chain\":[]}")
                .getFirst();
        assertEquals(
                "\"tlsa\" has \"300 1 1 ab\"; the usage is 300; expected is 0 to 255",
                odd.get("error").asString());
    }

    private static JudgeDaneCommand command(InputStream in) {
        return new JudgeDaneCommand(in, InstantSource.fixed(Instant.parse("2026-11-23T00:00:00Z")));
    }

    private static JsonNode one(Map<String, ?> given) {
        return Cases.answers(JudgeDaneCommandTest::command, List.of(given)).getFirst();
    }

    private static String pem(Octets der) {
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(der.toArray())
                + "\n-----END CERTIFICATE-----\n";
    }
}
