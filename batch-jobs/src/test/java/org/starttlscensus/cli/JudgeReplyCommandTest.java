package org.starttlscensus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.ReplyCorpus;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

class JudgeReplyCommandTest {

    @Test
    void judgesTheCorpusAsExpected() {
        var rows = ReplyCorpus.rows();
        List<Map<String, ?>> cases = rows.stream()
                .<Map<String, ?>>map(row -> Map.of("phase", row.phase().label(), "reply", row.text(), "id", row.id()))
                .toList();
        var answers = Cases.answers(JudgeReplyCommand::new, cases);
        assertEquals(rows.size(), answers.size());
        var disagreements = new ArrayList<String>();
        for (int i = 0; i < rows.size(); i++) {
            var ours = answers.get(i).get("class").asString();
            if (!agrees(ours, rows.get(i).expected())) disagreements.add(ours + " <> " + rows.get(i));
        }
        System.out.printf("judge reply: %d of %d as expected%n", rows.size() - disagreements.size(), rows.size());
        disagreements.forEach(System.out::println);
        assertTrue(disagreements.size() * 20 <= rows.size(), disagreements::toString);
    }

    private static boolean agrees(String ours, String expected) {
        return switch (ours) {
            case "muted", "blocked_suspected" ->
                List.of("blocked_reputation", "other").contains(expected);
            case "stripped" -> expected.equals("other");
            default -> ours.equals(expected);
        };
    }

    @Test
    void saysForHowLongWeAreAskedToStayAway() {
        var answer = one("{\"phase\":\"banner\",\"reply\":\"421 4.7.0 too many connections, try again in 5 minutes\"}");
        assertEquals("rate_limited", answer.get("class").asString());
        assertEquals(300, answer.get("retry_after_seconds").asInt());
        assertTrue(one("{\"phase\":\"banner\",\"reply\":\"220 mx\"}")
                .get("retry_after_seconds")
                .isNull());
    }

    @Test
    void aRefusalOfStarttlsDependsOnWhatEhloHadOffered() {
        var refusal = "{\"phase\":\"starttls\",\"reply\":\"550 5.0.0 no\"%s}";
        assertEquals("other", one(refusal.formatted("")).get("class").asString());
        assertEquals(
                "other",
                one(refusal.formatted(",\"advertised\":true")).get("class").asString());
        assertEquals(
                "blocked_suspected",
                one(refusal.formatted(",\"advertised\":false")).get("class").asString());
    }

    @Test
    void bothSpellingsOfThePhaseUnderTlsAreRead() {
        assertEquals(
                "ok",
                one("{\"phase\":\"after-tls\",\"reply\":\"250 mx\"}")
                        .get("class")
                        .asString());
        assertEquals(
                "ok",
                one("{\"phase\":\"after_tls\",\"reply\":\"250 mx\"}")
                        .get("class")
                        .asString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "HTTP/1.1 400 Bad Request\\r\\n\\r\\n", "2", "\\u0000", "600 what"})
    void aTextWithoutACodeIsNotSmtp(String text) {
        assertEquals(
                "not_smtp",
                one("{\"phase\":\"banner\",\"reply\":\"" + text + "\"}")
                        .get("class")
                        .asString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "421 4.7.0 Too many connections",
                "421 4.7.0 Too many connections\\r\\n",
                "421-4.7.0 Too many\\n421 connections",
                "421-4.7.0 Too many connections",
                "some words\\n421 4.7.0 Too many connections\\n",
                "421 4.7.0 Too many connections\\nConnection closed by foreign host.",
                "421 4.7.0 Too many\\n421 connections"
            })
    void aReplyMayBeQuotedInManyWays(String text) {
        assertEquals(
                "rate_limited",
                one("{\"phase\":\"banner\",\"reply\":\"" + text + "\"}")
                        .get("class")
                        .asString());
    }

