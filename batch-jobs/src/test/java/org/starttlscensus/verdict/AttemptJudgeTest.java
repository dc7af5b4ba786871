package org.starttlscensus.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.starttlscensus.Observations.ended;
import static org.starttlscensus.Observations.replied;
import static org.starttlscensus.fact.CallPhase.AFTER_TLS;
import static org.starttlscensus.fact.CallPhase.BANNER;
import static org.starttlscensus.fact.CallPhase.CONNECT;
import static org.starttlscensus.fact.CallPhase.EHLO;
import static org.starttlscensus.fact.CallPhase.HANDSHAKE;
import static org.starttlscensus.fact.CallPhase.QUIT;
import static org.starttlscensus.fact.CallPhase.STARTTLS;

import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.starttlscensus.Observations;
import org.starttlscensus.fact.CallPhase;
import org.starttlscensus.fact.Ending;
import org.starttlscensus.fact.Observation;
import org.starttlscensus.fact.ReplyClass;
import org.starttlscensus.fact.ReplyMeaning;
import org.starttlscensus.fact.TlsFailure.Detail;
import org.starttlscensus.politeness.ReplyClassifier;

/** The outcomes of calls, by the reply classifier and the judge together, as a night uses them. */
class AttemptJudgeTest {

    private static final Set<Outcome> NO = Set.of(Outcome.NO_STARTTLS, Outcome.NO_STARTTLS_UNCONFIRMED);

    private static AttemptOutcome judge(Observation call) {
        return AttemptJudge.of(call, ReplyClassifier.judge(call).meaning());
    }

    static Stream<Arguments> outcomes() {
        return Stream.of(
                row(Outcome.STARTTLS_OK, ended(QUIT, Ending.COMPLETED)),
                row(Outcome.STARTTLS_OK, ended(QUIT, Ending.COMPLETED).ehlo(Observations.MUTED)),
                row(
                        Outcome.CLIENT_CERT_REQUIRED,
                        replied(AFTER_TLS, "421 4.7.1 mx Error: No client certificate presented")),
                row(
                        Outcome.CLIENT_CERT_REQUIRED,
                        ended(HANDSHAKE, Ending.TLS_FAILURE).failure(Detail.ALERT, 116, true, true)),
                row(Outcome.TLS_FAILED, ended(HANDSHAKE, Ending.TLS_FAILURE).failure(Detail.ALERT, 40, true, false)),
                row(Outcome.TLS_UNAVAILABLE, replied(STARTTLS, "454 4.7.0 TLS not available due to local problem")),
                row(Outcome.STARTTLS_REFUSED, replied(STARTTLS, "502 5.5.1 command not implemented")),
                row(Outcome.STARTTLS_REFUSED, replied(STARTTLS, "554 5.7.3 Unable to initialize security subsystem")),
                row(Outcome.STARTTLS_REFUSED, replied(STARTTLS, "554 no")),
                row(Outcome.POLICY_REQUIRES_TLS, replied(EHLO, "530 5.7.0 Must issue a STARTTLS command first")),
                row(Outcome.NO_STARTTLS_UNCONFIRMED, replied(EHLO, Observations.FULL)),
                row(
                        Outcome.NO_STARTTLS_UNCONFIRMED,
                        replied(EHLO, "502 5.5.1 unknown command").helo("250 mx.example.net")),
                row(Outcome.STARTTLS_STRIPPED, replied(EHLO, Observations.MASKED)),
                row(Outcome.STARTTLS_STRIPPED, replied(EHLO, Observations.FULL).banner(Observations.MASKED_BANNER)),
                row(
                        Outcome.STARTTLS_STRIPPED,
                        replied(EHLO, "502 5.5.1 unknown command")
                                .helo("250 mx")
                                .banner(Observations.MASKED_BANNER)),
                row(
                        Outcome.STARTTLS_STRIPPED,
                        replied(STARTTLS, "500 unknown command").ehlo(Observations.MASKED)),
                row(Outcome.STARTTLS_STRIPPED, replied(STARTTLS, "500 unknown").banner(Observations.MASKED_BANNER)),
                row(Outcome.INJECTION_SUSPECT, ended(STARTTLS, Ending.INJECTED)),
                row(Outcome.BLOCKED, replied(BANNER, "554 Your IP address is listed in the RBL at xbl.spamhaus.org")),
                row(Outcome.BLOCKED, replied(STARTTLS, "550 5.7.1 Access denied")),
                row(Outcome.BLOCKED_SUSPECTED, replied(BANNER, "554 no")),
                row(Outcome.BLOCKED_SUSPECTED, replied(EHLO, Observations.MUTED)),
                row(
                        Outcome.BLOCKED_SUSPECTED,
                        replied(STARTTLS, "502 5.5.1 unknown command").ehlo(Observations.MUTED)),
                row(Outcome.BLOCKED_SUSPECTED, replied(STARTTLS, "550 5.0.0 no").ehlo(Observations.MUTED)),
                row(Outcome.RATE_LIMITED, replied(BANNER, "421 too many connections")),
                row(Outcome.GREYLISTED, replied(EHLO, "450 greylisted")),
                row(Outcome.TARPITTED, ended(EHLO, Ending.TIMED_OUT)),
                row(Outcome.TARPITTED, ended(BANNER, Ending.TIMED_OUT).received(3)),
                row(Outcome.TEMP_UNAVAILABLE, replied(BANNER, "421 come back later")),
                row(
                        Outcome.TEMP_UNAVAILABLE,
                        replied(STARTTLS, "454 TLS is down").ehlo(Observations.MUTED)),
                row(Outcome.UNREACHABLE_REFUSED, ended(CONNECT, Ending.REFUSED)),
                row(Outcome.UNREACHABLE_NO_ROUTE, ended(CONNECT, Ending.NO_ROUTE)),
                row(Outcome.UNREACHABLE_TIMEOUT, ended(CONNECT, Ending.TIMED_OUT)),
                row(Outcome.UNREACHABLE_TIMEOUT, ended(BANNER, Ending.TIMED_OUT)),
                row(Outcome.UNREACHABLE_RESET, ended(BANNER, Ending.RESET)),
                row(Outcome.UNREACHABLE_RESET, ended(BANNER, Ending.CLOSED)),
                row(Outcome.CLOSED_EARLY, ended(BANNER, Ending.CLOSED).received(4)),
                row(Outcome.CLOSED_EARLY, ended(EHLO, Ending.RESET)),
                row(Outcome.CLOSED_EARLY, ended(EHLO, Ending.CLOSED).ehlo(Observations.FULL)),
                row(Outcome.PROTOCOL_ERROR, ended(EHLO, Ending.TOO_MUCH)),
                row(Outcome.PROTOCOL_ERROR, replied(EHLO, "354 what")),
                row(
                        Outcome.PROTOCOL_ERROR,
                        replied(EHLO, "502 5.5.1 unknown command").helo("502 5.5.1 unknown command")),
                row(Outcome.PROTOCOL_ERROR, replied(EHLO, "530 Authentication required")),
                row(Outcome.NOT_SMTP, ended(BANNER, Ending.NOT_SMTP).received(9)),
                row(Outcome.NO_MAIL_521, replied(BANNER, "521 mx.example.com does not accept mail")),
                row(Outcome.NOT_ATTEMPTED_SPECIAL_ADDRESS, ended(CONNECT, Ending.NOT_CALLABLE)),
                row(Outcome.NOT_ATTEMPTED_WINDOW_END, ended(CONNECT, Ending.NOT_DIALLED)),
                row(Outcome.LOCAL_ERROR, ended(CONNECT, Ending.LOCAL_ERROR)),
                row(Outcome.LOCAL_ERROR, ended(CONNECT, Ending.NO_ROUTE_HERE)),
                row(
                        Outcome.NOT_ATTEMPTED_NO_IPV6,
                        ended(CONNECT, Ending.NO_FAMILY).at("2001:db8::25")),
                row(
                        Outcome.NOT_ATTEMPTED_BUDGET,
                        ended(CONNECT, Ending.NO_FAMILY).at("192.0.2.25")),
                row(Outcome.LOCAL_ERROR, ended(EHLO, Ending.BROKEN_OFF)),
                row(Outcome.SELF_INFLICTED, replied(EHLO, "501 5.5.4 HELO/EHLO argument is invalid")),
                row(Outcome.SELF_INFLICTED, replied(STARTTLS, "454 4.5.0 SMTP protocol violation, see RFC 3207")));
    }

