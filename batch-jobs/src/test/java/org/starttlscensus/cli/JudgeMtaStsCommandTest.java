package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JudgeMtaStsCommandTest {

    private static final String RECORD = "v=STSv1; id=20261123";
    private static final String POLICY = "version: STSv1\nmode: enforce\nmx: *.example.org\nmax_age: 86400\n";

    @Test
    void aDomainThatIsWholeIsTold() {
        var answer = one(List.of(RECORD), POLICY, "mx.example.org", "MX2.example.org.");
        assertEquals(
                "{'record':'valid','policy':'valid','mode':'enforce','covered':[true,true],'mta_sts':'enforce',"
                        + "'mta_sts_effect':'effective','lenient_mode':'enforce','lenient_covered':[true,true],"
                        + "'reasons':[]}",
                Json.write(answer).replace('"', '\''));
    }

    @Test
    void eachServerIsCoveredOrNot() {
        var answer =
                one(List.of(RECORD), POLICY, "mx.example.org", "a.mx.example.org", "192.0.2.1", "mx_1.example.org");
        assertEquals("[true,false,false,true]", answer.get("covered").toString());
        assertEquals("[true,true,false,true]", answer.get("lenient_covered").toString());
        assertEquals("partly_covered", answer.get("mta_sts_effect").asString());
        assertEquals(
                "would_fail",
                one(List.of(RECORD), POLICY, "mx.example.net")
                        .get("mta_sts_effect")
                        .asString());
        var international = POLICY.replace("*.example.org", "xn--bcher-kva.example");
        assertEquals(
                "[true]",
                one(List.of(RECORD), international, "b\u00fccher.example")
                        .get("covered")
                        .toString());
    }

    @Test
    void theStepsAreTold() {
        assertEquals("none", step(List.of(), null));
        assertEquals("record_invalid", step(List.of(RECORD, RECORD), POLICY));
        assertEquals("fetch_error", step(List.of(RECORD), null));
        assertEquals("policy_invalid", step(List.of(RECORD), "<html>"));
        assertEquals("mode_none", step(List.of(RECORD), POLICY.replace("enforce", "none")));
        assertEquals("testing", step(List.of(RECORD), POLICY.replace("enforce", "testing")));
        assertEquals("enforce", step(List.of(List.of("v=STSv1; i", "d=1")), POLICY));
    }

    @Test
    void sendersThatDifferAreTold() {
        var answer = one(List.of(RECORD), POLICY + "mode: testing\n", "mx.example.org");
        assertEquals("enforce", answer.get("mode").asString());
        assertEquals("testing", answer.get("lenient_mode").asString());
        var none = one(List.of(RECORD), "mode: strict\n" + POLICY, "mx.example.org");
        assertTrue(none.get("mode").isNull());
        assertTrue(none.get("mta_sts_effect").isNull());
        assertEquals(0, none.get("covered").size());
        assertEquals("policy_invalid", none.get("policy").asString());
        assertTrue(none.get("reasons").toString().contains("mode"), none::toString);
        var odd = one(List.of(RECORD), POLICY.replace("*.example.org", "192.0.2.1"), "192.0.2.1", "no name");
        assertEquals("would_fail", odd.get("mta_sts_effect").asString());
        assertEquals(2, odd.get("reasons").size(), odd::toString);
    }

    @Test
    void aCaseThatIsNoneSaysWhatWasExpected() {
        for (var line : List.of(
                "{}",
                "{\"records\":\"v=STSv1\"}",
                "{\"records\":[7]}",
                "{\"records\":[[7]]}",
                "{\"records\":[],\"policy\":[]}",
                "{\"records\":[],\"mx\":\"mx.example.org\"}")) {
            var answer = Cases.answers(JudgeMtaStsCommand::new, line).getFirst();
            assertEquals(List.of("error", "line"), List.copyOf(answer.propertyNames()), line);
        }
    }

    private static String step(List<?> records, String policy) {
        return one(records, policy, "mx.example.org").get("mta_sts").asString();
    }

    private static JsonNode one(List<?> records, String policy, String... servers) {
        var given = new HashMap<String, Object>(Map.of("records", records, "mx", List.of(servers)));
        given.put("policy", policy);
        return Cases.answers(JudgeMtaStsCommand::new, List.of(given)).getFirst();
    }
}
