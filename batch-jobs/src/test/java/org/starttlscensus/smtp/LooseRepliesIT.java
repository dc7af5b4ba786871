package org.starttlscensus.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.SmtpReply;
import org.starttlscensus.politeness.ReplyClassifier;
import org.starttlscensus.verdict.AttemptJudge;
import org.starttlscensus.verdict.AttemptOutcome;
import org.starttlscensus.verdict.Outcome;
import org.starttlscensus.verdict.OutcomeFlag;

/** Dialogues that no standard allows and real senders get through all the same. */
@DisplayName("A mail server with loose replies")
@Timeout(60)
class LooseRepliesIT {

    @TestFactory
    Stream<DynamicTest> isReachedOverTls() {
        return LooseReplies.all().entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> reaches(one.getValue())));
    }

    private static void reaches(LooseReplies.Replies replies) throws Exception {
        var seen = ScriptedCall.of(session -> {
            session.send(replies.greeting()).readCommand();
            session.send(replies.ehlo()).readCommand();
            session.send(replies.starttls());
            if (!replies.blanksLater().isEmpty()) session.awaitOctet().send(replies.blanksLater());
            session.finishUnderTls();
        });
        assertEquals(
                Ending.COMPLETED, seen.facts().ending(), () -> "" + seen.facts().detail());
        assertEquals(
                List.of("EHLO", "STARTTLS", "TLS:EHLO", "TLS:QUIT"),
                seen.session().commands().stream()
                        .map(command -> command.split("[ \r]")[0])
                        .toList());
        assertEquals(Outcome.STARTTLS_OK, outcome(seen.facts()).outcome());
        assertEquals(!seen.facts().advertised(), outcome(seen.facts()).flags().contains(OutcomeFlag.UNADVERTISED));
        for (var reply :
                List.of(seen.facts().banner(), seen.facts().ehlo(), seen.facts().starttls()))
            assertEquals(reply, reply.map(SmtpReply::raw).map(SmtpReply::of), "read alike from the database");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "220**********************\r\n",
                "220-**********\r\n220*******************\r\n",
                "**************************\r\n",
                "************\r\n************\r\n",
                "220XXXXXXXXXXXXXXXXXXXX\r\n"
            })
    void thatIsPaintedOverWithItsCodesIsStrippedAndHearsNothing(String greeting) throws Exception {
        var seen = ScriptedCall.of(session -> session.send(greeting).hangUp());
        assertEquals(CallPhase.BANNER, seen.facts().phase());
        assertEquals("", seen.session().received(), "we do not speak before the last line of the greeting");
        assertEquals(Outcome.STARTTLS_STRIPPED, outcome(seen.facts()).outcome());
        assertTrue(outcome(seen.facts()).flags().contains(OutcomeFlag.MASKED_BANNER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"220 **********************\r\n", "220-******\r\n220 ******\r\n"})
    void thatIsPaintedOverBehindItsCodesIsStripped(String greeting) throws Exception {
        var seen = ScriptedCall.of(session -> {
            session.send(greeting).readCommand();
            session.send("250-mx\r\n250 SIZE\r\n").answerQuit();
        });
        assertEquals(Outcome.STARTTLS_STRIPPED, outcome(seen.facts()).outcome());
    }

    @Test
    void thatSaysNothingWithACodeIsNoMailServer() throws Exception {
        var seen = ScriptedCall.of(session -> session.send("hello\r\nyou\r\n").hangUp());
        assertEquals(Outcome.NOT_SMTP, outcome(seen.facts()).outcome());
        assertEquals("", seen.session().received());
    }

    @ParameterizedTest
    @ValueSource(strings = {"220-mx\r\nhello\r\n", "220-mx\r\n\r\n", "220-mx\r\n* OK\r\n"})
    void thatOnceSaid220IsNeverNoMailServer(String greeting) throws Exception {
        var seen = ScriptedCall.of(session -> session.send(greeting).hangUp());
        assertEquals(Outcome.CLOSED_EARLY, outcome(seen.facts()).outcome());
    }

    /** A server without TLS that greets and nothing more is an old one; one that then refuses us is not. */
    @ParameterizedTest
    @ValueSource(strings = {"502 5.5.1 not implemented", "500 what?", "550 5.0.0 no", "503 TLS not allowed"})
    void thatHasNoExtensionIsAskedOnce(String refusal) throws Exception {
        var seen = ScriptedCall.of(session -> {
            session.send("220 mx\r\n").readCommand();
            session.send("250 mx\r\n").readCommand();
            session.send(refusal + "\r\n").answerQuit();
        });
        assertEquals(
                refusal.startsWith("502") || refusal.startsWith("500")
                        ? Outcome.NO_STARTTLS_UNCONFIRMED
                        : Outcome.BLOCKED_SUSPECTED,
                outcome(seen.facts()).outcome());
        assertEquals("QUIT\r\n", seen.session().commands().getLast());
        assertEquals(3, seen.session().commands().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"500 what?", "501 Syntax error", "502 no such command", "550 no"})
    void thatMayNotKnowEhloIsGreetedWithHelo(String refusal) throws Exception {
        var seen = ScriptedCall.of(session -> {
            session.send("220 mx\r\n").readCommand();
            session.send(refusal + "\r\n").readCommand();
            session.send("250 mx\r\n").answerQuit();
        });
        assertEquals("HELO census.example.org\r\n", seen.session().commands().get(1));
        assertEquals(Outcome.NO_STARTTLS_UNCONFIRMED, outcome(seen.facts()).outcome());
    }

    @ParameterizedTest
    @ValueSource(strings = {"550 blocked", "501 rejected by policy", "503 sequence", "504 no", "500 5.7.1 no"})
    void thatRefusesEhloIsNotGreetedAgain(String refusal) throws Exception {
        var seen = ScriptedCall.of(session -> {
            session.send("220 mx\r\n").readCommand();
            session.send(refusal + "\r\n").answerQuit();
        });
        assertEquals("QUIT\r\n", seen.session().commands().getLast());
        assertEquals(2, seen.session().commands().size());
        assertFalse(outcome(seen.facts()).outcome().starttls().isPresent());
    }

    /** A coded line behind the greeting is no reply to EHLO, however much lies between. */
    @Test
    void thatForgesAReplyBehindLinesWithoutACodeIsNotBelieved() throws Exception {
        var seen = ScriptedCall.of(session ->
                session.send("220 mx\r\n\r\nhello\r\n250-mx\r\n250 SIZE\r\n").answerQuit());
        assertEquals(Ending.NOT_SMTP, seen.facts().ending());
        assertEquals(Optional.empty(), seen.facts().ehlo());
        assertEquals(Outcome.PROTOCOL_ERROR, outcome(seen.facts()).outcome());
    }

    private static AttemptOutcome outcome(Observation facts) {
        return AttemptJudge.of(facts, ReplyClassifier.judge(facts).meaning());
    }
}
