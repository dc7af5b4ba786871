package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.starttlscensus.Observations.ended;
import static org.starttlscensus.Observations.replied;
import static org.starttlscensus.fact.CallPhase.BANNER;
import static org.starttlscensus.fact.CallPhase.EHLO;
import static org.starttlscensus.fact.CallPhase.STARTTLS;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.starttlscensus.Observations;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.politeness.ReplyClassifier;

/** The outcomes of dialogues that no standard allows: masked, mute, without codes, or older than EHLO. */
class LooseDialogueOutcomeTest {

    static Stream<Arguments> outcomes() {
        return Stream.of(
                row(Outcome.STARTTLS_STRIPPED, ended(BANNER, Ending.TIMED_OUT).excerpt("220**********\r\n")),
                row(Outcome.STARTTLS_STRIPPED, ended(BANNER, Ending.CLOSED).excerpt("****************\r\n")),
                row(Outcome.STARTTLS_STRIPPED, ended(BANNER, Ending.TIMED_OUT).excerpt("220-*****\r\n220*****\r\n")),
                row(Outcome.STARTTLS_STRIPPED, ended(EHLO, Ending.NOT_SMTP).banner(Observations.MASKED_BANNER)),
                row(Outcome.STARTTLS_STRIPPED, ended(EHLO, Ending.TIMED_OUT).banner(Observations.MASKED_BANNER)),
                row(Outcome.STARTTLS_STRIPPED, replied(STARTTLS, "502 no").ehlo("250-mx\n250-********\n250 SIZE")),
                row(Outcome.BLOCKED_SUSPECTED, replied(STARTTLS, "550 5.0.0 no").ehlo("250 mx")),
                row(Outcome.BLOCKED_SUSPECTED, replied(STARTTLS, "502 no").ehlo("250-mx\n250 HELP")),
                row(Outcome.BLOCKED_SUSPECTED, replied(STARTTLS, "502 no").ehlo("250-STARTTLS\n250 SIZE")),
                row(Outcome.BLOCKED_SUSPECTED, replied(STARTTLS, "502 no").ehlo("250 STARTTLS")),
                row(Outcome.NO_STARTTLS_UNCONFIRMED, replied(STARTTLS, "502 no").ehlo("250 mx")),
                row(
                        Outcome.NO_STARTTLS_UNCONFIRMED,
                        replied(EHLO, Observations.FULL).banner("200 mx")),
                row(
                        Outcome.NO_STARTTLS_UNCONFIRMED,
                        replied(EHLO, "501 Syntax error").helo("250 mx")),
                row(Outcome.NO_STARTTLS_UNCONFIRMED, replied(EHLO, "550 no").helo("250 mx")),
                row(Outcome.PROTOCOL_ERROR, replied(EHLO, "500 what").helo("250-mx\n250 STARTTLS")),
                row(Outcome.SELF_INFLICTED, replied(EHLO, "501 bad domain name").helo("250 mx")),
                row(
                        Outcome.STARTTLS_STRIPPED,
                        replied(EHLO, "500 Command unrecognized: XXXX").helo("250 mx")),
                row(Outcome.STARTTLS_REFUSED, replied(STARTTLS, "503 TLS not allowed")),
                row(Outcome.NOT_SMTP, ended(BANNER, Ending.TIMED_OUT).excerpt("hello\r\n")),
                row(Outcome.TARPITTED, ended(BANNER, Ending.TIMED_OUT).excerpt("220-mx\r\nhello\r\n")),
                row(Outcome.CLOSED_EARLY, ended(BANNER, Ending.CLOSED).excerpt("220-mx\r\nhello\r\n")));
    }

    private static Arguments row(Outcome expected, Observations call) {
        return Arguments.of(expected, call.build());
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void isWhatTheEvidenceShows(Outcome expected, Observation call) {
        var judged = ReplyClassifier.judge(call);
        assertEquals(expected, AttemptJudge.of(call, judged.meaning()).outcome(), judged::toString);
    }
}
