package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.tls.CertificateReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The chain and name judges against every case of an independent test suite.
 *
 * @see <a href="https://x509-limbo.com/">x509-limbo</a>
 */
class LimboTest {

    private static final Path SUITE = Path.of("../../shared/vectors/x509-limbo/limbo.json");

    /** The cases where we differ: a line with the reason, then the cases, each after a tab. */
    private static final String DIFFERENCES = "limbo-differences.txt";

    /** @param name empty if the case expects no name */
    private record Case(String id, boolean expected, ChainVerdict chain, Optional<NameMatch> name, Duration took) {

        boolean accepted() {
            return chain.status() == ChainStatus.TRUSTED && name.orElse(NameMatch.MATCH) == NameMatch.MATCH;
        }
    }

    private static final List<Case> CASES = new ArrayList<>();
    private static final Map<String, String> EXPLAINED = new TreeMap<>();

    @BeforeAll
    static void judgeEveryCase() throws IOException, CertificateException {
        assumeTrue(Files.exists(SUITE), () -> "no suite at " + SUITE);
        ChainJudge.warmUp();
        for (var testcase :
                JsonMapper.shared().readTree(Files.readString(SUITE)).get("testcases")) {
            if (testcase.get("validation_kind").asString().equals("SERVER")) CASES.add(judge(testcase));
        }
        readDifferences();
    }

    @Test
    void agreesExceptForStatedReasons() {
        var different = new TreeMap<String, String>();
        for (var each : CASES) {
            if (each.accepted() == each.expected) continue;
            different.put(
                    each.id,
                    "expected %s, found %s and %s %s"
                            .formatted(
                                    each.expected ? "SUCCESS" : "FAILURE",
                                    each.chain.status().label(),
                                    each.name.map(NameMatch::label).orElse("no name"),
                                    each.chain.reasons()));
        }
        System.out.printf(
                "limbo: %d server certificates judged, %d agree, %d differ, each for a stated reason%n",
                CASES.size(), CASES.size() - different.size(), different.size());
        different.forEach((id, how) -> System.out.printf("  %s: %s: %s%n", id, how, EXPLAINED.get(id)));
        assertEquals(EXPLAINED.keySet(), different.keySet());
    }

    @Test
    void reportsWeakKeysOfWeakCases() {
        for (var each : CASES) {
            if (EXPLAINED.getOrDefault(each.id, "").startsWith("weak:")) assertTrue(each.chain.weakKey(), each.id);
        }
    }

    @Test
    void noCaseTakesASecond() {
        var slowest = CASES.stream().max((a, b) -> a.took.compareTo(b.took)).orElseThrow();
        System.out.printf("limbo: the slowest case, %s, took %d ms%n", slowest.id, slowest.took.toMillis());
        assertTrue(slowest.took.toMillis() < 1_000, slowest::toString);
    }

    private static Case judge(JsonNode testcase) throws CertificateException {
        var chain = new ArrayList<Octets>();
        chain.add(der(testcase.get("peer_certificate").asString()));
        testcase.get("untrusted_intermediates").forEach(each -> chain.add(der(each.asString())));
        var anchors = new ArrayList<X509Certificate>();
        for (var each : testcase.get("trusted_certs")) {
            anchors.add((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(der(each.asString()).toArray())));
        }
        var time = testcase.get("validation_time");
        var at = time.isNull()
                ? Instant.now()
                : OffsetDateTime.parse(time.asString()).toInstant();
        var started = System.nanoTime();
        var verdict = new ChainJudge(new TrustStore("limbo", anchors)).judge(chain, at);
        var took = Duration.ofNanos(System.nanoTime() - started);
        var peer = testcase.get("expected_peer_name");
        var name = Optional.of(peer)
                .filter(JsonNode::isObject)
                .map(expectedName -> expectedName.get("kind").asString().equals("DNS")
                        ? NameJudge.of(
                                        CertificateReader.read(chain.getFirst()),
                                        new Hostname(expectedName.get("value").asString()))
                                .orElse(NameMatch.MISMATCH)
                        : NameMatch.MISMATCH);
        return new Case(
                testcase.get("id").asString(),
                testcase.get("expected_result").asString().equals("SUCCESS"),
                verdict,
                name,
                took);
    }

    private static void readDifferences() throws IOException {
        try (var in = LimboTest.class.getResourceAsStream(DIFFERENCES)) {
            var reason = "";
            for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.startsWith("\t")) EXPLAINED.put(line.strip(), reason);
                else if (!line.isBlank() && !line.startsWith("#")) reason = line;
            }
        }
    }

    private static Octets der(String pem) {
        var begin = "-----BEGIN CERTIFICATE-----";
        var from = pem.indexOf(begin) + begin.length();
        return Octets.of(Base64.getMimeDecoder()
                .decode(pem.substring(from, pem.indexOf("-----END", from)).getBytes(StandardCharsets.US_ASCII)));
    }
}
