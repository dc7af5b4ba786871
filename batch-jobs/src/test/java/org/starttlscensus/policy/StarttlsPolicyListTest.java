package org.starttlscensus.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.starttlscensus.fact.Hostname;
import org.starttlscensus.fact.MailDomain;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.policy.ListedPolicyStatus.ListedServer;

class StarttlsPolicyListTest {

    private static final String LIST = """
            {
              "timestamp": "2020-06-06T14:30:16.000000+00:00",
              "author": "somebody",
              "expires": 1591540216,
              "version": "0.1",
              "pinsets": {},
              "policy-aliases": {"big": {"mode": "testing", "mxs": [".mail.example.com"]}},
              "policies": {
                "example.org": {"mode": "enforce", "mxs": ["mx.example.org", ".example.net"]},
                "example.com": {"policy-alias": "big", "mode": "enforce"},
                "example.net": {"mxs": ["mx.example.net"]}
              }
            }
            """;

    private static final Optional<Boolean> YES = Optional.of(true);
    private static final Optional<Boolean> NO = Optional.of(false);

    @Test
    void policiesAliasesAndTimesAreRead() {
        var list = read(LIST);
        assertEquals(Instant.parse("2020-06-06T14:30:16Z"), list.timestamp());
        assertTrue(list.isExpired(Instant.ofEpochSecond(1_591_540_216)));
        assertFalse(list.isExpired(Instant.ofEpochSecond(1_591_540_215)));
        assertEquals(3, list.policies().size());
        assertEquals(MtaStsMode.ENFORCE, policy(list, "example.org").mode());
        assertEquals(MtaStsMode.TESTING, policy(list, "example.com").mode());
        assertEquals(MtaStsMode.TESTING, policy(list, "example.net").mode());
        assertEquals(List.of(), list.problems());
    }

    @Test
    void entriesThatCannotBeReadAreToldAndLeftOut() {
        for (var entry : List.of(
                "{\"policy-alias\": \"small\"}",
                "{\"mode\": \"none\", \"mxs\": [\"a.example\"]}",
                "{\"mode\": \"strict\", \"mxs\": [\"a.example\"]}",
                "{\"mode\": \"enforce\", \"mxs\": []}",
                "{\"mode\": \"enforce\", \"mxs\": [7]}",
                "{\"mode\": \"enforce\"}",
                "7")) {
            var list = read(LIST.replace("{\"mxs\": [\"mx.example.net\"]}", entry));
            assertEquals(2, list.policies().size(), entry);
            assertTrue(list.problems().getFirst().contains("example.net"), entry);
        }
        assertEquals(
                1,
                read(LIST.replace("\"example.net\"", "\"no domain\""))
                        .problems()
                        .size());
    }

    @Test
    void whatIsNoListSaysWhatWasExpected() {
        for (var text : List.of(
                "",
                "[]",
                "{",
                LIST + "{}",
                LIST.replace("1591540216", "\"soon\""),
                LIST.replace("1591540216", "1e400"),
                LIST.replace("1591540216", "9223372036854775807"),
                LIST.replace("\"expires\"", "\"ends\""),
                LIST.replace("\"example.com\"", "\"example.org\""),
                "{\"policies\": 7}",
                "[".repeat(100_000))) {
            var refused = assertThrows(IllegalArgumentException.class, () -> read(text), text);
            assertTrue(String.valueOf(refused.getMessage()).contains("the list"), refused::getMessage);
        }
    }

    @Test
    void anEntryIsHeldAgainstTheServers() {
        var policy = policy(read(LIST), "example.org");
        assertEquals("holds", held(policy, server("mx.example.org", YES, YES), server("a.example.net", YES, YES)));
        assertEquals("no_mail", held(policy));
        assertEquals("server_not_listed", held(policy, server("a.b.example.net", YES, YES)));
        assertEquals("server_not_listed", held(policy, server("mx.example.com", Optional.empty(), Optional.empty())));
        assertEquals("no_modern_tls", held(policy, server("mx.example.org", NO, Optional.empty())));
        assertEquals("certificate_invalid", held(policy, server("mx.example.org", YES, NO)));
        assertEquals("unknown", held(policy, server("mx.example.org", YES, Optional.empty())));
        assertEquals(
                "no_modern_tls",
                held(
                        policy,
                        server("mx.example.org", Optional.empty(), Optional.empty()),
                        server("a.example.net", NO, NO)));
    }

    private static String held(StarttlsPolicyList.ListedPolicy policy, ListedServer... servers) {
        return ListedPolicyStatus.of(policy, List.of(servers)).label();
    }

    private static ListedServer server(String name, Optional<Boolean> modernTls, Optional<Boolean> certificate) {
        return new ListedServer(new Hostname(name), modernTls, certificate);
    }

    private static StarttlsPolicyList.ListedPolicy policy(StarttlsPolicyList list, String domain) {
        var policy = list.policies().get(new MailDomain(domain));
        if (policy == null) throw new AssertionError("no policy of " + domain);
        return policy;
    }

    private static StarttlsPolicyList read(String text) {
        return StarttlsPolicyList.read(Octets.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
