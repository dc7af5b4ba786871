package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.starttlscensus.Observations.ended;
import static org.starttlscensus.Observations.replied;
import static org.starttlscensus.fact.CallPhase.EHLO;
import static org.starttlscensus.fact.CallPhase.STARTTLS;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.starttlscensus.Observations;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.ReplyMeaning;

/** The evidence for an outcome, whatever the class of the last reply. */
class AttemptEvidenceTest {

    private static Outcome judge(Observations call, ReplyClass replyClass) {
        return AttemptJudge.of(call.build(), ReplyMeaning.of(replyClass)).outcome();
    }

    @Test
    void noStarttlsNeedsAGreetingAndAnAcceptedEhloOrHelo() {
        assertEquals(Outcome.NO_STARTTLS_UNCONFIRMED, judge(replied(EHLO, Observations.FULL), ReplyClass.NO_STARTTLS));
        assertEquals(
                Outcome.PROTOCOL_ERROR,
                judge(replied(EHLO, Observations.FULL).banner("354 mx"), ReplyClass.NO_STARTTLS));
        assertEquals(
                Outcome.PROTOCOL_ERROR,
                judge(replied(EHLO, "351-mx\n351-SIZE 1000\n351 8BITMIME"), ReplyClass.NO_STARTTLS));
        assertEquals(
                Outcome.PROTOCOL_ERROR, judge(replied(EHLO, "502 unknown").helo("351 mx"), ReplyClass.NO_STARTTLS));
    }

    @Test
    void anUnofferedStarttlsIsStrippedOnlyIfTheDialogueIsMasked() {
        assertEquals(
                Outcome.STARTTLS_STRIPPED,
                judge(replied(STARTTLS, "500 no").ehlo(Observations.MASKED), ReplyClass.NO_STARTTLS));
        assertEquals(
                Outcome.STARTTLS_STRIPPED,
                judge(
                        replied(STARTTLS, "500 no").ehlo(Observations.MUTED).banner(Observations.MASKED_BANNER),
                        ReplyClass.NO_STARTTLS));
        assertEquals(
                Outcome.BLOCKED_SUSPECTED,
                judge(replied(STARTTLS, "500 no").ehlo(Observations.MUTED), ReplyClass.NO_STARTTLS));
    }

    @ParameterizedTest
    @CsvSource({"CLOSED, CLOSED_EARLY", "RESET, CLOSED_EARLY", "TIMED_OUT, TARPITTED"})
    void anUnknownEhloIsNoRefusalIfHeloIsUnanswered(Ending ending, Outcome outcome) {
        assertEquals(outcome, judge(ended(EHLO, ending).ehlo("500 unknown"), ReplyClass.OTHER));
        assertEquals(outcome, judge(ended(EHLO, ending).ehlo("502 unknown"), ReplyClass.OTHER));
        assertEquals(
                Outcome.PROTOCOL_ERROR,
                judge(ended(EHLO, ending).ehlo("502 unknown").helo("502 unknown"), ReplyClass.OTHER));
        assertEquals(outcome, judge(ended(EHLO, ending).ehlo("501 syntax"), ReplyClass.OTHER));
        assertEquals(outcome, judge(ended(EHLO, ending).ehlo("550 no"), ReplyClass.OTHER));
        assertEquals(Outcome.PROTOCOL_ERROR, judge(ended(EHLO, ending).ehlo("554 no"), ReplyClass.OTHER));
    }

    @ParameterizedTest
    @EnumSource(
            value = ReplyClass.class,
            names = {"BLOCKED_REPUTATION", "BLOCKED_SUSPECTED", "RATE_LIMITED", "GREYLISTED", "POLICY_REQUIRES_TLS"})
    void anUnknownEhloIsARefusalIfItsTextIsAboutUs(ReplyClass replyClass) {
        var closed = judge(ended(EHLO, Ending.CLOSED).ehlo("502 no"), replyClass);
        assertEquals(judge(replied(EHLO, "502 no"), replyClass), closed);
    }

    @Test
    void aTemporaryRefusalCountsIfTheConnectionClosesAfterIt() {
        assertEquals(
                Outcome.RATE_LIMITED, judge(ended(EHLO, Ending.CLOSED).ehlo("421 too many"), ReplyClass.RATE_LIMITED));
        assertEquals(
                Outcome.CLOSED_EARLY, judge(ended(EHLO, Ending.CLOSED).ehlo("350 go on"), ReplyClass.RATE_LIMITED));
    }
}
