package org.starttlscensus.politeness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.ReplyCorpus;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Octets;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.SmtpReply;

class ReplyClassifierTest {

    @Nested
    class TheCorpus {

        @Test
        void isClassedAsExpected() {
            var rows = ReplyCorpus.rows();
            var disagreements = rows.stream()
                    .filter(row -> !agrees(judge(row).replyClass(), row.expected()))
                    .toList();
            System.out.printf("reply corpus: %d of %d as expected%n", rows.size() - disagreements.size(), rows.size());
            disagreements.forEach(row -> System.out.printf(
                    "  %s by %s <> %s%n",
                    judge(row).replyClass().label(), judge(row).ruleId(), row));
            assertTrue(disagreements.size() * 20 <= rows.size(), disagreements::toString);
        }

        @Test
        void hasNoRefusalThatReadsAsNoStarttls() {
            var refusals = ReplyCorpus.rows().stream()
                    .filter(row -> !List.of("ok", "no_starttls").contains(row.expected()))
                    .toList();
            assertTrue(refusals.size() > 150, "there are refusals to test");
            assertEquals(
                    List.of(),
                    refusals.stream()
                            .filter(row -> judge(row).replyClass() == ReplyClass.NO_STARTTLS)
                            .toList());
        }

        private static ReplyJudgement judge(ReplyCorpus.Row row) {
            return row.reply()
                    .map(reply -> ReplyClassifier.judge(row.phase(), true, reply))
                    .orElseGet(() -> unreadable(row.phase(), row.text()));
        }

        /** The corpus has fewer classes: this is its class for our muted, stripped and suspected. */
        private static boolean agrees(ReplyClass ours, String expected) {
            return switch (ours) {
                case MUTED, BLOCKED_SUSPECTED -> expected.equals("blocked_reputation");
                case STRIPPED -> expected.equals("other");
                case OK,
                        NO_STARTTLS,
                        BLOCKED_REPUTATION,
                        RATE_LIMITED,
                        GREYLISTED,
                        TEMPORARY_UNAVAILABLE,
                        TLS_UNAVAILABLE,
                        POLICY_REQUIRES_TLS,
                        NOT_SMTP,
                        OTHER -> ours.label().equals(expected);
            };
        }
    }

    record Sample(CallPhase phase, ReplyClass expected, String text) {
        static Sample of(String line) {
            var parts = line.split(" \\| ", 3);
            return new Sample(CallPhase.of(parts[0]), ReplyClass.of(parts[1]), parts[2].replace("\\n", "\n"));
        }
    }