    @ParameterizedTest
    @CsvSource({
        "banner, \\r\\n220 mx\\r\\n, ok",
        "banner, Welcome\\r\\n220 mx, ok",
        "banner, 220-mx\\r\\n\\r\\n220 mx\\r\\n\\r\\n, ok",
        "banner, 220, ok",
        "banner, 220\\r\\r\\n, ok",
        "banner, 200 mx, ok",
        "banner, 220****************, stripped",
        "banner, 220-*****\\r\\n220**********, stripped",
        "banner, ****************, stripped",
        "ehlo, 251-mx\\r\\n251 STARTTLS, ok",
        "ehlo, 250-mx\\r\\nno code\\r\\n250 STARTTLS\\r\\n, ok",
        "ehlo, 250-mx\\r\\n250-SIZE\\r\\n************\\r\\n250 HELP, stripped",
        "ehlo, 250-mx\\r\\n250 HELP, muted",
        "ehlo, 250-STARTTLS\\r\\n250 SIZE, muted",
        "ehlo, 250 mx\\r\\n250 STARTTLS, muted",
        "starttls, 250 ok, ok",
        "starttls, 503 TLS not allowed, other"
    })
    void aReplyIsReadAsInACall(String phase, String text, String expected) {
        assertEquals(
                expected,
                one("{\"phase\":\"%s\",\"reply\":\"%s\"}".formatted(phase, text))
                        .get("class")
                        .asString());
    }

    @Test
    void aReplyThatExceedsTheLimitsOfACallIsNoneButStillSmtp() {
        var line = "{\"phase\":\"ehlo\",\"reply\":\"250-%s\\r\\n250 STARTTLS\"}".formatted("x".repeat(5_000));
        assertEquals("other", one(line).get("class").asString());
    }

    @Test
    void everyLineIsAnsweredAndTheNextIsRead() {
        var good = "{\"phase\":\"banner\",\"reply\":\"220 mx\"}\n";
        var bad = List.of(
                "not json",
                "",
                "[1]",
                "{}",
                "{\"phase\":\"connect\",\"reply\":\"220 mx\"}",
                "{\"phase\":\"banner\"}",
                "{\"phase\":\"banner\",\"reply\":7}",
                "{\"phase\":1,\"reply\":\"220 mx\"}",
                "{\"phase\":\"banner\",\"reply\":\"220 mx\",\"advertised\":1}",
                "{\"phase\":\"banner\",\"reply\":\"220 mx\"} {}",
                "{\"phase\":\"banner\",\"phase\":\"ehlo\",\"reply\":\"220 mx\"}",
                "[".repeat(60_000),
                "{\"phase\":\"banner\",\"reply\":\"" + "x".repeat(70_000) + "\"}",
                "\u0000",
                "{\"phase\":\"banner\",\"reply\":\"\u001b\"}");
        var input = new StringBuilder(good);
        bad.forEach(line -> input.append(line).append('\n').append(good));
        var answers = Cases.answers(JudgeReplyCommand::new, input.toString());
        assertEquals(2 * bad.size() + 1, answers.size());
        for (int i = 0; i < answers.size(); i++) {
            assertEquals(i % 2 == 0, answers.get(i).has("class"), answers.get(i)::toString);
            if (i % 2 == 1) assertEquals(i + 1, answers.get(i).get("line").asInt(), answers.get(i)::toString);
        }
    }

    @Test
    void octetsThatAreNoUtf8AreAnErrorOfTheLine() {
        var answers = Cases.answers(
                JudgeReplyCommand::new,
                "{\"phase\":\"banner\",\"reply\":\"220 \u00ff\"}\n{\"phase\":\"banner\",\"reply\":\"220\"}"
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(answers.getFirst().has("error"), answers::toString);
        assertEquals("ok", answers.getLast().get("class").asString(), answers::toString);
    }

    @Test
    @Timeout(20)
    void anAnswerComesBeforeTheNextCaseIsPut() throws IOException {
        try (var cases = new PipedOutputStream();
                var answers = new PipedReader();
                var reader = new BufferedReader(answers)) {
            var command = new CommandLine(new JudgeReplyCommand(new PipedInputStream(cases)))
                    .setOut(new PrintWriter(new PipedWriter(answers)));
            Thread.ofVirtual().start(() -> command.execute());
            for (int i = 0; i < 3; i++) {
                cases.write("{\"phase\":\"banner\",\"reply\":\"220 mx\"}\n".getBytes(StandardCharsets.US_ASCII));
                cases.flush();
                assertTrue(reader.readLine().startsWith("{\"class\":\"ok\""));
            }
        }
    }

    private static JsonNode one(String line) {
        var answers = Cases.answers(JudgeReplyCommand::new, line);
        assertEquals(1, answers.size());
        return answers.getFirst();
    }
}
