package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * {@code census judge chain} against chains of others (NIST PKITS, OpenSSL, GnuTLS) and on curves of others, with the
 * values that openssl, certtool and Postfix gave.
 */
class ChainCasesTest {

    private static final Path CASES = Path.of("../../shared/vectors/cases/chain.jsonl");

    @Test
    void allComeOutAsSendersJudgeThem() throws IOException {
        assumeTrue(Files.exists(CASES), () -> "no cases at " + CASES);
        var given = Files.readString(CASES);
        var cases = given.lines().map(line -> Json.MAPPER.readTree(line)).toList();
        var clock = InstantSource.fixed(Instant.parse("2026-11-30T00:00:00Z"));
        var answers = Cases.answers(in -> new JudgeChainCommand(in, clock), given);
        assertEquals(cases.size(), answers.size());
        var wrong = new TreeMap<String, String>();
        for (int i = 0; i < cases.size(); i++) {
            if (!isRight(cases.get(i).get("right"), answers.get(i))) {
                wrong.put(cases.get(i).get("id").asString(), answers.get(i).toString());
            }
        }
        System.out.printf("chains of others: %d, as they should be: %d%n", cases.size(), cases.size() - wrong.size());
        assertEquals(new TreeMap<>(), wrong);
    }

    /** A list of allowed values for each field; of values that are not allowed for a field with "not_" before it. */
    private static boolean isRight(JsonNode right, JsonNode answer) {
        return right.propertyStream().allMatch(field -> {
            var isForbidden = field.getKey().startsWith("not_");
            var found = answer.get(isForbidden ? field.getKey().substring("not_".length()) : field.getKey());
            return isForbidden != field.getValue().valueStream().anyMatch(found::equals);
        });
    }
}