    static Stream<Sample> samples() throws IOException {
        try (var stream = ReplyClassifierTest.class.getResourceAsStream("reply-samples.txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.isBlank() && !line.startsWith("#")).map(Sample::of).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void repliesInManyLanguagesAreClassified(Sample sample) {
        var judged = ReplyCorpus.reply(sample.text())
                .map(reply -> ReplyClassifier.judge(sample.phase(), true, reply))
                .orElseGet(() -> unreadable(sample.phase(), sample.text()));
        assertEquals(sample.expected(), judged.replyClass(), judged::ruleId);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "500 Go away",
                "502 5.7.0 Access denied",
                "500 blocked",
                "502 5.7.1 rate limit",
                "500 ",
                "502 2 3"
            })
    void aRefusedEhloIsNoStarttlsOnlyIfItSaysThatTheCommandIsUnknown(String text) {
        var judged = ReplyClassifier.judge(
                CallPhase.EHLO, false, ReplyCorpus.reply(text).orElseThrow());
        assertTrue(judged.replyClass() != ReplyClass.NO_STARTTLS, judged::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "500 what, no_starttls",
        "502 5.5.1 no, no_starttls",
        "503 5.5.1 not advertised, no_starttls",
        "550 5.0.0 no, blocked_suspected",
        "503 5.7.0 no, blocked_suspected",
        "502 5.0.0 no, blocked_suspected",
        "554 no, blocked_suspected",
        "550 5.7.1 access denied, blocked_reputation",
        "421 no, temporary_unavailable",
        "501 5.5.4 no, other",
        "503 TLS not allowed, other",
        "503 5.7.0 STARTTLS is not permitted at this time, other",
        "550 5.7.1 STARTTLS not allowed from your address, blocked_reputation"
    })
    void anUnadvertisedStarttlsTellsABlockFromAnUnknownCommand(String text, String expected) {
        var judged = ReplyClassifier.judge(
                CallPhase.STARTTLS, false, ReplyCorpus.reply(text).orElseThrow());
        assertEquals(expected, judged.replyClass().label(), judged::ruleId);
    }

    @ParameterizedTest
    @CsvSource({
        "BANNER, 200 mx, ok",
        "BANNER, 250 mx, ok",
        "BANNER, 220, ok",
        "BANNER, 220 ################, stripped",
        "BANNER, 220 XXXXXXXXXXXXXXXX, stripped",
        "BANNER, 220************, stripped",
        "BANNER, *** ************, stripped",
        "BANNER, 354 go on, other",
        "EHLO, 251 mx, muted",
        "EHLO, 250 STARTTLS, muted",
        "EHLO, 503 TLS not allowed, other",
        "STARTTLS, 250 ok, ok",
        "STARTTLS, 221 bye, ok",
        "STARTTLS, 503 TLS not allowed, other",
        "AFTER_TLS, 251 mx, ok"
    })
    void aReplyIsReadByItsFirstDigit(CallPhase phase, String text, String expected) {
        var judged = ReplyCorpus.reply(text)
                .map(reply -> ReplyClassifier.judge(phase, true, reply))
                .orElseGet(() -> unreadable(phase, text));
        assertEquals(expected, judged.replyClass().label(), judged::ruleId);
    }

    @ParameterizedTest
    @CsvSource({
        "500 what?, UNKNOWN",
        "502 not here, UNKNOWN",
        "501 Syntax error in parameters or arguments, UNKNOWN",
        "501 unknown command, UNKNOWN",
        "550 no, UNKNOWN",
        "550 5.5.1 sorry, UNKNOWN",
        "501 5.5.4 HELO/EHLO argument is invalid, ARGUMENT_BLAMED",
        "501 invalid domain name, ARGUMENT_BLAMED",
        "503 bad sequence, REFUSAL",
        "504 need fully-qualified hostname, REFUSAL",
        "504 no, REFUSAL",
        "554 no, REFUSAL",
        "521 no, REFUSAL",
        "550 5.7.1 no, REFUSAL",
        "550 5.3.2 Service currently unavailable, REFUSAL",
        "550 Service unavailable, REFUSAL",
        "550 rejected by policy, REFUSAL",
        "500 your IP is blocked, REFUSAL",
        "501 Connection rejected by policy, REFUSAL",
        "502 too many connections, REFUSAL",
        "550 greylisted, REFUSAL",
        "550 encryption required, REFUSAL",
        "500 protocol violation, REFUSAL"
    })
    void heloFollowsWhereEhloMayBeUnknownAndNeverABlock(String ehlo, RefusedEhlo expected) {
        assertEquals(expected, RefusedEhlo.of(ReplyCorpus.reply(ehlo).orElseThrow()));
    }

    @ParameterizedTest
    @EnumSource(
            value = CallPhase.class,
            names = {"BANNER", "EHLO", "STARTTLS", "AFTER_TLS"})
    void everyReplyHasAClass(CallPhase phase) {
        for (int code = 200; code < 600; code++) {
            var reply = new SmtpReply(code, List.of(""), Octets.NONE);
            for (var advertised : List.of(true, false))
                assertFalse(
                        ReplyClassifier.judge(phase, advertised, reply).ruleId().isEmpty());
        }
    }

    @Test
    void aReportedProtocolViolationIsOurFault() {
        var reply = ReplyCorpus.reply("454 4.5.0 SMTP protocol violation, no commands allowed to pipeline")
                .orElseThrow();
        assertTrue(ReplyClassifier.judge(CallPhase.STARTTLS, true, reply).selfInflicted());
    }

    @Test
    void idsAreUniqueAndTheTableHasAVersion() {
        var ids = ReplyRuleTable.shipped().rules().stream().map(ReplyRule::id).toList();
        assertEquals(ids.size(), new HashSet<>(ids).size(), ids::toString);
        assertFalse(ReplyClassifier.version().isEmpty());
    }

    @Test
    void aRuleWithUnboundedRepetitionIsRefused() {
        assertThrows(IllegalStateException.class, () -> ReplyRuleTable.of("one | any | 4 | other\n    (a|b)*c"));
        assertThrows(IllegalStateException.class, () -> ReplyRuleTable.of("one | any | 4 | other\n    (a{2,})c"));
    }

    private static ReplyJudgement unreadable(CallPhase phase, String text) {
        return ReplyClassifier.judgeUnreadable(phase, Octets.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
