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
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.tls.CertificateReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The chain and name judges against a suite that nobody here wrote, case by case.
 *
 * @see <a href="https://x509-limbo.com/">x509-limbo</a>
 */
class LimboTest {

    private static final Path SUITE = Path.of("../../shared/vectors/x509-limbo/limbo.json");

    /** What the census does not model: no revocation, no names but DNS names, no depth set from outside. */
    private static final Set<String> NOT_MODELLED = Set.of("has-crl", "max-chain-depth");

    private static final String PROFILE = "binds those who issue; path validation (RFC 5280, section 6) does not ask for it";
    private static final String WEAK = "weak, which stands beside the chain's value and never in it";
    private static final String JDK = "the JDK's name constraints do not see it";

    /** Where we differ, and why. */
    private static final Map<String, String> EXPLAINED = new TreeMap<>();

    static {
        explain(PROFILE, "rfc5280::aki::cross-signed-root-missing-aki", "rfc5280::aki::intermediate-missing-aki",
                "rfc5280::aki::leaf-missing-aki", "rfc5280::leaf-ku-keycertsign", "rfc5280::nc::not-allowed-in-ee-critical",
                "rfc5280::nc::not-allowed-in-ee-noncritical", "rfc5280::pc::ica-noncritical-pc",
                "rfc5280::root-non-critical-basic-constraints", "rfc5280::serial::too-long", "rfc5280::serial::zero",
                "rfc5280::ski::intermediate-missing-ski", "rfc5280::ski::root-missing-ski",
                "webpki::aki::root-with-aki-all-fields", "webpki::aki::root-with-aki-authoritycertissuer",
                "webpki::aki::root-with-aki-authoritycertserialnumber", "webpki::aki::root-with-aki-missing-keyidentifier",
                "webpki::aki::root-with-aki-ski-mismatch", "webpki::cn::case-mismatch", "webpki::cn::utf8-vs-punycode-mismatch",
                "webpki::eku::ee-critical-eku", "webpki::eku::ee-without-eku",
                "webpki::forbidden-rsa-key-not-divisible-by-8-in-leaf", "webpki::malformed-aia",
                "webpki::nc::intermediate-permitted-excluded-subtrees-both-null",
                "webpki::san::public-suffix-private-namespace-wildcard-san", "webpki::san::san-critical-with-nonempty-subject");
        explain(WEAK, "webpki::forbidden-dsa-root", "webpki::forbidden-p192-leaf", "webpki::forbidden-weak-rsa-in-leaf",
                "webpki::forbidden-weak-rsa-key-in-root");
        explain(JDK, "rfc5280::nc::nc-forbids-dnsname-wildcard-san", "rfc5280::nc::nc-permits-invalid-dns-san");
    }

    private record Case(String id, boolean expected, ChainVerdict chain, NameMatch name, Duration took) {

        boolean accepted() {
            return chain.status() == ChainStatus.TRUSTED && name == NameMatch.MATCH;
        }
    }

    private static final List<Case> CASES = new ArrayList<>();
    private static int skipped;

    @BeforeAll
    static void judgeEveryCase() throws IOException, CertificateException {
        assumeTrue(Files.exists(SUITE), () -> "no suite at " + SUITE);
        for (var testcase : JsonMapper.shared().readTree(Files.readString(SUITE)).get("testcases")) {
            if (isModelled(testcase)) CASES.add(judge(testcase));
            else skipped++;
        }
    }

    @Test
    void agreesOrSaysWhyNot() {
        var different = new TreeMap<String, String>();
        for (var each : CASES) {
            if (each.accepted() == each.expected) continue;
            different.put(each.id, "expected %s, found %s and %s %s".formatted(each.expected ? "SUCCESS" : "FAILURE",
                    each.chain.status().label(), each.name.label(), each.chain.reasons()));
        }
        System.out.printf("limbo: %d cases judged, %d not modelled, %d agree, %d differ%n",
                CASES.size(), skipped, CASES.size() - different.size(), different.size());
        different.forEach((id, how) -> System.out.printf("  %s: %s: %s%n", id, how, EXPLAINED.get(id)));
        assertEquals(EXPLAINED.keySet(), different.keySet());
    }

    @Test
    void whatIsWeakIsSaidToBeWeak() {
        for (var each : CASES) {
            if (WEAK.equals(EXPLAINED.get(each.id))) assertTrue(each.chain.weakKey(), each.id);
        }
    }

    @Test
    void noCaseTakesASecond() {
        var slowest = CASES.stream().max((a, b) -> a.took.compareTo(b.took)).orElseThrow();
        System.out.printf("limbo: the slowest case, %s, took %d ms%n", slowest.id, slowest.took.toMillis());
        assertTrue(slowest.took.toMillis() < 1_000, slowest::toString);
    }

    private static boolean isModelled(JsonNode testcase) {
        var name = testcase.get("expected_peer_name");
        return testcase.get("validation_kind").asString().equals("SERVER")
                && testcase.get("features").valueStream().map(JsonNode::asString).noneMatch(NOT_MODELLED::contains)
                && name.isObject() && name.get("kind").asString().equals("DNS");
    }

    private static Case judge(JsonNode testcase) throws CertificateException {
        var chain = new ArrayList<Octets>();
        chain.add(der(testcase.get("peer_certificate").asString()));
        testcase.get("untrusted_intermediates").forEach(each -> chain.add(der(each.asString())));
        var anchors = new ArrayList<X509Certificate>();
        for (var each : testcase.get("trusted_certs")) {
            anchors.add((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der(each.asString()).toArray())));
        }
        var time = testcase.get("validation_time");
        var at = time.isNull() ? Instant.now() : OffsetDateTime.parse(time.asString()).toInstant();
        var started = System.nanoTime();
        var verdict = new ChainJudge(new TrustStore("limbo", anchors)).judge(chain, at);
        var took = Duration.ofNanos(System.nanoTime() - started);
        var name = NameJudge.of(CertificateReader.read(chain.getFirst()),
                new Hostname(testcase.get("expected_peer_name").get("value").asString()));
        return new Case(testcase.get("id").asString(), testcase.get("expected_result").asString().equals("SUCCESS"),
                verdict, name, took);
    }

    private static void explain(String why, String... ids) {
        for (var id : ids) EXPLAINED.put(id, why);
    }

    private static Octets der(String pem) {
        var begin = "-----BEGIN CERTIFICATE-----";
        var from = pem.indexOf(begin) + begin.length();
        return Octets.of(Base64.getMimeDecoder().decode(
                pem.substring(from, pem.indexOf("-----END", from)).getBytes(StandardCharsets.US_ASCII)));
    }
}
