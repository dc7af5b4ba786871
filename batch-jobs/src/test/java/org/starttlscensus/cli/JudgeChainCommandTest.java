package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.tls.TestCertificates;
import tools.jackson.databind.JsonNode;

class JudgeChainCommandTest {

    private static final Path SUITE = Path.of("../../shared/vectors/x509-limbo/limbo.json");
    private static final Octets OWN =
            TestCertificates.named(TestCertificates.ecKey("secp256r1"), "mx.example.org", "mx.example.org");
    private static final String AT = "2026-11-23T00:00:00Z";

    @Test
    void aChainIsTrustedByTheRootsThatWereGiven() {
        var answer =
                one(Map.of("chain", List.of(pem(OWN)), "roots", List.of(pem(OWN)), "name", "mx.example.org", "at", AT));
        assertEquals("trusted", answer.get("chain").asString());
        assertEquals("match", answer.get("name_match").asString());
        assertEquals(false, answer.get("weak").asBoolean());
        assertEquals(List.of("chain", "name_match", "weak", "reasons", "millis"), List.copyOf(answer.propertyNames()));
    }

    @Test
    void withoutRootsItIsTheMozillaStoreThatJudgesAndWithoutATimeTheClock() {
        assertEquals(
                "self_signed",
                one(Map.of("chain", List.of(pem(OWN)))).get("chain").asString());
        var late = InstantSource.fixed(Instant.parse("2050-01-01T00:00:00Z"));
        var answers = Cases.answers(
                in -> new JudgeChainCommand(in, late),
                List.of(Map.of("chain", List.of(pem(OWN)), "roots", List.of(pem(OWN)))));
        assertEquals("expired", answers.getFirst().get("chain").asString());
    }

    @Test
    void noRootsTrustNoChain() {
        assertEquals(
                "self_signed",
                one(Map.of("chain", List.of(pem(OWN)), "roots", List.of(), "at", AT))
                        .get("chain")
                        .asString());
    }

    @Test
    void aNameIsComparedOnlyIfThereIsOneAndAsALabels() {
        assertTrue(one(Map.of("chain", List.of(pem(OWN)))).get("name_match").isNull());
        assertEquals(
                "mismatch",
                one(Map.of("chain", List.of(pem(OWN)), "name", "other.example.org"))
                        .get("name_match")
                        .asString());
        var international = TestCertificates.named(TestCertificates.ecKey("secp256r1"), "mx", "xn--bcher-kva.example");
        assertEquals(
                "match",
                one(Map.of("chain", List.of(pem(international)), "name", "b\u00fccher.example"))
                        .get("name_match")
                        .asString());
        var odd = one(Map.of("chain", List.of(pem(OWN)), "name", "mx example"));
        assertEquals("mismatch", odd.get("name_match").asString());
        assertTrue(odd.get("reasons").toString().contains("not a host name"), odd::toString);
    }

    @Test
    void whatCannotBeReadIsAVerdictToo() {
        assertEquals(
                "none",
                one(Map.of("chain", List.of(), "name", "mx.example.org"))
                        .get("chain")
                        .asString());
        var unreadable = Stream.of(
                "",
                "no PEM",
                pem(Octets.of("no DER")),
                "-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----",
                pem(OWN).substring(0, 200));
        unreadable.forEach(text -> {
            var answer = one(Map.of("chain", List.of(text, pem(OWN)), "name", "mx.example.org"));
            assertEquals("malformed", answer.get("chain").asString(), text);
            assertTrue(answer.get("name_match").isNull(), text);
            assertTrue(answer.get("reasons").size() > 0, text);
        });
        var badRoot = one(Map.of("chain", List.of(pem(OWN)), "roots", List.of("junk", pem(OWN)), "at", AT));
        assertEquals("trusted", badRoot.get("chain").asString());
        assertTrue(badRoot.get("reasons").toString().contains("root number 1"), badRoot::toString);
    }

    @Test
    void aCaseThatIsNoneIsMalformedAndAnError() {
        for (var line : List.of(
                "{}",
                "no JSON",
                "[]",
                "{\"chain\":\"PEM\"}",
                "{\"chain\":[1]}",
                "{\"chain\":[],\"roots\":7}",
                "{\"chain\":[],\"at\":\"yesterday\"}",
                "{\"chain\":[],\"name\":[]}")) {
            var answer = Cases.answers(JudgeChainCommandTest::command, line).getFirst();
            assertTrue(answer.has("error"), line);
            assertEquals("malformed", answer.get("chain").asString(), line);
        }
    }

    @Test
    void judgesTheSuiteAsItsOwnTestDoes() throws IOException {
        assumeTrue(Files.exists(SUITE), () -> "no suite at " + SUITE);
        var cases = new ArrayList<Map<String, ?>>();
        var expected = new ArrayList<Boolean>();
        for (var testcase : Json.MAPPER.readTree(Files.readString(SUITE)).get("testcases")) {
            if (!testcase.get("validation_kind").asString().equals("SERVER")) continue;
            cases.add(of(testcase));
            expected.add(testcase.get("expected_result").asString().equals("SUCCESS"));
        }
        var answers = Cases.answers(JudgeChainCommandTest::command, cases);
        assertEquals(cases.size(), answers.size());
        int agree = 0;
        double slowest = 0;
        for (int i = 0; i < answers.size(); i++) {
            var answer = answers.get(i);
            var accepted = answer.get("chain").asString().equals("trusted")
                    && List.of("match", "").contains(answer.get("name_match").asString(""));
            if (accepted == expected.get(i)) agree++;
            slowest = Math.max(slowest, answer.get("millis").asDouble());
        }
        System.out.printf(
                "judge chain: %d of %d cases as the suite expects, the slowest in %.1f ms%n",
                agree, answers.size(), slowest);
        assertTrue(agree * 10 >= answers.size() * 6, "see LimboTest for the differences and their reasons");
        assertTrue(slowest < 1_000);
    }

    private static Map<String, ?> of(JsonNode testcase) {
        var chain = new ArrayList<String>();
        chain.add(testcase.get("peer_certificate").asString());
        testcase.get("untrusted_intermediates").forEach(each -> chain.add(each.asString()));
        var put = new LinkedHashMap<String, Object>();
        put.put("chain", chain);
        put.put(
                "roots",
                testcase.get("trusted_certs")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList());
        if (testcase.get("expected_peer_name").isObject())
            put.put("name", testcase.get("expected_peer_name").get("value").asString());
        if (!testcase.get("validation_time").isNull())
            put.put("at", testcase.get("validation_time").asString());
        return put;
    }

    private static JudgeChainCommand command(InputStream in) {
        return new JudgeChainCommand(in, InstantSource.fixed(Instant.parse(AT)));
    }

    private static JsonNode one(Map<String, ?> given) {
        return Cases.answers(JudgeChainCommandTest::command, List.of(given)).getFirst();
    }

    private static String pem(Octets der) {
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(der.toArray())
                + "\n-----END CERTIFICATE-----\n";
    }
}