    private static Arguments row(Outcome expected, Observations call) {
        return Arguments.of(expected, call.build());
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void hasTheOutcomeThatItsEvidenceShows(Outcome expected, Observation call) {
        assertEquals(
                expected,
                judge(call).outcome(),
                () -> ReplyClassifier.judge(call).toString());
    }

    /**
     * Every ending in every phase, with every reply class, has an outcome, and none alone means "no STARTTLS".
     */
    @Test
    void everyEndingInEveryPhaseHasOneOutcome() {
        var combinations = 0;
        for (var phase : CallPhase.values()) {
            for (var ending : Ending.values()) {
                if (!canOccur(phase, ending)) continue;
                combinations++;
                var facts = ended(phase, ending).received(phase.compareTo(BANNER) > 0 ? 20 : 0);
                if (ending == Ending.TLS_FAILURE) facts.failure(Detail.ALERT, 40, true, false);
                var call = facts.build();
                var outcome = judge(call).outcome();
                assertEquals(
                        showsTls(phase, ending),
                        outcome.starttls().orElse(false),
                        () -> phase + " " + ending + " " + outcome);
                for (var replyClass : ReplyClass.values()) {
                    assertFalse(
                            NO.contains(AttemptJudge.of(call, ReplyMeaning.of(replyClass))
                                    .outcome()),
                            () -> phase + " " + ending + " " + replyClass);
                }
            }
        }
        System.out.println(combinations + " combinations of phase and ending, each with one outcome");
    }

    private static boolean canOccur(CallPhase phase, Ending ending) {
        return switch (ending) {
            case COMPLETED -> phase == QUIT;
            case REPLIED -> Set.of(BANNER, EHLO, STARTTLS, AFTER_TLS).contains(phase);
            case TLS_FAILURE -> phase == HANDSHAKE || phase == AFTER_TLS;
            case INJECTED -> phase == STARTTLS;
            case NOT_CALLABLE, NOT_DIALLED, NO_FAMILY, NO_ROUTE_HERE, LOCAL_ERROR -> phase == CONNECT;
            case CLOSED, RESET, TIMED_OUT, REFUSED, NO_ROUTE, TOO_MUCH, NOT_SMTP, BROKEN_OFF -> phase != QUIT;
        };
    }

    /** Before a handshake an ending shows nothing about TLS. From then on every ending does, except our own faults. */
    private static boolean showsTls(CallPhase phase, Ending ending) {
        return switch (phase) {
            case CONNECT, BANNER, EHLO, STARTTLS -> false;
            case HANDSHAKE -> ending != Ending.BROKEN_OFF && ending != Ending.NOT_SMTP;
            case AFTER_TLS, QUIT -> true;
        };
    }
}
